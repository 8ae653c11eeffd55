#include <fmt/format.h>

#include "app/cli/cli_command.hpp"
#include "core/store/sqlite_store.hpp"

namespace sweepmark {

namespace {

struct Options {
  std::string damaged, target;
};

ExitCode run(const Options& options, Output& output) {
  if (std::filesystem::exists(options.target))
    return output.failure(
        {ErrorCode::invalid_argument, "this file is there already; name a new one", at_file(options.target)},
        ExitCode::usage);
  const auto report = recover_sqlite_store(options.damaged, options.target);
  if (!report) return output.failure(report.error(), ExitCode::store);
  for (const std::string& message : report->messages) output.message(message);
  output.text(fmt::format("{} commits saved into {}", report->commits_saved, options.target));
  output.object({{"commits_saved", report->commits_saved},
                 {"complete", report->complete},
                 {"messages", report->messages},
                 {"target", options.target}});
  return report->complete ? ExitCode::success : ExitCode::negative;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  app.add_option("DAMAGED", options->damaged, "labels file; it is only read")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("TARGET", options->target, "new labels file")->required();
  return [options, &output] { return run(*options, output); };
}

}  // namespace

CliCommand cli_command_recover() {
  return {"recover", "Save every whole commit of a damaged labels file into a new one",
          "Exit code 0: all was sound; 1: something was lost, and it is said what.\nExample:\n  sweepmarkctl "
          "recover drive7.sweepmark drive7.saved.sweepmark",
          declare};
}

}  // namespace sweepmark
