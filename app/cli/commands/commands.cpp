#include <fmt/format.h>

#include "app/cli/cli_command.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

ExitCode run(Output& output) {
  nlohmann::json list = nlohmann::json::array();
  for (const Command& command : all_commands()) {
    output.text(fmt::format("{}  {}", command.name, command.title));
    nlohmann::json arguments = nlohmann::json::array();
    for (const ArgumentSpec& argument : command.arguments) {
      output.text(fmt::format("    {:<10} {}{}", argument.name, argument.description,
                              argument.required ? "" : " (optional)"));
      arguments.push_back(
          {{"name", argument.name}, {"description", argument.description}, {"required", argument.required}});
    }
    output.text(fmt::format("    e.g. {} {}", command.name, command.example));
    list.push_back({{"name", command.name},
                    {"title", command.title},
                    {"arguments", arguments},
                    {"example", nlohmann::json::parse(command.example)}});
  }
  output.object({{"commands", list}});
  return ExitCode::success;
}

std::function<ExitCode()> declare(CLI::App&, Output& output) {
  return [&output] { return run(output); };
}

}  // namespace

CliCommand cli_command_commands() {
  return {"commands", "List the labelling commands with their arguments",
          "Example:\n  sweepmarkctl commands --json", declare};
}

}  // namespace sweepmark
