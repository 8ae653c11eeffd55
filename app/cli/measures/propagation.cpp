#include <fmt/format.h>

#include <iterator>

#include "app/cli/drive_options.hpp"
#include "app/cli/measure.hpp"
#include "core/quality/propagation_accuracy.hpp"

namespace sweepmark {

namespace {

struct Options {
  DriveOptions drive;
  PropagationAccuracyOptions accuracy;
  bool each = false;
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
          {"overlap", sample.evidence.overlap},
          {"residual_m", sample.evidence.residual_m},
          {"deviation_m", sample.evidence.deviation_m}};
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

ExitCode run(const Options& options, Output& output) {
  const auto listings = options.drive.listings();
  if (!listings) return output.failure(listings.error());
  PropagationSamples samples;
  nlohmann::json drives = nlohmann::json::array();
  for (const DriveListing& listing : *listings) {
    if (!listing.has_truth || listing.sweeps == 0) continue;
    const auto drive = open_drive(options.drive.path, listing.name);
    if (!drive) return output.failure(drive.error());
    auto of_drive = propagation_samples(*drive, options.accuracy, output.progress());
    if (!of_drive) return output.failure(of_drive.error());
    append(samples, std::move(*of_drive));
    drives.push_back({{"drive", listing.name}, {"poses", drive->trajectory.source() != PoseSource::none}});
  }
  if (samples.starts.empty())
    return output.failure({ErrorCode::not_found,
                           "no drive here has sweeps and true boxes with enough points to measure against",
                           at_file(options.drive.path)});
  const auto rows = propagation_rows(samples, options.accuracy.min_points);
  const auto reliability = propagation_reliability(samples, options.accuracy.min_points);
  print(rows, output);
  print(reliability, output);
  nlohmann::json object = {{"measure", "propagation"}, {"path", options.drive.path},
                           {"drives", drives},         {"min_points", options.accuracy.min_points},
                           {"rows", list(rows)},       {"reliability", list(reliability)}};
  if (options.each) object["boxes"] = list(samples.samples);
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
      "that each box was given with what came of it. Without --drive all drives under PATH with sweeps and "
      "truth are pooled.\n"
      "Examples:\n"
      "  sweepmarkctl measure propagation sample/drive --class Car\n"
      "  sweepmarkctl measure propagation ~/logs/kitti_tracking --drive 0000 --json",
      declare};
}

}  // namespace sweepmark
