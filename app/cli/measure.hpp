// The family `sweepmarkctl measure …`, through which every claim of accuracy is reproduced on any drive. One
// file in measures/ each.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <span>
#include <string_view>

#include "app/cli/output.hpp"

namespace sweepmark {

struct Measure {
  std::string_view name;
  std::string_view summary;
  std::string_view examples;
  std::function<ExitCode()> (*declare)(CLI::App& app, Output& output);
};

std::span<const Measure> measures();

}  // namespace sweepmark
