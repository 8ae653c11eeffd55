// Named commands with JSON arguments: the one way labels change, for hands, scripts and tests alike.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/drive/drive.hpp"
#include "core/labels/patch.hpp"

namespace sweepmark {

enum class ArgumentType { number, integer, text, text_or_integer, boolean, array, object };

struct ArgumentSpec {
  std::string_view name;
  ArgumentType type;
  bool required = true;
  std::string_view description;
};

// What a plan may look at. It changes nothing.
struct PlanContext {
  const Document& document;
  const Drive& drive;
};

struct Command {
  std::string_view name;                // "box.create"
  std::string_view title;               // as the palette shows it: "Create box"
  std::vector<ArgumentSpec> arguments;  // checked before plan is called: presence, type, no unknown names
  std::string_view example;  // valid JSON arguments on a drive with a sweep; contract tests plan it
  // An empty patch means there was nothing to do and makes no commit.
  Result<Patch> (*plan)(const PlanContext& context, const nlohmann::json& args);
};

using CommandRegistry = std::span<const Command>;
const Command* command_named(CommandRegistry registry, std::string_view name);
// The first thing wrong with the arguments, in words that name the argument.
Result<void> check_arguments(const Command& command, const nlohmann::json& args);

}  // namespace sweepmark
