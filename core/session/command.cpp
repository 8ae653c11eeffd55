#include "core/session/command.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sweepmark {

namespace {

std::string_view words_for(ArgumentType type) {
  switch (type) {
    case ArgumentType::number:
      return "a number";
    case ArgumentType::integer:
      return "a whole number";
    case ArgumentType::text:
      return "text";
    case ArgumentType::text_or_integer:
      return "text or a whole number";
    case ArgumentType::boolean:
      return "true or false";
    case ArgumentType::array:
      return "an array";
    case ArgumentType::object:
      return "an object";
  }
  return "something else";
}

bool fits(ArgumentType type, const nlohmann::json& value) {
  switch (type) {
    case ArgumentType::number:
      return value.is_number();
    case ArgumentType::integer:
      return value.is_number_integer();
    case ArgumentType::text:
      return value.is_string();
    case ArgumentType::text_or_integer:
      return value.is_string() || value.is_number_integer();
    case ArgumentType::boolean:
      return value.is_boolean();
    case ArgumentType::array:
      return value.is_array();
    case ArgumentType::object:
      return value.is_object();
  }
  return false;
}

}  // namespace

const Command* command_named(CommandRegistry registry, std::string_view name) {
  const auto found = std::ranges::find(registry, name, &Command::name);
  return found == registry.end() ? nullptr : &*found;
}

Result<void> check_arguments(const Command& command, const nlohmann::json& args) {
  const auto wrong = [&command](std::string what) {
    return fail(ErrorCode::invalid_argument, fmt::format("{}: {}", command.name, what));
  };
  if (!args.is_object()) return wrong("the arguments must be a JSON object");
  for (const ArgumentSpec& spec : command.arguments) {
    const auto found = args.find(spec.name);
    if (found == args.end() && spec.required)
      return wrong(fmt::format("the argument '{}' is missing ({})", spec.name, spec.description));
    if (found != args.end() && !fits(spec.type, *found))
      return wrong(fmt::format("'{}' must be {}, found {}", spec.name, words_for(spec.type), found->dump()));
  }
  for (const auto& [name, value] : args.items())
    if (std::ranges::find(command.arguments, name, &ArgumentSpec::name) == command.arguments.end())
      return wrong(fmt::format("there is no argument '{}'", name));
  return {};
}

}  // namespace sweepmark
