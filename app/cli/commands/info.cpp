#include <fmt/format.h>

#include <map>

#include "app/cli/cli_command.hpp"
#include "app/cli/drive_options.hpp"

namespace sweepmark {

namespace {

struct Options {
  DriveOptions drive;
  bool check = false;
};

std::string_view name_of(PoseSource source) {
  switch (source) {
    case PoseSource::none:
      return "none";
    case PoseSource::recorded:
      return "recorded";
    case PoseSource::estimated:
      return "estimated";
  }
  return "none";
}

nlohmann::json cameras_of(const Drive& drive) {
  nlohmann::json cameras = nlohmann::json::array();
  for (const CameraSensor& camera : drive.rig.cameras()) {
    const auto images = drive.images.find(camera.id);
    cameras.push_back({{"id", camera.id.value},
                       {"images", images == drive.images.end() ? 0 : images->second.size()},
                       {"width", camera.intrinsics.width},
                       {"height", camera.intrinsics.height},
                       {"calibrated", camera.calibrated}});
  }
  return cameras;
}

nlohmann::json truth_of(const Drive& drive) {
  if (!drive.read_truth) return nullptr;
  const auto boxes = drive.read_truth();
  if (!boxes) return {{"error", to_string(boxes.error())}};
  std::map<std::string, int> classes;
  std::map<std::string, int> tracks;
  for (const TruthBox& box : *boxes) {
    ++classes[box.class_name];
    ++tracks[box.track];
  }
  return {{"boxes", boxes->size()}, {"tracks", tracks.size()}, {"classes", classes}};
}

// Loads every sweep. What cannot be read is listed, the rest goes on.
nlohmann::json checked(const Drive& drive, const Progress& progress) {
  nlohmann::json unreadable = nlohmann::json::array();
  std::size_t points = 0, dropped = 0;
  for (std::size_t i = 0; i < drive.sweeps.size() && !progress.cancelled(); ++i) {
    progress(static_cast<double>(i) / static_cast<double>(drive.sweeps.size()), drive.name);
    if (drive.sweeps[i].file.empty()) continue;
    const auto cloud = drive.read_sweep(i);
    if (cloud) {
      points += cloud->size();
      dropped += cloud->dropped;
    } else {
      unreadable.push_back(to_string(cloud.error()));
    }
  }
  return {{"points", points}, {"rows_without_coordinates", dropped}, {"unreadable_sweeps", unreadable}};
}

nlohmann::json describe(const Drive& drive, bool check, const Progress& progress) {
  std::size_t with_points = 0;
  for (const SweepEntry& sweep : drive.sweeps) with_points += sweep.file.empty() ? 0 : 1;
  const double seconds =
      drive.sweeps.empty() ? 0.0 : seconds_between(drive.sweeps.front().time, drive.sweeps.back().time);
  nlohmann::json j = {{"drive", drive.name},
                      {"format", drive.format},
                      {"sweeps", drive.sweeps.size()},
                      {"sweeps_with_points", with_points},
                      {"seconds", seconds},
                      {"cameras", cameras_of(drive)},
                      {"poses", name_of(drive.trajectory.source())},
                      {"truth", truth_of(drive)},
                      {"point_truth", static_cast<bool>(drive.read_point_truth)},
                      {"warnings", drive.warnings}};
  if (check) j["check"] = checked(drive, progress);
  return j;
}

void print(const nlohmann::json& j, Output& output) {
  output.text(fmt::format("{}  ({})", j["drive"].get<std::string>(), j["format"].get<std::string>()));
  output.text(fmt::format("  sweeps   {} over {:.1f} s, {} with points", j["sweeps"].get<std::size_t>(),
                          j["seconds"].get<double>(), j["sweeps_with_points"].get<std::size_t>()));
  for (const auto& camera : j["cameras"])
    output.text(fmt::format("  camera   {}: {} images, {}x{}{}", camera["id"].get<std::string>(),
                            camera["images"].get<std::size_t>(), camera["width"].get<int>(),
                            camera["height"].get<int>(),
                            camera["calibrated"].get<bool>() ? "" : ", not calibrated"));
  output.text(fmt::format("  poses    {}", j["poses"].get<std::string>()));
  if (const auto& truth = j["truth"]; truth.contains("error")) {
    output.text(fmt::format("  truth    {}", truth["error"].get<std::string>()));
  } else if (!truth.is_null()) {
    std::string classes;
    for (const auto& [name, count] : truth["classes"].items())
      classes += fmt::format(" {} {}", name, count.get<int>());
    output.text(fmt::format("  truth    {} boxes of {} objects:{}", truth["boxes"].get<std::size_t>(),
                            truth["tracks"].get<std::size_t>(), classes));
  }
  if (j["point_truth"].get<bool>()) output.text("  truth    a label for every point");
  for (const auto& warning : j["warnings"]) output.text("  warning  " + warning.get<std::string>());
  if (!j.contains("check")) return;
  output.text(fmt::format("  points   {} read, {} rows without coordinates",
                          j["check"]["points"].get<std::size_t>(),
                          j["check"]["rows_without_coordinates"].get<std::size_t>()));
  for (const auto& error : j["check"]["unreadable_sweeps"])
    output.text("  damaged  " + error.get<std::string>());
}

ExitCode run(const Options& options, Output& output) {
  const auto listings = options.drive.listings();
  if (!listings) return output.failure(listings.error());
  const Progress progress = output.progress();
  nlohmann::json drives = nlohmann::json::array();
  ExitCode code = ExitCode::success;
  for (const DriveListing& listing : *listings) {
    const auto drive = open_drive(options.drive.path, listing.name);
    if (!drive) {
      output.message("error: " + to_string(drive.error()));
      drives.push_back({{"drive", listing.name}, {"error", to_string(drive.error())}});
      code = ExitCode::input;
      continue;
    }
    drives.push_back(describe(*drive, options.check, progress));
    if (progress.cancelled()) return output.failure({ErrorCode::cancelled, "cancelled", {}});
    print(drives.back(), output);
    if (options.check && !drives.back()["check"]["unreadable_sweeps"].empty() && code == ExitCode::success)
      code = ExitCode::negative;
  }
  output.object({{"path", options.drive.path}, {"drives", drives}});
  return code;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  options->drive.add_to(app);
  app.add_flag("--check", options->check, "also read every sweep, and say which cannot be read");
  return [options, &output] { return run(*options, output); };
}

}  // namespace

CliCommand cli_command_info() {
  return {"info", "What a path holds: drives, sensors, poses, truth",
          "Examples:\n  sweepmarkctl info ~/logs/kitti_tracking\n  sweepmarkctl info ~/logs/kitti_tracking "
          "--drive 0000 --check --json",
          declare};
}

}  // namespace sweepmark
