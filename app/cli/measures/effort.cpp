#include "core/quality/effort.hpp"

#include <fmt/format.h>

#include "app/cli/drive_options.hpp"
#include "app/cli/measure.hpp"
#include "core/assist/kept_sweeps.hpp"
#include "core/assist/odometry.hpp"

namespace sweepmark {

namespace {

struct Options {
  DriveOptions drive;
  EffortOptions effort;
};

nlohmann::json to_json(const EffortRow& row) {
  return {{"automation", to_string(row.automation)},
          {"tracks", row.tracks},
          {"boxes", row.boxes},
          {"actions", row.gestures.actions()},
          {"keys", row.gestures.keys},
          {"clicks", row.gestures.clicks},
          {"drags", row.gestures.drags},
          {"looks", row.gestures.looks},
          {"actions_per_box", row.actions_per_box()},
          {"actions_per_track", row.actions_per_track()},
          {"boxes_per_minute", row.boxes_per_minute()},
          {"mean_iou", row.mean_iou},
          {"share_at_target", row.share_at_target},
          {"share_at_0_7", row.share_at_0_7},
          {"left_over", row.left_over}};
}

void print(const std::vector<EffortRow>& rows, Output& output) {
  output.text(fmt::format("{:<11}{:>7}{:>7}{:>9}{:>8}{:>8}{:>8}{:>8}{:>9}{:>10}{:>11}{:>10}{:>12}",
                          "automation", "tracks", "boxes", "actions", "keys", "clicks", "drags", "looks",
                          "per box", "per track", "boxes/min", "mean IoU", "IoU >= 0.7"));
  for (const EffortRow& row : rows)
    output.text(fmt::format(
        "{:<11}{:>7}{:>7}{:>9}{:>8}{:>8}{:>8}{:>8}{:>9.3f}{:>10.1f}{:>11.1f}{:>10.4f}{:>11.1f}%",
        to_string(row.automation), row.tracks, row.boxes, row.gestures.actions(), row.gestures.keys,
        row.gestures.clicks, row.gestures.drags, row.gestures.looks, row.actions_per_box(),
        row.actions_per_track(), row.boxes_per_minute(), row.mean_iou, 100 * row.share_at_0_7));
}

// Every kind of automation gets the same poses.
Result<void> with_estimated_poses(Drive& drive, const Progress& progress) {
  if (drive.trajectory.source() != PoseSource::none) return {};
  SWEEPMARK_TRY(odometry, estimate_ego_motion(drive, {}, progress));
  drive.trajectory = odometry.trajectory;
  return {};
}

Result<std::vector<EffortRow>> rows_of(const Drive& drive, const EffortOptions& options,
                                       const Progress& progress) {
  const SweepSource sweeps = kept_in_memory(sweeps_of(drive));
  SWEEPMARK_TRY(objects, true_objects(drive, sweeps, progress));
  std::vector<EffortRow> rows;
  for (const Automation automation : {Automation::full, Automation::keyframes, Automation::none}) {
    SWEEPMARK_TRY(row, measure_effort(drive, sweeps, objects, automation, options, progress));
    rows.push_back(row);
  }
  return rows;
}

ExitCode run(const Options& options, Output& output) {
  const Progress progress = output.progress();
  auto drive = options.drive.open();
  if (!drive) return output.failure(drive.error());
  if (const auto posed = with_estimated_poses(*drive, progress); !posed) return output.failure(posed.error());
  const auto rows = rows_of(*drive, options.effort, progress);
  if (!rows)
    return output.failure(rows.error(),
                          rows.error().code == ErrorCode::cancelled ? ExitCode::cancelled : ExitCode::input);
  print(*rows, output);
  nlohmann::json json_rows = nlohmann::json::array();
  for (const EffortRow& row : *rows) json_rows.push_back(to_json(row));
  const char* poses = drive->trajectory.source() == PoseSource::recorded ? "recorded" : "estimated";
  output.object({{"measure", "effort"},
                 {"path", options.drive.path},
                 {"drive", drive->name},
                 {"poses", poses},
                 {"target_iou", options.effort.target_iou},
                 {"min_points", options.effort.min_points},
                 {"rows", json_rows}});
  return ExitCode::success;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  options->drive.add_to(app);
  app.add_option("--target-iou", options->effort.target_iou, "3D IoU below which a box is corrected")
      ->check(CLI::Range(0.1, 0.95))
      ->capture_default_str();
  app.add_option("--min-points", options->effort.min_points, "boxes with fewer points are not asked for")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  app.add_option("--hand-error", options->effort.hand.place_m,
                 "how far a drag ends from where it should; metres")
      ->check(CLI::Range(0.0, 0.5))
      ->capture_default_str();
  return [options, &output] { return run(*options, output); };
}

}  // namespace

Measure measure_effort() {
  return {
      "effort", "What a person does for the boxes of a drive, with automation and without",
      "A simulated annotator who knows the true boxes labels the drive through the commands of the window "
      "and "
      "pays for\n"
      "each key, click, drag and look at a page of 20 sweeps: once with fitting, following and refinement, "
      "once "
      "with\n"
      "keyframes every second and straight lines between, once by hand in every sweep. It corrects what it "
      "sees "
      "below\n"
      "the target until every visible box reaches it. Boxes per minute follow the keystroke-level model.\n"
      "Examples:\n"
      "  sweepmarkctl measure effort sample/drive --target-iou 0.7 --json\n"
      "  sweepmarkctl measure effort ~/logs/kitti_tracking --drive 0000",
      declare};
}

}  // namespace sweepmark
