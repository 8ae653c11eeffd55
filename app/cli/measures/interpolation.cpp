#include "core/quality/interpolation_accuracy.hpp"

#include <fmt/format.h>

#include "app/cli/drive_options.hpp"
#include "app/cli/measure.hpp"

namespace sweepmark {

namespace {

struct Options {
  DriveOptions drive;
  std::vector<int> strides = {5, 10, 20, 40};
};

nlohmann::json to_json(const InterpolationRow& row) {
  return {{"method", row.method},
          {"stride", row.stride},
          {"moving", row.moving},
          {"mean_iou", row.mean_iou},
          {"share_at_0_7", row.share_at_0_7},
          {"frames", row.frames}};
}

void print(const std::vector<InterpolationRow>& rows, Output& output) {
  output.text(fmt::format("{:<20}{:>7}  {:<9}{:>9}{:>13}{:>9}", "method", "stride", "objects", "mean IoU",
                          "IoU >= 0.7", "frames"));
  for (const InterpolationRow& row : rows) {
    const char* motion = row.moving ? "moving" : "standing";
    if (row.frames == 0)
      output.text(
          fmt::format("{:<20}{:>7}  {:<9}{:>9}{:>13}{:>9}", row.method, row.stride, motion, "-", "-", 0));
    else
      output.text(fmt::format("{:<20}{:>7}  {:<9}{:>9.4f}{:>12.1f}%{:>9}", row.method, row.stride, motion,
                              row.mean_iou, 100 * row.share_at_0_7, row.frames));
  }
}

ExitCode run(const Options& options, Output& output) {
  const auto listings = options.drive.listings();
  if (!listings) return output.failure(listings.error());
  const Progress progress = output.progress();
  std::vector<InterpolationRow> rows;
  nlohmann::json drives = nlohmann::json::array();
  for (std::size_t i = 0; i < listings->size(); ++i) {
    const DriveListing& listing = (*listings)[i];
    progress(static_cast<double>(i) / static_cast<double>(listings->size()), listing.name);
    if (progress.cancelled()) return output.failure({ErrorCode::cancelled, "cancelled", {}});
    if (!listing.has_truth) continue;
    const auto drive = open_drive(options.drive.path, listing.name);
    if (!drive) return output.failure(drive.error());
    const auto truth = drive->read_truth();
    if (!truth) return output.failure(truth.error());
    const auto of_drive = interpolation_accuracy(*truth, drive->trajectory, options.strides);
    rows.insert(rows.end(), of_drive.begin(), of_drive.end());
    drives.push_back({{"drive", listing.name},
                      {"boxes", truth->size()},
                      {"poses", drive->trajectory.source() != PoseSource::none}});
  }
  if (drives.empty())
    return output.failure({ErrorCode::not_found, "no drive here has true boxes to measure against",
                           at_file(options.drive.path)});
  rows = pooled(rows);
  print(rows, output);
  nlohmann::json json_rows = nlohmann::json::array();
  for (const InterpolationRow& row : rows) json_rows.push_back(to_json(row));
  output.object(
      {{"measure", "interpolation"}, {"path", options.drive.path}, {"drives", drives}, {"rows", json_rows}});
  return ExitCode::success;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  options->drive.add_to(app);
  app.add_option("--stride", options->strides, "a keyframe every so many sweeps; several may be given")
      ->check(CLI::Range(2, 100000))
      ->capture_default_str();
  return [options, &output] { return run(*options, output); };
}

}  // namespace

Measure measure_interpolation() {
  return {"interpolation", "Boxes between keyframes against the true ones",
          "Every N-th true box of a track is taken as a keyframe, and the last; the boxes between are "
          "interpolated and compared\n"
          "by 3D IoU where they hold at least one point. Without --drive all drives under PATH that have "
          "truth are pooled.\n"
          "Examples:\n"
          "  sweepmarkctl measure interpolation ~/logs/drive7 --stride 10\n"
          "  sweepmarkctl measure interpolation ~/logs/kitti_tracking --drive 0000 --stride 5 20 --json",
          declare};
}

}  // namespace sweepmark
