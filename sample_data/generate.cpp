#include "sample_data/generate.hpp"

#include <array>
#include <cmath>
#include <fstream>

#include <fmt/format.h>

#include "core/formats/pcd_writer.hpp"
#include "sample_data/camera_renderer.hpp"
#include "sample_data/cloud_files.hpp"
#include "sample_data/drive_json.hpp"
#include "sample_data/virtual_display.hpp"

namespace sweepmark::sample {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t first_moment_ns = 1'700'000'000'000'000'000;  // the scene's second 0

Result<void> check(const SampleOptions& options) {
  if (options.sweeps < 1 || options.sweeps > most_sweeps)
    return fail(ErrorCode::invalid_argument,
                fmt::format("The number of sweeps must be 1 to {}, not {}.", most_sweeps, options.sweeps));
  if (options.rings != 32 && options.rings != 64)
    return fail(ErrorCode::invalid_argument,
                fmt::format("The lidar has 32 or 64 rings, not {}.", options.rings));
  const CalibrationError& error = options.calibration_error;
  const double sum =
      error.yaw_deg + error.pitch_deg + error.roll_deg + error.translation_m.sum() + options.clock_offset_ms;
  if (!std::isfinite(sum))
    return fail(ErrorCode::invalid_argument,
                "Calibration errors and the clock offset must be finite numbers.");
  for (const std::string& name : error.cameras) {
    bool known = false;
    for (const SampleCamera& camera : make_cameras()) known = known || camera.sensor.id.value == name;
    if (!known)
      return fail(ErrorCode::invalid_argument, fmt::format("The sample vehicle has no camera '{}'.", name));
  }
  return {};
}

std::vector<fs::path> own_entries() {
  std::vector<fs::path> entries = {"drive.json", "truth.json", "lidar_top", "labels"};
  for (const SampleCamera& camera : make_cameras()) entries.emplace_back(camera.sensor.id.value);
  return entries;
}

Result<void> prepare_folder(const fs::path& folder, Existing existing) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error))
    return fail(ErrorCode::invalid_argument, "A folder was expected here, and a file was found.",
                at_file(folder));
  const bool occupied = fs::exists(folder, error) && !fs::is_empty(folder, error);
  if (error)
    return fail(ErrorCode::unreadable, "The folder cannot be read: " + error.message() + ".",
                at_file(folder));
  if (occupied && existing == Existing::keep)
    return fail(ErrorCode::conflict,
                "The folder is not empty; --force replaces a sample drive that is there.", at_file(folder));
  if (occupied) {
    for (const fs::path& entry : own_entries()) fs::remove_all(folder / entry, error);
  }
  for (const fs::path& entry : own_entries()) {
    if (entry.has_extension()) continue;
    if (fs::create_directories(folder / entry, error); error)
      return fail(ErrorCode::read_only, "The folder cannot be made: " + error.message() + ".",
                  at_file(folder / entry));
  }
  return {};
}

// Writes files and keeps count of their bytes.
class Output {
 public:
  explicit Output(fs::path folder) : folder_(std::move(folder)) {}

  Result<void> write(const fs::path& relative, std::string_view bytes) {
    std::ofstream file(folder_ / relative, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file)
      return fail(ErrorCode::no_space, "The file could not be written in full.", at_file(folder_ / relative));
    bytes_ += bytes.size();
    return {};
  }
  std::uint64_t bytes() const { return bytes_; }

 private:
  fs::path folder_;
  std::uint64_t bytes_ = 0;
};

FrameRecord frame_record(const SampleOptions& options, int index) {
  FrameRecord frame;
  frame.moment = sweep_period_s * (index + 0.5);
  frame.time = {first_moment_ns + 100'000'000ll * index + 50'000'000ll};
  // Images are taken a little after the sweep's moment. The last frame has none: the drive's poses end with
  // it, and a pose that must be guessed is no truth.
  frame.has_images = options.images && (index + 1 < options.sweeps || options.sweeps == 1);
  return frame;
}

Result<void> write_sweeps(const SweepCaster& caster, const Scene& scene, DriveRecord& record, Output& output,
                          SampleSummary& summary, const Progress& progress) {
  for (std::size_t i = 0; i < record.frames.size(); ++i) {
    if (progress.cancelled()) return fail(ErrorCode::cancelled, "Stopped.");
    FrameRecord& frame = record.frames[i];
    const auto points = caster.sweep(record.lidar, frame.moment, mixed(record.options.seed) + i);
    frame.points_on.assign(scene.objects.size(), 0);
    for (const SweepPoint& point : points) {
      if (const std::uint32_t instance = point.label >> 16) ++frame.points_on[instance - 1];
    }
    SWEEPMARK_CHECK(output.write(sweep_path(i), pcd_binary(cloud_of(points))));
    SWEEPMARK_CHECK(output.write(label_path(i), label_bytes(points)));
    summary.points += points.size();
    progress(static_cast<double>(i + 1) / static_cast<double>(record.frames.size()), "sweeps");
  }
  return {};
}

Result<void> write_images(const SweepCaster& caster, const Scene& scene, const DriveRecord& record,
                          Output& output, SampleSummary& summary, const Progress& progress) {
  SWEEPMARK_TRY(display, VirtualDisplay::open());
  if (display.is_own()) progress(0.0, "no display: drawing the images on an Xvfb of our own");
  CameraRenderer renderer(scene, [&](const Eigen::Vector3d& point, const Eigen::Vector3d& sun) {
    return caster.in_shadow(point, sun);
  });
  for (std::size_t i = 0; i < record.frames.size(); ++i) {
    for (const SampleCamera& camera : record.cameras) {
      if (!record.frames[i].has_images) break;
      if (progress.cancelled()) return fail(ErrorCode::cancelled, "Stopped.");
      const BgrImage image = renderer.render(camera.sensor, record.frames[i].moment + camera.shutter_s);
      SWEEPMARK_TRY(jpeg, encode_jpeg(image));
      SWEEPMARK_CHECK(
          output.write(image_path(camera, i), {reinterpret_cast<const char*>(jpeg.data()), jpeg.size()}));
      ++summary.images;
    }
    progress(static_cast<double>(i + 1) / static_cast<double>(record.frames.size()), "images");
  }
  return {};
}

}  // namespace

Result<SampleSummary> make_sample_drive(const SampleOptions& options, const fs::path& folder,
                                        Existing existing, const Progress& progress) {
  SWEEPMARK_CHECK(check(options));
  SWEEPMARK_CHECK(prepare_folder(folder, existing));
  const Scene scene = make_scene(options.seed);
  const SweepCaster caster(scene);
  DriveRecord record{options, make_lidar(options.rings), make_cameras(), {}};
  for (int i = 0; i < options.sweeps; ++i) record.frames.push_back(frame_record(options, i));
  Output output(folder);
  SampleSummary summary;
  SWEEPMARK_CHECK(write_sweeps(caster, scene, record, output, summary, progress));
  if (options.images) SWEEPMARK_CHECK(write_images(caster, scene, record, output, summary, progress));
  BoxCount count;
  const std::string drive = drive_json(scene, record, count);
  SWEEPMARK_CHECK(output.write("truth.json", truth_json(scene, record)));
  SWEEPMARK_CHECK(output.write("drive.json", drive));
  summary.sweeps = record.frames.size();
  summary.objects = count.objects;
  summary.boxes = count.boxes;
  summary.bytes = output.bytes();
  return summary;
}

}  // namespace sweepmark::sample
