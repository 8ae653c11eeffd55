// The layout for users' own logs: sweeps and images with one OpenLABEL file that says all about them.
// docs/formats/openlabel-drive.md
#include <fmt/format.h>

#include <algorithm>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/drive_folders.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/formats/openlabel_json.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

using openlabel::Frame;
using openlabel::NamedPose;

constexpr std::int64_t ns_per_frame = 100'000'000;

struct Found {
  std::string name;
  fs::path file;
};

std::vector<fs::path> openlabel_files_in(const fs::path& folder) {
  auto files = files_in(folder, ".json");
  if (!files) return {};
  std::erase_if(*files, [](const fs::path& file) { return !openlabel::looks_like_openlabel(file); });
  return std::move(*files);
}

// A folder with one file is a drive of the folder's name; with several each is a drive of its own.
std::vector<Found> found_in(const fs::path& folder) {
  const std::vector<fs::path> files = openlabel_files_in(folder);
  if (files.size() == 1) return {{folder_name(folder), files.front()}};
  std::vector<Found> found;
  for (const fs::path& file : files) found.push_back({file.stem().string(), file});
  return found;
}

// A file, a folder, or a folder of such folders.
std::vector<Found> found_at(const fs::path& path) {
  std::error_code error;
  if (fs::is_regular_file(path, error)) {
    if (!openlabel::looks_like_openlabel(path)) return {};
    return {{path.stem().string(), path}};
  }
  if (!fs::is_directory(path, error)) return {};
  std::vector<Found> found = found_in(path);
  if (!found.empty()) return found;
  for (const fs::path& folder : subfolders(path)) {
    std::vector<Found> below = found_in(folder);
    if (below.size() == 1) found.push_back(std::move(below.front()));
  }
  std::ranges::sort(found, natural_less, &Found::name);
  return found;
}

std::vector<std::string> streams_of_type(const Json& root, std::string_view type) {
  std::vector<std::string> names;
  const Json* streams = member(root, "streams");
  if (!streams || !streams->is_object()) return names;
  for (const auto& [name, stream] : streams->items())
    if (text_of(stream, "type") == type) names.push_back(name);
  return names;
}

const Json* stream_in(const Frame& frame, const std::string& stream) {
  const Json* properties = frame.properties();
  const Json* streams = properties ? member(*properties, "streams") : nullptr;
  return streams ? member(*streams, stream) : nullptr;
}

// The stream's file in the frame, or an empty path.
fs::path file_in(const Frame& frame, const std::string& stream, const fs::path& folder) {
  const Json* entry = stream_in(frame, stream);
  std::string uri = entry ? text_of(*entry, "uri") : "";
  if (uri.starts_with("file://")) uri.erase(0, 7);
  return uri.empty() ? fs::path() : folder / uri;
}

TimestampNs time_in(const Frame& frame, const std::string& stream, TimestampNs frame_time) {
  const Json* entry = stream_in(frame, stream);
  const Json* properties = entry ? member(*entry, "stream_properties") : nullptr;
  const Json* sync = properties ? member(*properties, "sync") : nullptr;
  const Json* timestamp = sync ? member(*sync, "timestamp") : nullptr;
  return timestamp ? openlabel::time_from(*timestamp).value_or(frame_time) : frame_time;
}

// The first lidar, in the order of names, that has a file in any frame; else the first; else "lidar".
std::string reference_lidar(const std::vector<std::string>& lidars, const std::vector<Frame>& frames) {
  for (const std::string& lidar : lidars)
    if (std::ranges::any_of(frames, [&](const Frame& frame) { return !file_in(frame, lidar, "").empty(); }))
      return lidar;
  return lidars.empty() ? "lidar" : lidars.front();
}

// One drive being put together.
struct Building {
  Drive drive;
  fs::path file;
  Json root;
  openlabel::Systems systems;
  std::vector<Frame> frames;  // point into root
  std::string lidar, vehicle;
  std::map<std::int64_t, TimestampNs> frame_times;  // of the frames that became sweeps

  void warn(std::string message) { drive.warnings.push_back(std::move(message)); }
};

void add_lidars(Building& b, const std::vector<std::string>& lidars) {
  for (const std::string& name : lidars.empty() ? std::vector<std::string>{b.lidar} : lidars) {
    const auto pose = b.systems.ancestor_from(b.vehicle, name);
    if (!pose)
      b.warn(fmt::format(
          "no coordinate system leads from lidar '{}' to the vehicle '{}': it is taken to sit at its origin",
          name, b.vehicle));
    b.drive.rig.add(Lidar{SensorId(name), openlabel::with_frames<Ego, Sensor>(pose.value_or(NamedPose()))});
  }
}

