#include <fmt/format.h>

#include "app/cli/cli_command.hpp"
#include "app/cli/drive_options.hpp"
#include "core/commands/exchange.hpp"

namespace sweepmark {

namespace {

struct Options {
  DriveOptions drive;
  LabelOptions labels;
  std::string source;
  bool truth = false;
};

struct Incoming {
  ReadLabels labels;
  std::string from;
};

Result<Incoming> incoming(const Options& options, const Drive& drive) {
  if (options.truth) {
    if (!drive.read_truth)
      return fail(ErrorCode::not_found, "this drive has no true boxes", at_file(drive.root));
    SWEEPMARK_TRY(boxes, drive.read_truth());
    return Incoming{{std::move(boxes)}, "truth"};
  }
  SWEEPMARK_TRY(format, label_format_for(options.source));
  SWEEPMARK_TRY(read, read_labels(*format, options.source, drive));
  return Incoming{std::move(read), options.source};
}

ExitCode run(const Options& options, Output& output) {
  if (options.truth == !options.source.empty())
    return output.failure({ErrorCode::invalid_argument, "give either SOURCE or --truth", {}},
                          ExitCode::usage);
  auto labels = open_labels(options.drive, options.labels, false, output);
  if (!labels) return output.failure(labels.error(), ExitCode::store);
  const auto read = incoming(options, *labels->drive);
  if (!read) return output.failure(read.error());
  const std::size_t before = labels->session->document()->tracks.size();
  const auto outcome = labels->session->run("import.boxes", import_arguments(read->labels, read->from));
  if (!outcome) return output.failure(outcome.error(), ExitCode::store);
  const std::size_t tracks = labels->session->document()->tracks.size() - before;
  output.text(fmt::format("{} boxes of {} objects taken into {} as revision {}", read->labels.boxes.size(),
                          tracks, labels->file.string(), outcome->revision.value));
  output.object({{"boxes", read->labels.boxes.size()},
                 {"tracks", tracks},
                 {"labels", labels->file.string()},
                 {"revision", outcome->revision.value}});
  return ExitCode::success;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  options->drive.add_to(app);
  options->labels.add_to(app);
  app.add_option("SOURCE", options->source, "label file or folder of any format Sweepmark reads");
  app.add_flag("--truth", options->truth, "the boxes that came with the drive");
  return [options, &output] { return run(*options, output); };
}

}  // namespace

CliCommand cli_command_import() {
  return {"import", "Take labels of another tool in, as one command that undo takes back",
          "Examples:\n  sweepmarkctl import ~/logs/drive7 theirs/label_02/0007.txt\n  sweepmarkctl import "
          "~/logs/drive7 --truth --layer truth",
          declare};
}

}  // namespace sweepmark
