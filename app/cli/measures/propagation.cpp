#include <fmt/format.h>

#include <iterator>

#include "app/cli/drive_options.hpp"
#include "app/cli/measure.hpp"
#include "core/assist/kept_sweeps.hpp"
#include "core/assist/odometry.hpp"
#include "core/quality/propagation_accuracy.hpp"
#include "core/quality/standing_accuracy.hpp"

namespace sweepmark {

namespace {

struct Options {
  DriveOptions drive;
  PropagationAccuracyOptions accuracy;
  bool each = false;
  bool no_poses = false;
};

nlohmann::json to_json(const PropagationRow& row) {
  return {{"class", row.class_name},
          {"moving", row.moving},
          {"tracks", row.tracks},
          {"sweeps_true_visible", row.sweeps_true_visible},
          {"sweeps_covered", row.sweeps_covered},
          {"mean_iou", row.mean_iou},
          {"share_at_0_7", row.share_at_0_7},
          {"lost_too_early", row.lost_too_early},
          {"ran_on_after_gone", row.ran_on_after_gone},
          {"sweeps_per_second", row.sweeps_per_second}};
}

nlohmann::json to_json(const ReliabilityRow& row) {
  return {{"from", row.from},         {"to", row.to},
          {"count", row.count},       {"mean_confidence", row.mean_confidence},
          {"mean_iou", row.mean_iou}, {"share_at_0_7", row.share_at_0_7}};
}

nlohmann::json to_json(const PropagationSample& sample) {
  return {{"class", sample.class_name},
          {"moving", sample.moving},
          {"track", sample.track},
          {"start", sample.start},
          {"sweep", sample.sweep},
          {"true_points", sample.true_points},
          {"in_life", sample.in_life},
          {"proposed", sample.proposed},
          {"iou", sample.iou},
          {"offset", {sample.offset.x(), sample.offset.y(), sample.offset.z()}},
          {"turn", sample.turn},
          {"confidence", sample.confidence},
          {"matched_points", sample.evidence.points},
          {"strength", sample.evidence.strength},
          {"followed", sample.evidence.followed},
          {"width_m", sample.evidence.width_m},
          {"turn_deviation", sample.evidence.turn_deviation},
          {"overlap", sample.evidence.overlap},
          {"residual_m", sample.evidence.residual_m},
          {"deviation_m", sample.evidence.deviation_m}};
}

nlohmann::json to_json(const StandingRow& row) {
  return {{"class", row.class_name},
          {"objects", row.objects},
          {"sweeps", row.sweeps},
          {"mean_iou_of_fit", row.fit_iou},
          {"mean_iou_of_held", row.held_iou},
          {"share_at_0_7_of_fit", row.fit_at_0_7},
          {"share_at_0_7_of_held", row.held_at_0_7},
          {"covered", row.covered}};
}

void print(const std::vector<PropagationRow>& rows, Output& output) {
  output.text(fmt::format("{:<14}{:<10}{:>7}{:>9}{:>9}{:>10}{:>12}{:>7}{:>8}{:>10}", "class", "objects",
                          "starts", "visible", "covered", "mean IoU", "IoU >= 0.7", "lost", "ran on",
                          "sweeps/s"));
  for (const PropagationRow& row : rows)
    output.text(fmt::format("{:<14}{:<10}{:>7}{:>9}{:>9}{:>10.4f}{:>11.1f}%{:>6.1f}%{:>7.1f}%{:>10.0f}",
                            row.class_name, row.moving ? "moving" : "standing", row.tracks,
                            row.sweeps_true_visible, row.sweeps_covered, row.mean_iou, 100 * row.share_at_0_7,
                            100 * row.lost_too_early, 100 * row.ran_on_after_gone, row.sweeps_per_second));
}

void print(const std::vector<ReliabilityRow>& rows, Output& output) {
  output.text(fmt::format("\n{:<14}{:>8}{:>12}{:>10}{:>12}", "confidence", "boxes", "mean conf.", "mean IoU",
                          "IoU >= 0.7"));
  for (const ReliabilityRow& row : rows)
    if (row.count > 0)
      output.text(fmt::format("{:.1f} to {:.1f}    {:>8}{:>12.3f}{:>10.4f}{:>11.1f}%", row.from, row.to,
                              row.count, row.mean_confidence, row.mean_iou, 100 * row.share_at_0_7));
}

void print(const std::string& drive, const std::vector<StandingRow>& rows, Output& output) {
  if (rows.empty()) return;
  output.text(
      fmt::format("\n{}, standing objects held by one box, begun with one click\n"
                  "{:<14}{:>9}{:>9}{:>12}{:>13}{:>12}{:>13}{:>10}",
                  drive, "class", "objects", "sweeps", "IoU of fit", "IoU of held", "fit >= 0.7",
                  "held >= 0.7", "covered"));
  for (const StandingRow& row : rows)
    output.text(fmt::format("{:<14}{:>9}{:>9}{:>12.4f}{:>13.4f}{:>11.1f}%{:>12.1f}%{:>9.1f}%", row.class_name,
                            row.objects, row.sweeps, row.fit_iou, row.held_iou, 100 * row.fit_at_0_7,
                            100 * row.held_at_0_7, 100 * row.covered));
}

template <class Rows>
nlohmann::json list(const Rows& rows) {
  nlohmann::json result = nlohmann::json::array();
  for (const auto& row : rows) result.push_back(to_json(row));
  return result;
}

void append(PropagationSamples& to, PropagationSamples more) {
  std::ranges::move(more.samples, std::back_inserter(to.samples));
  std::ranges::move(more.starts, std::back_inserter(to.starts));
}

std::string_view poses_of(const Trajectory& trajectory) {
  if (trajectory.source() == PoseSource::recorded) return "recorded";
  return trajectory.source() == PoseSource::estimated ? "estimated" : "none";
}

struct Measured {
  PropagationSamples samples;
  nlohmann::json drives = nlohmann::json::array();
  std::vector<std::pair<std::string, std::vector<StandingRow>>> standing;
};

Result<void> measure(const DriveListing& listing, const Options& options, const Progress& progress,
                     Measured& all) {
  SWEEPMARK_TRY(drive, open_drive(options.drive.path, listing.name));
  if (drive.trajectory.source() == PoseSource::none && !options.no_poses) {
    SWEEPMARK_TRY(odometry, estimate_ego_motion(drive, {}, progress));
    drive.trajectory = odometry.trajectory;
  }
  SWEEPMARK_TRY(samples, propagation_samples(drive, options.accuracy, progress));
  append(all.samples, std::move(samples));
  nlohmann::json about = {{"drive", listing.name}, {"poses", poses_of(drive.trajectory)}};
  if (drive.trajectory.source() != PoseSource::none) {
    SWEEPMARK_TRY(standing,
                  standing_accuracy(drive, kept_in_memory(sweeps_of(drive)), options.accuracy.classes,
                                    options.accuracy.min_points, progress));
    about["standing"] = list(standing);
    all.standing.emplace_back(listing.name, std::move(standing));
  }
  all.drives.push_back(std::move(about));
  return {};
}

ExitCode run(const Options& options, Output& output) {
  const auto listings = options.drive.listings();
  if (!listings) return output.failure(listings.error());
  Measured all;
  for (const DriveListing& listing : *listings) {
    if (!listing.has_truth || listing.sweeps == 0) continue;
    if (const auto done = measure(listing, options, output.progress(), all); !done)
      return output.failure(done.error());
  }
  if (all.samples.starts.empty())
    return output.failure({ErrorCode::not_found,
                           "no drive here has sweeps and true boxes with enough points to measure against",
                           at_file(options.drive.path)});
  const auto rows = propagation_rows(all.samples, options.accuracy.min_points);
  const auto reliability = propagation_reliability(all.samples, options.accuracy.min_points);
  print(rows, output);
  print(reliability, output);
  for (const auto& [drive, standing] : all.standing) print(drive, standing, output);
  nlohmann::json object = {{"measure", "propagation"}, {"path", options.drive.path},
                           {"drives", all.drives},     {"min_points", options.accuracy.min_points},
                           {"rows", list(rows)},       {"reliability", list(reliability)}};
  if (options.each) object["boxes"] = list(all.samples.samples);
  output.object(object);
  return ExitCode::success;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  options->drive.add_to(app);
  app.add_option("--class", options->accuracy.classes, "only these classes, as the drive writes them");
  app.add_option("--min-points", options->accuracy.min_points,
                 "a true box counts as visible from so many points on")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_flag("--each", options->each, "with --json, every box by itself as well");
  app.add_flag("--no-poses", options->no_poses, "drives without poses stay without");
  return [options, &output] { return run(*options, output); };
}

}  // namespace

Measure measure_propagation() {
  return {
      "propagation", "Objects followed from one true box against their other true boxes",
      "Each object is followed forward and back from its true box at the sweep where it holds most points, "
      "and once more\n"
      "from the first sweep where it holds fifty. Boxes are compared by 3D IoU; the second table compares "
      "the confidence\n"
      "that each box was given with what came of it. A third holds each standing object by one box from all "
      "sweeps, begun\n"
      "with one click. Where a drive has no poses they are estimated from its sweeps first. Without --drive "
      "all drives under PATH with sweeps and "
      "truth are pooled.\n"
      "Examples:\n"
      "  sweepmarkctl measure propagation sample/drive --class Car\n"
      "  sweepmarkctl measure propagation ~/logs/kitti_tracking --drive 0000 --json",
      declare};
}

}  // namespace sweepmark
