#include <unistd.h>

#include <iostream>

#include "app/cli/cli_command.hpp"

namespace sweepmark {

namespace {

constexpr std::string_view overview =
    "Examples:\n"
    "  sweepmarkctl info ~/logs/kitti_tracking              what is there?\n"
    "  sweepmarkctl import ~/logs/drive7 truth.json         take labels in\n"
    "  sweepmarkctl export ~/logs/drive7 --format kitti-tracking out/\n"
    "  sweepmarkctl measure interpolation ~/logs/drive7 --stride 10 --json\n"
    "Every command explains itself with --help.\n"
    "Exit codes: 0 done, 1 done but something is not well, 2 wrong command line, 3 a drive or file cannot be "
    "used,\n"
    "4 the labels cannot be used, 130 cancelled.";

}  // namespace

int run_cli(int argc, const char* const* argv, std::ostream& out, std::ostream& messages) {
  Output output(out, messages, &messages == &std::cerr && ::isatty(STDERR_FILENO));
  CLI::App app("Sweepmark on the command line: drives, labels and measurements without a window.",
               "sweepmarkctl");
  app.require_subcommand(1);
  app.footer(std::string(overview));
  std::function<ExitCode()> chosen;
  for (const CliCommand& command : cli_commands()) {
    CLI::App* sub = app.add_subcommand(std::string(command.name), std::string(command.summary));
    sub->footer(std::string(command.examples));
    auto run = command.declare(*sub, output);
    if (sub->get_subcommands({}).empty())
      sub->add_flag("--json", output.json, "one JSON object on standard output, messages on standard error");
    if (run) sub->final_callback([&chosen, run] { chosen = run; });
  }
  try {
    app.parse(argc, argv);
    return static_cast<int>(chosen ? chosen() : ExitCode::usage);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, messages) == 0 ? 0 : static_cast<int>(ExitCode::usage);
  } catch (const std::exception& error) {
    return static_cast<int>(output.failure({ErrorCode::internal, error.what(), {}}));
  }
}

}  // namespace sweepmark
