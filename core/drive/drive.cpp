#include "core/drive/drive.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark {

namespace {

// The entry of a list sorted by time that is nearest; end() of an empty list.
template <class Entries>
auto nearest_in_time(const Entries& entries, TimestampNs time) {
  auto after = std::ranges::lower_bound(entries, time, {}, [](const auto& entry) { return entry.time; });
  if (after == entries.begin()) return after;
  const auto before = std::prev(after);
  if (after == entries.end() || time.ns - before->time.ns <= after->time.ns - time.ns) return before;
  return after;
}

}  // namespace

std::optional<std::size_t> Drive::sweep_near(TimestampNs time) const {
  const auto found = nearest_in_time(sweeps, time);
  if (found == sweeps.end()) return std::nullopt;
  return static_cast<std::size_t>(found - sweeps.begin());
}

std::optional<std::size_t> Drive::sweep_at(TimestampNs time) const {
  const auto near = sweep_near(time);
  return near && sweeps[*near].time == time ? near : std::nullopt;
}

const ImageEntry* Drive::image_near(const SensorId& camera, TimestampNs time, double tolerance_s) const {
  const auto of_camera = images.find(camera);
  if (of_camera == images.end()) return nullptr;
  const auto found = nearest_in_time(of_camera->second, time);
  if (found == of_camera->second.end() || std::abs(seconds_between(time, found->time)) > tolerance_s)
    return nullptr;
  return &*found;
}

Pose<Camera, Ego> Drive::camera_from_ego(const CameraSensor& camera, TimestampNs sweep_time,
                                         TimestampNs image_time) const {
  return camera_from_ego(camera, sweep_time, image_time, trajectory);
}

Pose<Camera, Ego> Drive::camera_from_ego(const CameraSensor& camera, TimestampNs sweep_time,
                                         TimestampNs image_time, const Trajectory& along) const {
  const Pose<Ego, Ego> image_ego_from_sweep_ego =
      along.world_from_ego(image_time).inverse() * along.world_from_ego(sweep_time);
  return camera.ego_from_camera.inverse() * image_ego_from_sweep_ego;
}

Pose<World, Sensor> Drive::world_from_lidar(std::size_t sweep) const {
  return trajectory.world_from_ego(sweeps[sweep].time) * rig.ego_from(sweeps[sweep].lidar);
}

}  // namespace sweepmark
