#include "core/assist/odometry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "app/cli/drive_options.hpp"
#include "app/cli/measure.hpp"
#include "core/quality/odometry_accuracy.hpp"

namespace sweepmark {

namespace {

constexpr std::string_view without_poses =
    "no recorded poses: measured against itself (surfaces of the sweeps laid together, true boxes of what "
    "stands)";

struct Estimated {
  Odometry odometry;
  double sweeps_per_second = 0.0;  // reading included
};

Result<Estimated> estimated(const Drive& drive, const Progress& progress) {
  const auto begin = std::chrono::steady_clock::now();
  SWEEPMARK_TRY(odometry, estimate_ego_motion(drive, {}, progress));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return Estimated{std::move(odometry), static_cast<double>(drive.sweeps.size()) / seconds};
}

double median_residual(const Odometry& odometry) {
  std::vector<double> residuals;
  for (const OdometryStep& step : odometry.steps)
    if (step.matched > 0) residuals.push_back(step.residual_m);
  if (residuals.empty()) return 0.0;
  const auto middle = residuals.begin() + static_cast<std::ptrdiff_t>(residuals.size() / 2);
  std::ranges::nth_element(residuals, middle);
  return *middle;
}

nlohmann::json row_of(const Drive& drive, const Estimated& estimated) {
  const auto& steps = estimated.odometry.steps;
  return {{"drive", drive.name},
          {"sweeps", drive.sweeps.size()},
          {"bridged", std::ranges::count(steps, true, &OdometryStep::bridged)},
          {"unsure", std::ranges::count(steps, true, &OdometryStep::unsure)},
          {"residual_m", median_residual(estimated.odometry)},
          {"sweeps_per_second", estimated.sweeps_per_second}};
}

void add_drift(const Drive& drive, const Trajectory& trajectory, nlohmann::json& row, Output& output) {
  std::vector<TimestampNs> moments;
  for (const SweepEntry& sweep : drive.sweeps) moments.push_back(sweep.time);
  const OdometryDrift drift = odometry_drift(trajectory, drive.trajectory, moments);
  row.update({{"reference", "recorded poses"},
              {"length_m", drift.length_m},
              {"end_error_m", drift.end_error_m},
              {"segment_lengths_m", drift.segment_lengths_m},
              {"drift_percent", drift.drift_percent},
              {"rotation_deg_per_m", drift.rotation_deg_per_m},
              {"rpe_trans_m", drift.rpe_trans_m},
              {"rpe_rot_deg", drift.rpe_rot_deg}});
  output.text(
      fmt::format("  {:.1f} m driven, {:.3f} m off at the end; over stretches of {} m: {:.3f} %, {:.5f} "
                  "deg/m; from sweep to sweep {:.4f} m, {:.4f} deg",
                  drift.length_m, drift.end_error_m, fmt::join(drift.segment_lengths_m, ", "),
                  drift.drift_percent, drift.rotation_deg_per_m, drift.rpe_trans_m, drift.rpe_rot_deg));
}

Result<void> add_self_consistency(const Drive& drive, const Trajectory& trajectory, nlohmann::json& row,
                                  Output& output) {
  SWEEPMARK_TRY(thickness, map_thickness(drive, trajectory, output.progress()));
  row.update({{"reference", nullptr},
              {"note", without_poses},
              {"map_thickness_m", thickness.median_m},
              {"map_cubes", thickness.cubes}});
  output.text(fmt::format("  {}", without_poses));
  output.text(fmt::format("  surfaces come out {:.4f} m thick (median of {} cubes of half a metre)",
                          thickness.median_m, thickness.cubes));
  if (!drive.read_truth) return {};
  SWEEPMARK_TRY(truth, drive.read_truth());
  const StandingScatter scatter = standing_scatter(truth, trajectory, standing_tracks(truth, trajectory));
  row.update({{"standing_tracks", scatter.tracks},
              {"standing_boxes", scatter.boxes},
              {"standing_scatter_m", scatter.rms_m}});
  output.text(fmt::format("  true boxes of {} standing objects scatter by {:.3f} m ({} boxes)",
                          scatter.tracks, scatter.rms_m, scatter.boxes));
  return {};
}

Result<nlohmann::json> measured(const Drive& drive, Output& output) {
  SWEEPMARK_TRY(estimate, estimated(drive, output.progress()));
  for (const std::string& warning : estimate.odometry.warnings) output.message("warning: " + warning);
  nlohmann::json row = row_of(drive, estimate);
  output.text(fmt::format("{}: {} sweeps at {:.1f} a second, median distance from the map {:.4f} m",
                          drive.name, drive.sweeps.size(), estimate.sweeps_per_second,
                          median_residual(estimate.odometry)));
  if (drive.trajectory.source() == PoseSource::recorded)
    add_drift(drive, estimate.odometry.trajectory, row, output);
  else
    SWEEPMARK_CHECK(add_self_consistency(drive, estimate.odometry.trajectory, row, output));
  return row;
}

bool has_points(const Drive& drive) {
  return std::ranges::any_of(drive.sweeps, [](const SweepEntry& sweep) { return !sweep.file.empty(); });
}

ExitCode run(const DriveOptions& options, Output& output) {
  const auto listings = options.listings();
  if (!listings) return output.failure(listings.error());
  nlohmann::json rows = nlohmann::json::array();
  for (const DriveListing& listing : *listings) {
    const auto drive = open_drive(options.path, listing.name);
    if (!drive) return output.failure(drive.error());
    if (!has_points(*drive)) continue;
    const auto row = measured(*drive, output);
    if (!row) return output.failure(row.error());
    rows.push_back(*row);
  }
  if (rows.empty())
    return output.failure({ErrorCode::not_found, "no drive here has sweeps", at_file(options.path)});
  output.object({{"measure", "odometry"}, {"path", options.path}, {"rows", rows}});
  return ExitCode::success;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<DriveOptions>();
  options->add_to(app);
  return [options, &output] { return run(*options, output); };
}

}  // namespace

Measure measure_odometry() {
  return {
      "odometry", "Ego motion from the sweeps against recorded poses",
      "The motion is estimated from the sweeps as they were recorded, without a look at the drive's poses, "
      "and compared\n"
      "with these as KITTI does: over all stretches of 100 to 800 m, or of 5 to 50 m where the drive is "
      "shorter. Where a\n"
      "drive has no poses, how well its sweeps and the true boxes of standing objects lie together is "
      "measured instead.\n"
      "Examples:\n"
      "  sweepmarkctl measure odometry ~/logs/drive7\n"
      "  sweepmarkctl measure odometry ~/logs/kitti_tracking --drive 0000 --json",
      declare};
}

}  // namespace sweepmark
