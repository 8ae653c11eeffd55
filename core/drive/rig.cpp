#include "core/drive/rig.hpp"

#include <algorithm>
#include <cassert>

namespace sweepmark {

const CameraSensor* Rig::camera(const SensorId& id) const {
  const auto found = std::ranges::find(cameras_, id, &CameraSensor::id);
  return found == cameras_.end() ? nullptr : &*found;
}

Pose<Ego, Sensor> Rig::ego_from(const SensorId& lidar) const {
  const auto found = std::ranges::find(lidars_, lidar, &Lidar::id);
  assert(found != lidars_.end());
  return found == lidars_.end() ? Pose<Ego, Sensor>() : found->ego_from_sensor;
}

}  // namespace sweepmark
