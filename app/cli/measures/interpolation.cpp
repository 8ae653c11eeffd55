#include "core/quality/interpolation_accuracy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/cli/drive_options.hpp"
#include "app/cli/measure.hpp"
#include "core/assist/kept_sweeps.hpp"
#include "core/assist/odometry.hpp"

namespace sweepmark {

namespace {

struct Options {
  DriveOptions drive;
  std::vector<int> strides = {5, 10, 20, 40};
  bool no_refit = false;
};

nlohmann::json to_json(const InterpolationRow& row) {
  return {{"method", row.method},
          {"stride", row.stride},
          {"moving", row.moving},
          {"mean_iou", row.mean_iou},
          {"share_at_0_7", row.share_at_0_7},
          {"microseconds_per_box", 1e6 * row.seconds_per_box},
          {"frames", row.frames}};
}

void print(const std::vector<InterpolationRow>& rows, Output& output) {
  output.text(fmt::format("{:<20}{:>7}  {:<9}{:>9}{:>13}{:>9}{:>11}", "method", "stride", "objects",
                          "mean IoU", "IoU >= 0.7", "frames", "us a box"));
  for (const InterpolationRow& row : rows) {
    const char* motion = row.moving ? "moving" : "standing";
    if (row.frames == 0)
      output.text(fmt::format("{:<20}{:>7}  {:<9}{:>9}{:>13}{:>9}{:>11}", row.method, row.stride, motion, "-",
                              "-", 0, "-"));
    else
      output.text(fmt::format("{:<20}{:>7}  {:<9}{:>9.4f}{:>12.1f}%{:>9}{:>11.1f}", row.method, row.stride,
                              motion, row.mean_iou, 100 * row.share_at_0_7, row.frames,
                              1e6 * row.seconds_per_box));
  }
}

bool has_sweeps(const Drive& drive) {
  return drive.read_sweep &&
         std::ranges::any_of(drive.sweeps, [](const SweepEntry& sweep) { return !sweep.file.empty(); });
}

std::string_view poses_of(const Trajectory& trajectory) {
  if (trajectory.source() == PoseSource::recorded) return "recorded";
  return trajectory.source() == PoseSource::estimated ? "estimated" : "none";
}

struct OfDrive {
  std::vector<InterpolationRow> rows;
  nlohmann::json about;
};

Result<OfDrive> measured(const Drive& drive, const Options& options, const Progress& progress) {
  SWEEPMARK_TRY(truth, drive.read_truth());
  const bool refits = has_sweeps(drive) && !options.no_refit;
  Trajectory trajectory = drive.trajectory;
  if (refits && trajectory.source() == PoseSource::none) {
    SWEEPMARK_TRY(odometry, estimate_ego_motion(drive, {}, progress));
    trajectory = odometry.trajectory;
  }
  OfDrive result{interpolation_accuracy(truth, trajectory, options.strides),
                 {{"drive", drive.name}, {"boxes", truth.size()}, {"poses", poses_of(trajectory)}}};
  if (!refits) return result;
  SWEEPMARK_TRY(
      refit, refit_accuracy(truth, kept_in_memory(sweeps_of(drive)), trajectory, options.strides, progress));
  result.rows.insert(result.rows.end(), refit.begin(), refit.end());
  return result;
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
    const auto of_drive = measured(*drive, options, {});
    if (!of_drive) return output.failure(of_drive.error());
    rows.insert(rows.end(), of_drive->rows.begin(), of_drive->rows.end());
    output.text(fmt::format("{}: {} true boxes, poses: {}", listing.name, of_drive->about["boxes"].dump(),
                            of_drive->about["poses"].get<std::string>()));
    drives.push_back(of_drive->about);
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
  app.add_flag("--no-refit", options->no_refit, "do not match boxes to sweeps; drives without poses stay so");
  return [options, &output] { return run(*options, output); };
}

}  // namespace

Measure measure_interpolation() {
  return {"interpolation", "Boxes between keyframes against the true ones",
          "Every N-th true box of a track is taken as a keyframe, and the last; the boxes between are "
          "interpolated and compared\n"
          "by 3D IoU where they hold at least one point. On drives that have sweeps \"refit\" matches them "
          "to the "
          "points and \"follow\"\nfollows the object from both keyframes; where there are no poses they are "
          "then estimated from the sweeps, for all methods. "
          "Without --drive all drives under PATH that have "
          "truth are pooled.\n"
          "Examples:\n"
          "  sweepmarkctl measure interpolation ~/logs/drive7 --stride 10\n"
          "  sweepmarkctl measure interpolation ~/logs/kitti_tracking --drive 0000 --stride 5 20 --json",
          declare};
}

}  // namespace sweepmark
