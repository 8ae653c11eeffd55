#include "app/cli/measure.hpp"

#include "app/cli/cli_command.hpp"

namespace sweepmark {

namespace {

// Each measure is a command below this one. Which was chosen is known once the line is parsed.
std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  app.require_subcommand(1);
  auto chosen = std::make_shared<std::function<ExitCode()>>();
  for (const Measure& measure : measures()) {
    CLI::App* sub = app.add_subcommand(std::string(measure.name), std::string(measure.summary));
    sub->footer(std::string(measure.examples));
    sub->add_flag("--json", output.json, "one JSON object on standard output, messages on standard error");
    sub->final_callback([chosen, run = measure.declare(*sub, output)] { *chosen = run; });
  }
  return [chosen] { return (*chosen)(); };
}

}  // namespace

CliCommand cli_command_measure() {
  return {"measure", "Reproduce a claim of accuracy on any drive that has truth",
          "Example:\n  sweepmarkctl measure interpolation ~/logs/av2/val --stride 10 --json", declare};
}

}  // namespace sweepmark
