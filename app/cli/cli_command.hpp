// The commands of sweepmarkctl: one file in commands/ each, listed by the build.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <span>
#include <string_view>

#include "app/cli/output.hpp"

namespace sweepmark {

struct CliCommand {
  std::string_view name;
  std::string_view summary;   // one line
  std::string_view examples;  // shown below the options by --help
  // Adds the options and returns what to do once they are parsed. The closure owns the values the options
  // write to.
  std::function<ExitCode()> (*declare)(CLI::App& app, Output& output);
};

std::span<const CliCommand> cli_commands();

// Parses and runs; never throws. For main and for tests.
int run_cli(int argc, const char* const* argv, std::ostream& out, std::ostream& messages);

}  // namespace sweepmark
