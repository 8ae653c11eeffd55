#include <fmt/format.h>

#include <algorithm>

#include "app/cli/cli_command.hpp"
#include "app/cli/drive_options.hpp"
#include "core/assist/odometry.hpp"
#include "core/commands/ego_motion_arguments.hpp"

namespace sweepmark {

namespace {

struct Options {
  DriveOptions drive;
  LabelOptions labels;
  bool dry_run = false;
};

double length_of(const Trajectory& trajectory) {
  double length = 0.0;
  const auto& poses = trajectory.poses();
  for (std::size_t i = 1; i < poses.size(); ++i)
    length += (poses[i].world_from_ego.translation() - poses[i - 1].world_from_ego.translation()).norm();
  return length;
}

nlohmann::json to_json(const OdometryStep& step) {
  return {{"sweep", step.sweep},
          {"bridged", step.bridged},
          {"unsure", step.unsure},
          {"matched", step.matched},
          {"matched_share", step.matched_share},
          {"residual_m", step.residual_m},
          {"supported_share", step.supported_share}};
}

nlohmann::json to_json(const Drive& drive, const Odometry& odometry) {
  nlohmann::json steps = nlohmann::json::array();
  for (const OdometryStep& step : odometry.steps) steps.push_back(to_json(step));
  return {{"drive", drive.name},
          {"sweeps", drive.sweeps.size()},
          {"length_m", length_of(odometry.trajectory)},
          {"bridged", std::ranges::count(odometry.steps, true, &OdometryStep::bridged)},
          {"unsure", std::ranges::count(odometry.steps, true, &OdometryStep::unsure)},
          {"steps", std::move(steps)},
          {"warnings", odometry.warnings}};
}

// Messages name what was bridged; the summary counts.
void report(const Drive& drive, const Odometry& odometry, Output& output) {
  for (const std::string& warning : odometry.warnings) output.message("warning: " + warning);
  output.text(fmt::format("{}: {:.1f} m in {} sweeps, {} of them bridged, {} unsure", drive.name,
                          length_of(odometry.trajectory), drive.sweeps.size(),
                          std::ranges::count(odometry.steps, true, &OdometryStep::bridged),
                          std::ranges::count(odometry.steps, true, &OdometryStep::unsure)));
}

ExitCode verdict(const Odometry& odometry) {
  return odometry.warnings.empty() ? ExitCode::success : ExitCode::negative;
}

ExitCode estimate_only(const Options& options, Output& output) {
  const auto drive = options.drive.open();
  if (!drive) return output.failure(drive.error());
  const auto odometry = estimate_ego_motion(*drive, {}, output.progress());
  if (!odometry) return output.failure(odometry.error());
  report(*drive, *odometry, output);
  nlohmann::json object = to_json(*drive, *odometry);
  object.update(ego_motion_arguments(odometry->trajectory));
  output.object(object);
  return verdict(*odometry);
}

ExitCode run(const Options& options, Output& output) {
  if (options.dry_run) return estimate_only(options, output);
  auto labels = open_labels(options.drive, options.labels, false, output);
  if (!labels) return output.failure(labels.error(), ExitCode::store);
  if (labels->drive->trajectory.source() == PoseSource::recorded)
    return output.failure(
        {ErrorCode::invalid_argument,
         "the drive has recorded poses, and labels keep to those; --dry-run estimates without "
         "saving, `measure odometry` compares",
         at_file(labels->drive->root)},
        ExitCode::usage);
  const auto odometry = estimate_ego_motion(*labels->drive, {}, output.progress());
  if (!odometry) return output.failure(odometry.error());
  const auto outcome = labels->session->run("ego.set_estimated", ego_motion_arguments(odometry->trajectory));
  if (!outcome) return output.failure(outcome.error(), ExitCode::store);
  report(*labels->drive, *odometry, output);
  output.text(
      fmt::format("saved as estimated in {} as revision {}", labels->file.string(), outcome->revision.value));
  nlohmann::json object = to_json(*labels->drive, *odometry);
  object.update({{"labels", labels->file.string()}, {"revision", outcome->revision.value}});
  output.object(object);
  return verdict(*odometry);
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  options->drive.add_to(app);
  options->labels.add_to(app);
  app.add_flag("--dry-run", options->dry_run, "estimate and report, save nothing; with --json the poses too");
  return [options, &output] { return run(*options, output); };
}

}  // namespace

CliCommand cli_command_ego_motion() {
  return {
      "ego-motion", "Estimate how the vehicle moved from its sweeps, and keep it with the labels",
      "For drives without recorded poses: boxes between keyframes then follow the street, not the vehicle. "
      "One command, which\n"
      "undo takes back. Exit code 1: done, but some sweeps could not be used and were bridged.\n"
      "Examples:\n"
      "  sweepmarkctl ego-motion ~/logs/kitti_tracking --drive 0000\n"
      "  sweepmarkctl ego-motion ~/logs/drive7 --dry-run --json",
      declare};
}

}  // namespace sweepmark
