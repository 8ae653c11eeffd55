#include "core/formats/view_of_delft.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/base/files.hpp"
#include "core/base/text.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t lidar_row_bytes = 4 * sizeof(float), radar_row_bytes = 7 * sizeof(float);

bool fourth_value_negative(const fs::path& file) {
  const auto head = read_head(file, 1000 * lidar_row_bytes);
  if (!head) return false;
  for (std::size_t at = 0; at + lidar_row_bytes <= head->size(); at += lidar_row_bytes) {
    float reflectance = 0;
    std::memcpy(&reflectance, head->data() + at + 3 * sizeof(float), sizeof(float));
    if (reflectance < 0) return true;
  }
  return false;
}

// A row-major 4×4 rigid matrix.
std::optional<Eigen::Matrix4d> matrix_of(const nlohmann::json& numbers) {
  if (!numbers.is_array() || numbers.size() != 16) return std::nullopt;
  Eigen::Matrix4d matrix;
  for (int i = 0; i < 16; ++i) {
    if (!numbers[static_cast<std::size_t>(i)].is_number()) return std::nullopt;
    matrix(i / 4, i % 4) = numbers[static_cast<std::size_t>(i)].get<double>();
  }
  return matrix.allFinite() ? std::optional(matrix) : std::nullopt;
}

// The file is one JSON object a line, each with one matrix.
Result<Pose<World, Camera>> read_pose(const fs::path& file) {
  SWEEPMARK_TRY(text, read_text(file));
  std::size_t number = 0;
  for (const std::string_view line : lines_of(text)) {
    ++number;
    if (trimmed(line).empty()) continue;
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_discarded())
      return fail(ErrorCode::malformed, "a JSON object a line expected", at_line(file, number));
    if (!json.is_object() || !json.contains("odomToCamera")) continue;
    const auto matrix = matrix_of(json["odomToCamera"]);
    if (!matrix)
      return fail(ErrorCode::malformed, "16 numbers expected in 'odomToCamera'", at_line(file, number));
    return Pose<World, Camera>::from_matrix(*matrix);
  }
  return fail(ErrorCode::malformed, "there is no 'odomToCamera'", at_file(file));
}

TruthBox delft_box(const nlohmann::json& label, TimestampNs time) {
  const auto& geometry = label.at("geometry");
  const auto& size = geometry.at("size");
  const auto& centre = geometry.at("center");
  const auto& q = geometry.at("quaternion");
  // Half a turn about x leads from the labels' frame (y right, z down) to the sensor's, and the box's own
  // axes likewise.
  const Eigen::Quaterniond half_turn(0, 1, 0, 0);
  const Eigen::Quaterniond rotation(q.at("w").get<double>(), q.at("x").get<double>(), q.at("y").get<double>(),
                                    q.at("z").get<double>());
  TruthBox truth;
  truth.time = time;
  truth.track = label.at("objectId").get<std::string>();
  truth.class_name = label.at("className").get<std::string>();
  truth.box.pose =
      Pose<Ego, BoxLocal>(half_turn * rotation * half_turn.conjugate(),
                          half_turn * Eigen::Vector3d(centre.at("x"), centre.at("y"), centre.at("z")));
  truth.box.size = Eigen::Vector3d(size.at("length"), size.at("width"), size.at("height"));
  const auto attributes = label.value("attributes", nlohmann::json::object());
  for (const auto& [name, value] : attributes.items())
    truth.attributes[name] = value.is_string() ? value.get<std::string>() : value.dump();
  return truth;
}

}  // namespace

bool holds_delft_radar(const std::vector<NumberedFile>& sweeps) {
  std::size_t lidar = 0, radar = 0;
  for (const NumberedFile& sweep : sweeps) {
    if (lowered(sweep.file.extension().string()) != ".bin") continue;
    std::error_code error;
    const auto bytes = fs::file_size(sweep.file, error);
    if (error || bytes == 0) continue;
    lidar += bytes % lidar_row_bytes == 0;
    radar += bytes % radar_row_bytes == 0;
  }
  if (lidar != radar) return radar > lidar;
  return radar > 0 && fourth_value_negative(sweeps.front().file);
}

void add_delft_trajectory(Drive& drive, const fs::path& folder, const KittiCalibration& calibration) {
  if (!calibration.rectified_from_velodyne)
    return drive.warnings.push_back(warning("poses are not used without a calibration", at_file(folder)));
  std::vector<TimedPose> poses;
  for (const SweepEntry& sweep : drive.sweeps) {
    const fs::path file = folder / (sweep.file.stem().string() + ".json");
    if (const auto world_from_camera = read_pose(file))
      poses.push_back({sweep.time, *world_from_camera * *calibration.rectified_from_velodyne});
    else
      drive.warnings.push_back(to_string(world_from_camera.error()));
  }
  drive.trajectory = Trajectory(std::move(poses), PoseSource::recorded);
}

Result<std::vector<TruthBox>> read_delft_labels(const fs::path& file, TimestampNs time) {
  SWEEPMARK_TRY(text, read_text(file));
  std::size_t number = 0;
  try {
    std::vector<TruthBox> truth;
    for (const auto& label : nlohmann::json::parse(text)) {
      truth.push_back(delft_box(label, time));
      ++number;
    }
    return truth;
  } catch (const nlohmann::json::exception& error) {
    return fail(ErrorCode::malformed, fmt::format("label {} is not as expected: {}", number, error.what()),
                at_file(file));
  }
}

}  // namespace sweepmark
