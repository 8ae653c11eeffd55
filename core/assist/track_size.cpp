#include "core/assist/track_size.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/assist/object_crop.hpp"

namespace sweepmark {

namespace {

constexpr std::size_t enough_points = 20;
constexpr double room_about = 0.3;  // metres
constexpr double mostly_seen = 0.75;

double percentile(std::vector<double> values, double share) {
  const auto nth =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::ranges::nth_element(values, nth);
  return *nth;
}

// What the sweeps say along one axis of the box: one entry a sweep.
struct Ends {
  std::vector<double> low, high;
  bool low_faced = false, high_faced = false;
};

void take_in(const ObjectCrop& crop, const Eigen::Vector3d& box_size,
             const std::optional<GroundHeight>& ground, std::array<Ends, 3>& ends) {
  for (int axis = 0; axis < 3; ++axis) {
    Ends& along = ends[static_cast<std::size_t>(axis)];
    std::vector<double> places;
    for (const Eigen::Vector3d& p : crop.points) places.push_back(p[axis]);
    const double bottom = ground ? ground->z : -0.5 * box_size.z();
    along.low.push_back(axis == 2 ? bottom : percentile(places, 0.02));
    along.high.push_back(percentile(places, 0.98));
    along.low_faced = along.low_faced || axis == 2 || crop.sensor[axis] < -0.5 * box_size[axis];
    along.high_faced = along.high_faced || crop.sensor[axis] > 0.5 * box_size[axis];
  }
}

TrackSize summed_up(const std::array<Ends, 3>& ends, const Eigen::Vector3d& usual_size) {
  TrackSize result{usual_size, {}, ends[0].low.size()};
  if (result.sweeps == 0) return result;
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const double extent = percentile(ends[a].high, 0.9) - percentile(ends[a].low, 0.1);
    const bool both = ends[a].low_faced && ends[a].high_faced;
    if (!both && extent < mostly_seen * usual_size[axis]) continue;
    result.size[axis] = extent;
    result.measured[a] = true;
  }
  return result;
}

}  // namespace

Result<TrackSize> size_of_track(const SweepSource& sweeps, std::span<const Keyframe> keyframes,
                                const Eigen::Vector3d& usual_size, const Progress& progress) {
  std::array<Ends, 3> ends;
  for (std::size_t i = 0; i < keyframes.size(); ++i) {
    if (progress.cancelled()) return fail(ErrorCode::cancelled, "measuring the object was cancelled");
    progress(static_cast<double>(i) / static_cast<double>(keyframes.size()), "measuring the object");
    const Keyframe& keyframe = keyframes[i];
    const auto at = std::ranges::lower_bound(sweeps.times, keyframe.time);
    if (at == sweeps.times.end() || *at != keyframe.time) continue;
    const auto cloud = sweeps.read(static_cast<std::size_t>(at - sweeps.times.begin()));
    if (!cloud) continue;
    const ObjectCrop about = crop_about(**cloud, sweeps.ego_from_sensor, keyframe.box,
                                        Eigen::Vector3d(room_about, room_about, room_about));
    const std::optional<GroundHeight> ground = ground_in(about, keyframe.box.size);
    const ObjectCrop seen = above_ground(about, keyframe.box.size, ground);
    if (seen.points.size() >= enough_points) take_in(seen, keyframe.box.size, ground, ends);
  }
  return summed_up(ends, usual_size);
}

Box3<Ego> resized_keeping_seen(const Box3<Ego>& box, const Eigen::Vector3d& size, const Point<Ego>& sensor) {
  const Eigen::Vector3d from = (box.pose.inverse() * sensor).metres;
  const Eigen::Vector3d growth = size - box.size;
  Eigen::Vector3d shift = Eigen::Vector3d::Zero();
  for (int axis = 0; axis < 2; ++axis)
    if (std::abs(from[axis]) > 0.5 * box.size[axis])
      shift[axis] = from[axis] > 0 ? -0.5 * growth[axis] : 0.5 * growth[axis];
  shift.z() = 0.5 * growth.z();
  return {box.pose * Pose<BoxLocal, BoxLocal>(Eigen::Quaterniond::Identity(), shift), size};
}

std::vector<Keyframe> resized_keeping_seen(std::span<const Keyframe> keyframes, const Eigen::Vector3d& size,
                                           const Pose<Ego, Sensor>& ego_from_sensor) {
  std::vector<Keyframe> result(keyframes.begin(), keyframes.end());
  for (Keyframe& keyframe : result)
    keyframe.box = resized_keeping_seen(keyframe.box, size, Point<Ego>(ego_from_sensor.translation()));
  return result;
}

}  // namespace sweepmark
