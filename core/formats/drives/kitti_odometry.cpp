// KITTI odometry and SemanticKITTI: sequences with poses and, for SemanticKITTI, a label for every point.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/drive_folders.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/formats/kitti_frames.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

// A folder with velodyne/, calib.txt, … ; or, loose, one folder that holds NNNNNN.bin and NNNNNN.label side
// by side.
struct Sequence {
  fs::path folder;
  bool loose = false;

  std::string name() const {
    return (folder.has_filename() ? folder : folder.parent_path()).filename().string();
  }
  fs::path sweeps() const { return loose ? folder : folder / "velodyne"; }
  fs::path labels() const { return loose ? folder : folder / "labels"; }
  // SemanticKITTI has the poses in the sequence, KITTI odometry beside the sequences.
  fs::path poses() const {
    const fs::path own = folder / "poses.txt";
    const fs::path beside = folder.parent_path().parent_path() / "poses" / (name() + ".txt");
    return !path_exists(own) && path_exists(beside) ? beside : own;
  }
};

bool is_sequence(const fs::path& folder) {
  if (count_files(folder / "velodyne", {".bin"}, 1) == 0) return false;
  return std::ranges::any_of(
      std::initializer_list<const char*>{"calib.txt", "times.txt", "poses.txt", "labels"},
      [&](const char* name) { return path_exists(folder / name); });
}

std::vector<Sequence> sequences_under(const fs::path& path) {
  if (is_sequence(path)) return {{path}};
  std::vector<Sequence> sequences;
  for (const fs::path& parent : {path, path / "sequences", path / "dataset" / "sequences"}) {
    for (const fs::path& folder : subfolders(parent))
      if (is_number(folder.filename().string()) && is_sequence(folder)) sequences.push_back({folder});
    if (!sequences.empty()) return sequences;
  }
  if (count_files(path, {".bin"}, 1) > 0 && count_files(path, {".label"}, 1) > 0) return {{path, true}};
  return {};
}

int probe(const fs::path& path) {
  const auto sequences = sequences_under(path);
  if (sequences.empty()) return 0;
  return sequences.front().loose ? 80 : 88;
}

fs::path image_folder(const Sequence& sequence, std::size_t camera) {
  return sequence.folder / fmt::format("image_{}", camera);
}

Result<std::vector<DriveListing>> list(const fs::path& path) {
  std::vector<DriveListing> listings;
  for (const Sequence& sequence : sequences_under(path)) {
    DriveListing listing;
    listing.name = sequence.name();
    listing.sweeps = count_files(sequence.sweeps(), {".bin"});
    for (std::size_t camera = 0; camera < 4; ++camera)
      listing.images += count_files(image_folder(sequence, camera), {".png", ".jpg", ".jpeg"});
    listing.has_truth = count_files(sequence.labels(), {".label"}, 1) > 0;
    listings.push_back(std::move(listing));
  }
  return listings;
}

// A line is the pose of rectified camera 0 in its own first frame, 3×4 by rows. The Velodyne's is Tr⁻¹ · P ·
// Tr, whose world is the Velodyne's first frame.
Result<std::vector<TimedPose>> read_poses(const fs::path& file, const Pose<Camera, Ego>& tr,
                                          const FrameClock& clock) {
  SWEEPMARK_TRY(text, read_text(file));
  const Pose<World, Camera> world_from_first_camera(tr.inverse().rotation(), tr.inverse().translation());
  std::vector<TimedPose> poses;
  std::size_t number = 0;
  for (const std::string_view line : lines_of(text)) {
    const Where where = at_line(file, ++number);
    const auto fields = split_blanks(line);
    if (fields.empty()) continue;
    if (fields.size() != 12)
      return fail(ErrorCode::malformed, fmt::format("12 numbers expected, found {}", fields.size()), where);
    Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();
    for (int i = 0; i < 12; ++i) {
      const auto value = parse_double(fields[static_cast<std::size_t>(i)]);
      if (!value || !std::isfinite(*value))
        return fail(ErrorCode::malformed,
                    fmt::format("a number expected, found '{}'", fields[static_cast<std::size_t>(i)]), where);
      matrix(i / 4, i % 4) = *value;
    }
    const auto first_from_present_camera = Pose<Camera, Camera>::from_matrix(matrix);
    poses.push_back({clock.at(static_cast<std::int64_t>(number) - 1),
                     world_from_first_camera * first_from_present_camera * tr});
  }
  return poses;
}

