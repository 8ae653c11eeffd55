#include "core/formats/kitti_oxts.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "core/base/text.hpp"
#include "core/base/units.hpp"

namespace sweepmark {

namespace {

constexpr double earth_radius = 6378137.0;  // m, WGS 84 equator, as the development kit has it

Pose<World, Sensor> mercator_from_imu(const OxtsRecord& record, double scale) {
  const double half_colatitude = radians_from_degrees(90.0 + record.latitude) / 2;
  const Eigen::Vector3d position(scale * earth_radius * radians_from_degrees(record.longitude),
                                 scale * earth_radius * std::log(std::tan(half_colatitude)), record.altitude);
  const Eigen::Quaterniond rotation = Eigen::AngleAxisd(record.yaw, Eigen::Vector3d::UnitZ()) *
                                      Eigen::AngleAxisd(record.pitch, Eigen::Vector3d::UnitY()) *
                                      Eigen::AngleAxisd(record.roll, Eigen::Vector3d::UnitX());
  return {rotation, position};
}

}  // namespace

Result<OxtsRecord> parse_oxts(std::string_view line, const Where& where) {
  const auto fields = split_blanks(line);
  if (fields.size() < 6)
    return fail(ErrorCode::malformed, fmt::format("at least 6 numbers expected, found {}", fields.size()),
                where);
  std::array<double, 6> values{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = parse_double(fields[i]);
    if (!value || !std::isfinite(*value))
      return fail(ErrorCode::malformed, fmt::format("a number expected, found '{}'", fields[i]), where);
    values[i] = *value;
  }
  if (std::abs(values[0]) >= 90)
    return fail(ErrorCode::malformed, fmt::format("a latitude expected, found {}", values[0]), where);
  return OxtsRecord{values[0], values[1], values[2], values[3], values[4], values[5]};
}

Trajectory oxts_trajectory(const std::vector<std::pair<TimestampNs, OxtsRecord>>& records,
                           const Pose<Ego, Sensor>& velodyne_from_imu) {
  if (records.empty()) return {};
  const double scale = std::cos(radians_from_degrees(records.front().second.latitude));
  std::vector<TimedPose> poses;
  for (const auto& [time, record] : records)
    poses.push_back({time, mercator_from_imu(record, scale) * velodyne_from_imu.inverse()});
  const Eigen::Vector3d origin = poses.front().world_from_ego.translation();
  for (TimedPose& pose : poses)
    pose.world_from_ego =
        Pose<World, Ego>(pose.world_from_ego.rotation(), pose.world_from_ego.translation() - origin);
  return Trajectory(std::move(poses), PoseSource::recorded);
}

}  // namespace sweepmark