// A camera that lacks a place or intrinsics can be looked at, but nothing is drawn over it.
void add_camera(Building& b, const std::string& name) {
  const Json& stream = (*member(b.root, "streams"))[name];
  CameraSensor camera;
  camera.id = SensorId(name);
  camera.label = text_of(stream, "description").empty() ? name : text_of(stream, "description");
  const auto pose = b.systems.ancestor_from(b.vehicle, name);
  if (pose) camera.ego_from_camera = openlabel::with_frames<Ego, Camera>(*pose);
  const Json* properties = member(stream, "stream_properties");
  Result<std::optional<CameraIntrinsics>> intrinsics = std::nullopt;
  if (properties) intrinsics = openlabel::intrinsics_from(*properties, name, b.file);
  if (!intrinsics) b.warn(to_string(intrinsics.error()));
  if (intrinsics && *intrinsics) camera.intrinsics = **intrinsics;
  camera.calibrated = pose && intrinsics && *intrinsics;
  if (!camera.calibrated)
    b.warn(fmt::format(
        "camera '{}' is shown without calibration: {}", name,
        pose ? "its intrinsics are not given in a known model" : "no coordinate system leads to it"));
  b.drive.rig.add(std::move(camera));
}

void add_images(Building& b, const std::string& camera) {
  std::vector<ImageEntry> images;
  for (const Frame& frame : b.frames)
    if (fs::path file = file_in(frame, camera, b.file.parent_path()); !file.empty() && frame.time)
      images.push_back({time_in(frame, camera, *frame.time), std::move(file)});
  std::ranges::stable_sort(images, {}, &ImageEntry::time);
  std::error_code error;
  if (!images.empty() && !fs::exists(images.front().file, error))
    b.warn(
        fmt::format("the images of camera '{}' are missing, {} first", camera, images.front().file.string()));
  if (!images.empty()) b.drive.images[SensorId(camera)] = std::move(images);
}

