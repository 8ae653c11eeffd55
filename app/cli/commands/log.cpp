#include <fmt/chrono.h>
#include <fmt/format.h>

#include "app/cli/cli_command.hpp"
#include "app/cli/drive_options.hpp"

namespace sweepmark {

namespace {

struct Options {
  DriveOptions drive;
  LabelOptions labels;
  std::size_t limit = 50;
};

std::string time_text(std::int64_t unix_ms) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(unix_ms / 1000)));
}

ExitCode run(const Options& options, Output& output) {
  const auto labels = open_labels(options.drive, options.labels, true, output);
  if (!labels) return output.failure(labels.error(), ExitCode::store);
  const std::int64_t head = labels->session->revision().value;
  const std::int64_t after =
      options.limit == 0 ? 0 : std::max<std::int64_t>(0, head - static_cast<std::int64_t>(options.limit));
  const auto infos =
      labels->store->infos(labels->session->layer(), Revision(after), static_cast<std::size_t>(head - after));
  if (!infos) return output.failure(infos.error(), ExitCode::store);
  nlohmann::json commits = nlohmann::json::array();
  for (const CommitInfo& info : *infos) {
    output.text(fmt::format("{:>6}  {}  {:<12} {:<20} {:>6.1f} s  {}", info.revision.value,
                            time_text(info.unix_ms), info.author, info.command, info.active_seconds,
                            info.args.size() > 100 ? info.args.substr(0, 97) + "..." : info.args));
    const LoggedArguments logged = arguments_of(info);
    commits.push_back({{"revision", info.revision.value},
                       {"time", time_text(info.unix_ms)},
                       {"author", info.author},
                       {"command", info.command},
                       {"args", logged.args},
                       {"active_seconds", info.active_seconds}});
    if (logged.follows) commits.back()["follows"] = logged.follows->value;
  }
  nlohmann::json layers = nlohmann::json::array();
  if (const auto names = labels->store->layers())
    for (const LayerName& layer : *names) layers.push_back(layer.value);
  output.object({{"labels", labels->file.string()},
                 {"layer", labels->session->layer().value},
                 {"layers", layers},
                 {"revision", head},
                 {"commits", commits}});
  return ExitCode::success;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  options->drive.add_to(app);
  options->labels.add_to(app);
  app.add_option("--limit", options->limit, "the newest so many commits; 0 for all")->capture_default_str();
  return [options, &output] { return run(*options, output); };
}

}  // namespace

CliCommand cli_command_log() {
  return {"log", "Who changed what, when",
          "Examples:\n  sweepmarkctl log ~/logs/drive7\n  sweepmarkctl log ~/logs/drive7 --limit 0 --json",
          declare};
}

}  // namespace sweepmark
