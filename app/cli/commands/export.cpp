#include <fmt/format.h>

#include "app/cli/cli_command.hpp"
#include "app/cli/drive_options.hpp"
#include "core/commands/exchange.hpp"

namespace sweepmark {

namespace {

struct Options {
  DriveOptions drive;
  LabelOptions labels;
  std::string format;
  std::string target;
  bool truth = false;
};

// The drive's own boxes as a document, through the same command that an import uses.
Result<Document> truth_document(const Drive& drive) {
  if (!drive.read_truth)
    return fail(ErrorCode::not_found, "this drive has no true boxes", at_file(drive.root));
  SWEEPMARK_TRY(boxes, drive.read_truth());
  return imported(new_document(), drive, boxes, "truth");
}

Result<Document> document_to_export(const Options& options, const Drive& drive, Output& output) {
  if (options.truth) return truth_document(drive);
  SWEEPMARK_TRY(labels, open_labels(options.drive, options.labels, true, output));
  return *labels.session->document();
}

ExitCode run(const Options& options, Output& output) {
  const LabelFormat* format = label_format_named(options.format);
  if (!format) {
    std::string known;
    for (const LabelFormat& f : label_formats()) known += fmt::format("\n  {:<18} {}", f.name, f.description);
    return output.failure({ErrorCode::invalid_argument,
                           fmt::format("there is no format '{}'; there are:{}", options.format, known),
                           {}},
                          ExitCode::usage);
  }
  const auto drive = options.drive.open();
  if (!drive) return output.failure(drive.error());
  const auto document = document_to_export(options, *drive, output);
  if (!document) return output.failure(document.error(), ExitCode::store);
  if (const auto written = export_labels(*document, *drive, *format, options.target, output.progress());
      !written)
    return output.failure(written.error());
  const std::size_t boxes = labelled_boxes(*document, *drive).size();
  output.text(
      fmt::format("{} boxes of {} objects written to {}", boxes, document->tracks.size(), options.target));
  nlohmann::json losses = nlohmann::json::array();
  for (const std::string_view loss : format->declared_losses) {
    output.message(fmt::format("not kept: {}", loss));
    losses.push_back(loss);
  }
  output.object({{"format", format->name},
                 {"target", options.target},
                 {"boxes", boxes},
                 {"tracks", document->tracks.size()},
                 {"losses", losses}});
  return ExitCode::success;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  options->drive.add_to(app);
  options->labels.add_to(app);
  app.add_option("--format", options->format, "kitti-object, kitti-tracking, openlabel …")->required();
  app.add_option("TARGET", options->target, "file or folder to write, outside the drive")->required();
  app.add_flag("--truth", options->truth, "the boxes that came with the drive, not the labels");
  return [options, &output] { return run(*options, output); };
}

}  // namespace

CliCommand cli_command_export() {
  return {"export", "Write labels in another tool's format, and say what that format cannot keep",
          "Examples:\n  sweepmarkctl export ~/logs/drive7 --format kitti-tracking out/kitti\n"
          "  sweepmarkctl export ~/logs/drive7 --format openlabel out/labels.json --truth",
          declare};
}

}  // namespace sweepmark