// Frames without timestamps follow one another at 10 Hz.
void settle_frame_times(Building& b) {
  if (std::ranges::all_of(b.frames, [](const Frame& frame) { return frame.time.has_value(); })) return;
  b.warn("not every frame has a timestamp: frames are taken to be 0.1 s apart by their numbers");
  for (Frame& frame : b.frames) frame.time = TimestampNs{frame.number % 10'000'000'000 * ns_per_frame};
}

void add_sweeps(Building& b) {
  for (const Frame& frame : b.frames) {
    const TimestampNs time = time_in(frame, b.lidar, *frame.time);
    b.drive.sweeps.push_back({SensorId(b.lidar), time, file_in(frame, b.lidar, b.file.parent_path())});
    b.frame_times.emplace(frame.number, time);
  }
  std::ranges::stable_sort(b.drive.sweeps, {}, &SweepEntry::time);
  const auto repeated = std::ranges::unique(b.drive.sweeps, {}, &SweepEntry::time);
  if (!repeated.empty())
    b.warn(fmt::format("{} frames have the time of another and are left out", repeated.size()));
  b.drive.sweeps.erase(repeated.begin(), repeated.end());
  if (std::ranges::all_of(b.drive.sweeps, [](const SweepEntry& sweep) { return sweep.file.empty(); }))
    b.warn("no lidar stream names a file: the drive has moments, but no points");
}

Result<void> add_trajectory(Building& b) {
  std::vector<TimedPose> poses;
  for (const Frame& frame : b.frames) {
    SWEEPMARK_TRY(pose, openlabel::world_from_vehicle(frame, b.vehicle, b.file));
    if (pose) poses.push_back({*frame.time, openlabel::with_frames<World, Ego>(*pose)});
  }
  if (!poses.empty() && poses.size() < b.frames.size())
    b.warn(fmt::format("{} of {} frames have no pose", b.frames.size() - poses.size(), b.frames.size()));
  b.drive.trajectory = Trajectory(std::move(poses), PoseSource::recorded);
  return {};
}

bool has_boxes(const Json& root) {
  const Json* frames = member(root, "frames");
  return frames && frames->is_object() && std::ranges::any_of(*frames, [](const Json& frame) {
           const Json* objects = member(frame, "objects");
           return objects && objects->is_object() && !objects->empty();
         });
}

Result<std::vector<TruthBox>> read_truth(const fs::path& file, const Rig& rig,
                                         const std::map<std::int64_t, TimestampNs>& times) {
  SWEEPMARK_TRY(root, openlabel::read_openlabel(file));
  return openlabel::boxes_of(root, file, rig, [&](const Frame& frame) -> Result<TimestampNs> {
    const auto time = times.find(frame.number);
    if (time != times.end()) return time->second;
    return fail(ErrorCode::conflict,
                fmt::format("frame {} was not there when the drive was opened", frame.number), at_file(file));
  });
}

// Whether the reference lidar's stream says that its points are not corrected for the vehicle's motion.
bool says_as_measured(const Building& b) {
  const Json* streams = member(b.root, "streams");
  const Json* stream = streams ? member(*streams, b.lidar) : nullptr;
  const Json* properties = stream ? member(*stream, "stream_properties") : nullptr;
  const Json* corrected = properties ? member(*properties, "motion_corrected") : nullptr;
  return corrected && corrected->is_boolean() && !corrected->get<bool>();
}

void add_readers(Building& b) {
  b.drive.points_as_measured = says_as_measured(b);
  b.drive.read_sweep = cloud_loader(b.drive.sweeps, b.file);
  if (!has_boxes(b.root)) return;
  b.drive.read_truth = [file = b.file, rig = b.drive.rig, times = std::move(b.frame_times)] {
    return read_truth(file, rig, times);
  };
}

Result<Drive> build(const Found& found) {
  Building b;
  b.file = found.file;
  SWEEPMARK_TRY(root, openlabel::read_openlabel(found.file));
  b.root = std::move(root);
  SWEEPMARK_TRY(systems, openlabel::Systems::parse(b.root, b.file));
  b.systems = std::move(systems);
  SWEEPMARK_TRY(frames, openlabel::frames_of(b.root, b.file));
  b.frames = std::move(frames);
  if (b.frames.empty())
    return fail(ErrorCode::malformed, "the OpenLABEL file has no frames", at_file(b.file));
  const std::vector<std::string> lidars = streams_of_type(b.root, "lidar");
  b.drive.name = found.name;
  b.drive.format = "openlabel";
  // The folder, however the drive was named: labels lie beside it and exports stay out of it.
  b.drive.root = std::filesystem::absolute(found.file).lexically_normal().parent_path();
  b.lidar = reference_lidar(lidars, b.frames);
  b.vehicle = b.systems.vehicle_of(b.lidar);
  settle_frame_times(b);
  add_lidars(b, lidars);
  add_sweeps(b);
  for (const std::string& camera : streams_of_type(b.root, "camera")) {
    add_camera(b, camera);
    add_images(b, camera);
  }
  SWEEPMARK_CHECK(add_trajectory(b));
  add_readers(b);
  return std::move(b.drive);
}

int probe(const fs::path& path) {
  const std::vector<Found> found = found_at(path);
  if (found.empty()) return 0;
  std::error_code error;
  return fs::is_regular_file(path, error) ? 90 : 80;
}

Result<std::vector<DriveListing>> list(const fs::path& path) {
  std::vector<DriveListing> listings;
  for (const Found& found : found_at(path)) {
    SWEEPMARK_TRY(root, openlabel::read_openlabel(found.file));
    SWEEPMARK_TRY(frames, openlabel::frames_of(root, found.file));
    DriveListing listing{found.name, frames.size(), 0, has_boxes(root)};
    for (const std::string& camera : streams_of_type(root, "camera"))
      listing.images += static_cast<std::size_t>(std::ranges::count_if(
          frames, [&](const Frame& frame) { return !file_in(frame, camera, "").empty(); }));
    listings.push_back(std::move(listing));
  }
  return listings;
}

std::vector<std::string> names(const fs::path& path) {
  std::vector<std::string> names;
  for (const Found& found : found_at(path)) names.push_back(found.name);
  return names;
}

Result<Drive> open(const fs::path& path, const std::string& name) {
  for (const Found& found : found_at(path))
    if (found.name == name) return build(found);
  return fail(ErrorCode::not_found, fmt::format("there is no drive '{}' here", name), at_file(path));
}

}  // namespace

DriveReader drive_reader_openlabel() {
  return {"openlabel", "sweeps and images described by one OpenLABEL 1.0 file: the layout for your own logs",
          probe,       list,
          open,        names};
}

}  // namespace sweepmark
