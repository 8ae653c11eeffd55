#include <fmt/format.h>

#include "app/cli/drive_options.hpp"
#include "app/cli/measure.hpp"
#include "core/base/scratch_folder.hpp"
#include "core/commands/exchange.hpp"
#include "core/labels/document.hpp"
#include "core/quality/exchange_loss.hpp"

namespace sweepmark {

namespace {

namespace fs = std::filesystem;

// Out by the format's writer and in by its reader, as export and import do it.
Result<ExchangeLoss> there_and_back(const Drive& drive, const std::vector<TruthBox>& boxes,
                                    const LabelFormat& format, const Progress& progress) {
  SWEEPMARK_TRY(document, imported(new_document(), drive, boxes, "truth"));
  SWEEPMARK_TRY(scratch, ScratchFolder::make("exchange"));
  const fs::path target = scratch / (format.name == "openlabel" ? "labels.json" : "labels");
  SWEEPMARK_CHECK(export_labels(document, drive, format, target, progress));
  SWEEPMARK_TRY(returned, format.read(target, drive));
  return exchange_loss(boxes, returned);
}

ExitCode run(const DriveOptions& options, Output& output) {
  const auto listings = options.listings();
  if (!listings) return output.failure(listings.error());
  nlohmann::json rows = nlohmann::json::array();
  bool all_came_back = true;
  output.text(fmt::format("{:<12}{:<16}{:>8}{:>10}{:>12}{:>12}{:>13}{:>12}", "drive", "format", "boxes",
                          "returned", "centre m", "size m", "heading rad", "tilt rad"));
  for (const DriveListing& listing : *listings) {
    if (!listing.has_truth) continue;
    const auto drive = open_drive(options.path, listing.name);
    if (!drive) return output.failure(drive.error());
    const auto truth = drive->read_truth();
    if (!truth) return output.failure(truth.error());
    for (const LabelFormat& format : label_formats()) {
      const auto loss = there_and_back(*drive, *truth, format, output.progress());
      if (!loss) return output.failure(loss.error());
      all_came_back = all_came_back && loss->returned == loss->sent && loss->unmatched == 0;
      output.text(fmt::format("{:<12.11}{:<16}{:>8}{:>10}{:>12.1e}{:>12.1e}{:>13.1e}{:>12.1e}", listing.name,
                              format.name, loss->sent, loss->returned, loss->centre_m, loss->size_m,
                              loss->heading_rad, loss->tilt_rad));
      rows.push_back({{"drive", listing.name},
                      {"format", format.name},
                      {"sent", loss->sent},
                      {"returned", loss->returned},
                      {"unmatched", loss->unmatched},
                      {"max_centre_m", loss->centre_m},
                      {"max_size_m", loss->size_m},
                      {"max_heading_rad", loss->heading_rad},
                      {"max_tilt_rad", loss->tilt_rad},
                      {"declared_losses", format.declared_losses}});
    }
  }
  if (rows.empty())
    return output.failure({ErrorCode::not_found, "no drive here has true boxes", at_file(options.path)});
  output.object({{"measure", "exchange"}, {"path", options.path}, {"rows", rows}});
  return all_came_back ? ExitCode::success : ExitCode::negative;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<DriveOptions>();
  options->add_to(app);
  return [options, &output] { return run(*options, output); };
}

}  // namespace

Measure measure_exchange() {
  return {"exchange", "What true boxes lose on the way out to each format and back",
          "Exports the drive's own boxes in every format, reads them back, and prints the largest "
          "differences beside what the format\n"
          "declares. Exit code 1 where a box did not come back.\n"
          "Example:\n  sweepmarkctl measure exchange ~/logs/drive7 --json",
          declare};
}

}  // namespace sweepmark