void add_trajectory(Drive& drive, const Sequence& sequence, const KittiCalibration& calibration,
                    const FrameClock& clock) {
  if (!path_exists(sequence.poses())) return;
  if (!calibration.rectified_from_velodyne)
    return drive.warnings.push_back(
        warning("poses are not used: without a calibration they cannot be taken to the Velodyne",
                at_file(sequence.poses())));
  auto poses = read_poses(sequence.poses(), *calibration.rectified_from_velodyne, clock);
  if (!poses) return drive.warnings.push_back(to_string(poses.error()) + "; the trajectory is left aside");
  drive.trajectory = Trajectory(std::move(*poses), PoseSource::recorded);
}

Result<std::vector<PointLabel>> read_labels(const fs::path& file, const fs::path& sweep_file) {
  SWEEPMARK_TRY(bytes, read_bytes(file));
  std::error_code error;
  const auto sweep_bytes = fs::file_size(sweep_file, error);
  const std::size_t rows = error ? 0 : sweep_bytes / (4 * sizeof(float));
  if (bytes.size() != rows * sizeof(PointLabel))
    return fail(ErrorCode::malformed,
                fmt::format("{} bytes (4 for each of the sweep's {} points) expected, found {}",
                            rows * sizeof(PointLabel), rows, bytes.size()),
                at_byte(file, std::min(bytes.size(), rows * sizeof(PointLabel))));
  std::vector<PointLabel> labels(rows);
  std::memcpy(labels.data(), bytes.data(), bytes.size());
  return labels;
}

void add_point_truth(Drive& drive, const fs::path& folder) {
  if (count_files(folder, {".label"}, 1) == 0) return;
  auto files = std::make_shared<std::vector<fs::path>>();
  for (const SweepEntry& sweep : drive.sweeps) files->push_back(sweep.file);
  drive.read_point_truth = [folder, files = std::shared_ptr<const std::vector<fs::path>>(files)](
                               std::size_t sweep) -> Result<std::vector<PointLabel>> {
    if (sweep >= files->size())
      return fail(ErrorCode::invalid_argument,
                  fmt::format("sweep {} was asked for, but the drive has {}", sweep, files->size()));
    const fs::path& file = (*files)[sweep];
    return read_labels(folder / (file.stem().string() + ".label"), file);
  };
}

std::vector<std::string> names(const fs::path& path) {
  std::vector<std::string> names;
  for (const Sequence& sequence : sequences_under(path)) names.push_back(sequence.name());
  return names;
}

Result<Drive> open(const fs::path& path, const std::string& name) {
  const auto sequences = sequences_under(path);
  const auto found = std::ranges::find(sequences, name, &Sequence::name);
  if (found == sequences.end())
    return fail(ErrorCode::not_found, fmt::format("there is no sequence '{}' here", name), at_file(path));
  const Sequence& sequence = *found;
  Drive drive = new_kitti_drive("kitti-odometry", path, name);
  const auto files = numbered_files(sequence.sweeps(), {".bin"}, drive.warnings);
  if (files.empty())
    return fail(ErrorCode::malformed, "there are no numbered sweeps", at_file(sequence.sweeps()));
  KittiCalibration calibration;
  if (!sequence.loose) calibration = read_kitti_calibration(sequence.folder / "calib.txt");
  drive.warnings.insert(drive.warnings.end(), calibration.warnings.begin(), calibration.warnings.end());
  const FrameClock clock = FrameClock::from_file(
      sequence.folder / "times.txt", static_cast<std::size_t>(files.back().number + 1), drive.warnings);
  add_sweeps(drive, files, clock);
  for (std::size_t camera = 0; camera < 4; ++camera)
    add_camera(drive, calibration, camera, SensorId{fmt::format("image_{}", camera)},
               numbered_images(image_folder(sequence, camera), drive.warnings), clock);
  add_trajectory(drive, sequence, calibration, clock);
  add_point_truth(drive, sequence.labels());
  drive.read_sweep = sweep_loader(drive.sweeps, {"intensity"});
  return drive;
}

}  // namespace

DriveReader drive_reader_kitti_odometry() {
  return {"kitti-odometry",
          "KITTI odometry and SemanticKITTI: sequences/NN/{velodyne,labels,calib.txt,poses.txt}, or .bin "
          "beside .label",
          probe,
          list,
          open,
          names};
}

}  // namespace sweepmark
