#include "core/quality/fit_accuracy.hpp"

#include <fmt/format.h>

#include "app/cli/drive_options.hpp"
#include "app/cli/measure.hpp"
#include "core/base/units.hpp"

namespace sweepmark {

namespace {

struct Options {
  DriveOptions drive;
  FitQuestion question;
  bool list = false;
};

struct Trial {
  std::string drive;
  FitTrial trial;
};

nlohmann::json to_json(const FitRow& row) {
  return {{"class", row.class_name},
          {"range", row.range},
          {"clicks", row.clicks},
          {"share_at_0_5", row.share_at_0_5},
          {"share_at_0_7", row.share_at_0_7},
          {"mean_bev_iou", row.mean_bev_iou},
          {"mean_3d_iou", row.mean_3d_iou},
          {"heading_right", row.heading_right},
          {"median_ms", row.median_ms}};
}

nlohmann::json to_json(const FitReliability& row) {
  return {{"from", row.from},
          {"to", row.to},
          {"clicks", row.clicks},
          {"mean_confidence", row.mean_confidence},
          {"mean_bev_iou", row.mean_bev_iou},
          {"share_at_0_7", row.share_at_0_7}};
}

void print_rows(const std::vector<FitRow>& rows, Output& output) {
  output.text(fmt::format("{:<14}{:>8}{:>8}{:>11}{:>11}{:>10}{:>9}{:>10}{:>9}", "class", "range m", "clicks",
                          "BEV >= 0.5", "BEV >= 0.7", "mean BEV", "mean 3D", "heading", "ms"));
  for (const FitRow& row : rows)
    output.text(fmt::format("{:<14}{:>8}{:>8}{:>10.1f}%{:>10.1f}%{:>10.3f}{:>9.3f}{:>9.1f}%{:>9.2f}",
                            row.class_name, row.range, row.clicks, 100 * row.share_at_0_5,
                            100 * row.share_at_0_7, row.mean_bev_iou, row.mean_3d_iou,
                            100 * row.heading_right, row.median_ms));
}

void print_reliability(const std::vector<FitReliability>& rows, Output& output) {
  output.text("");
  output.text(fmt::format("{:<14}{:>8}{:>12}{:>10}{:>12}", "confidence", "clicks", "mean stated", "mean BEV",
                          "BEV >= 0.7"));
  for (const FitReliability& row : rows)
    output.text(fmt::format("{:.1f} to {:.1f}    {:>8}{:>12.3f}{:>10.3f}{:>11.1f}%", row.from, row.to,
                            row.clicks, row.mean_confidence, row.mean_bev_iou, 100 * row.share_at_0_7));
}

// How a fit departs from the truth, in the true box's own frame.
void print_trial(const std::string& drive, const FitTrial& trial, Output& output) {
  const Eigen::Vector3d off = (trial.truth.pose.inverse() * trial.fit.box.centre()).metres;
  const Eigen::Vector3d wider = trial.fit.box.size - trial.truth.size;
  double turn = wrapped_angle(trial.fit.box.yaw() - trial.truth.yaw());
  output.text(fmt::format(
      "{} sweep {:>3} {} {:<10} range {:>4.1f} points {:>5} used {:>5} BEV {:.3f} 3D {:.3f} conf {:.2f} dx "
      "{:+.2f} dy {:+.2f} dz {:+.2f} "
      "dl {:+.2f}{} dw {:+.2f}{} dh {:+.2f}{} turn {:+.1f} ms {:.2f}",
      drive, trial.sweep, trial.track, trial.class_name, trial.range, trial.points, trial.fit.points.size(),
      trial.bev_iou, trial.iou, trial.fit.confidence, off.x(), off.y(), off.z(), wider.x(),
      trial.fit.seen[0] ? " seen" : "", wider.y(), trial.fit.seen[1] ? " seen" : "", wider.z(),
      trial.fit.seen[2] ? " seen" : "", degrees_from_radians(turn), trial.milliseconds));
}

ExitCode run(const Options& options, Output& output) {
  const auto listings = options.drive.listings();
  if (!listings) return output.failure(listings.error());
  const Taxonomy taxonomy = default_taxonomy();
  if (!options.question.class_name.empty() &&
      class_named(taxonomy, options.question.class_name) == ClassId(0))
    return output.failure(
        {ErrorCode::not_found, fmt::format("there is no class '{}'", options.question.class_name), {}},
        ExitCode::usage);
  std::vector<FitTrial> trials;
  nlohmann::json drives = nlohmann::json::array();
  for (const DriveListing& listing : *listings) {
    if (!listing.has_truth) continue;
    const auto drive = open_drive(options.drive.path, listing.name);
    if (!drive) return output.failure(drive.error());
    auto found = fit_trials(*drive, taxonomy, options.question, output.progress());
    if (!found) return output.failure(found.error());
    drives.push_back({{"drive", listing.name}, {"clicks", found->size()}});
    if (options.list)
      for (const FitTrial& trial : *found) print_trial(listing.name, trial, output);
    std::ranges::move(*found, std::back_inserter(trials));
  }
  if (trials.empty())
    return output.failure({ErrorCode::not_found,
                           fmt::format("no drive here has sweeps with true boxes that hold {} points",
                                       options.question.least_points),
                           at_file(options.drive.path)});
  const std::vector<FitRow> rows = fit_rows(trials);
  const std::vector<FitReliability> confidence = reliability(trials);
  print_rows(rows, output);
  print_reliability(confidence, output);
  nlohmann::json json_rows = nlohmann::json::array(), json_confidence = nlohmann::json::array();
  for (const FitRow& row : rows) json_rows.push_back(to_json(row));
  for (const FitReliability& row : confidence) json_confidence.push_back(to_json(row));
  output.object({{"measure", "fit"},
                 {"path", options.drive.path},
                 {"drives", drives},
                 {"rows", json_rows},
                 {"reliability", json_confidence}});
  return ExitCode::success;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  options->drive.add_to(app);
  app.add_option("--class", options->question.class_name, "only boxes of this class (default: all)");
  app.add_option("--min-points", options->question.least_points,
                 "only boxes that hold at least so many points")
      ->capture_default_str();
  app.add_flag("--list", options->list, "each click and how its box departs from the true one");
  return [options, &output] { return run(*options, output); };
}

}  // namespace

Measure measure_fit() {
  return {"fit", "One click a true box, and how good the box is that comes of it",
          "The click is the point nearest to the true box's centre, of those within the box. IoU is "
          "bird's-eye with the heading "
          "modulo 180°;\n"
          "whether the heading is right is counted apart. Without --drive all drives under PATH that have "
          "sweeps and "
          "truth are pooled.\n"
          "Examples:\n"
          "  sweepmarkctl measure fit ~/logs/kitti_tracking --class Car --min-points 50\n"
          "  sweepmarkctl measure fit ~/logs/drive7 --list\n"
          "  sweepmarkctl measure fit ~/logs/drive7 --json",
          declare};
}

}  // namespace sweepmark
