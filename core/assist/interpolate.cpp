#include "core/assist/interpolate.hpp"

#include <algorithm>
#include <array>

namespace sweepmark {

namespace {

// A keyframe as seen from the world.
struct Anchor {
  double seconds;  // since the first of the anchors it is used with
  Eigen::Vector3d centre;
  Eigen::Quaterniond rotation;
};

Anchor anchor_of(const Keyframe& keyframe, const Trajectory& trajectory, TimestampNs origin) {
  const Box3<World> box = trajectory.world_from_ego(keyframe.time) * keyframe.box;
  return {seconds_between(origin, keyframe.time), box.pose.translation(), box.pose.rotation()};
}

// Velocity at the middle of three moments: the slope of the parabola through them (non-uniform finite difference).
Eigen::Vector3d central_velocity(const Anchor& a, const Anchor& b, const Anchor& c) {
  const double before = b.seconds - a.seconds, after = c.seconds - b.seconds;
  const Eigen::Vector3d slope_before = (b.centre - a.centre) / before, slope_after = (c.centre - b.centre) / after;
  return (slope_before * after + slope_after * before) / (before + after);
}

// Cubic Hermite basis on t in 0…1 over an interval of `duration` seconds.
Eigen::Vector3d hermite(const Anchor& a, const Anchor& b, const Eigen::Vector3d& velocity_a, const Eigen::Vector3d& velocity_b, double t) {
  const double duration = b.seconds - a.seconds, t2 = t * t, t3 = t2 * t;
  return (2 * t3 - 3 * t2 + 1) * a.centre + (t3 - 2 * t2 + t) * duration * velocity_a + (3 * t2 - 2 * t3) * b.centre +
         (t3 - t2) * duration * velocity_b;
}

// Keyframes k and k+1 enclose the time; their neighbours, where there are any, say how fast the object passes through them.
Eigen::Vector3d smooth_centre(const Track& track, const Trajectory& trajectory, std::size_t k, double t) {
  const TimestampNs origin = track.keyframes[k].time;
  const auto anchor = [&](std::size_t i) { return anchor_of(track.keyframes[i], trajectory, origin); };
  const Anchor a = anchor(k), b = anchor(k + 1);
  const Eigen::Vector3d chord = (b.centre - a.centre) / (b.seconds - a.seconds);
  const bool has_before = k > 0, has_after = k + 2 < track.keyframes.size();
  Eigen::Vector3d velocity_a = has_before ? central_velocity(anchor(k - 1), a, b) : chord;
  Eigen::Vector3d velocity_b = has_after ? central_velocity(a, b, anchor(k + 2)) : chord;
  // At an end of the track nothing is known beyond: let the acceleration fade, as for a natural spline.
  if (!has_before && has_after) velocity_a = 1.5 * chord - 0.5 * velocity_b;
  if (has_before && !has_after) velocity_b = 1.5 * chord - 0.5 * velocity_a;
  return hermite(a, b, velocity_a, velocity_b, t);
}

Box3<Ego> between(const Track& track, const Trajectory& trajectory, std::size_t k, TimestampNs time) {
  const Keyframe &first = track.keyframes[k], &second = track.keyframes[k + 1];
  const double t = seconds_between(first.time, time) / seconds_between(first.time, second.time);
  const Box3<World> a = trajectory.world_from_ego(first.time) * first.box, b = trajectory.world_from_ego(second.time) * second.box;
  Pose<World, BoxLocal> pose = interpolated(a.pose, b.pose, t);
  if (track.properties.motion == Motion::smooth)
    pose = Pose<World, BoxLocal>(pose.rotation(), smooth_centre(track, trajectory, k, t));
  const Eigen::Vector3d size = track.properties.size.value_or(a.size + t * (b.size - a.size));
  return trajectory.world_from_ego(time).inverse() * Box3<World>{pose, size};
}

Box3<Ego> with_track_size(const Track& track, Box3<Ego> box) {
  if (track.properties.size) box.size = *track.properties.size;
  return box;
}

// Index of the keyframe at `time` or of the last one before it; the first where none is.
std::size_t keyframe_before(const Track& track, TimestampNs time) {
  const auto after = std::ranges::upper_bound(track.keyframes, time, {}, &Keyframe::time);
  return after == track.keyframes.begin() ? 0 : static_cast<std::size_t>(after - track.keyframes.begin()) - 1;
}

}  // namespace

std::optional<DerivedBox> box_at(const Track& track, const Trajectory& trajectory, TimestampNs time) {
  const auto lifetime = track.lifetime();
  if (!lifetime || !lifetime->contains(time) || track.absent_at(time)) return std::nullopt;
  const std::size_t k = keyframe_before(track, time);
  if (track.keyframes[k].time == time) return DerivedBox{with_track_size(track, track.keyframes[k].box), true};
  if (track.properties.motion == Motion::keyframes_only) return std::nullopt;
  return DerivedBox{between(track, trajectory, k, time), false};
}

std::optional<Box3<Ego>> box_held_at(const Track& track, const Trajectory& trajectory, TimestampNs time) {
  if (track.keyframes.empty()) return std::nullopt;
  const std::size_t k = keyframe_before(track, time);
  const Keyframe& nearest = track.keyframes[k];
  const bool inside = nearest.time < time && k + 1 < track.keyframes.size();
  if (inside && track.properties.motion != Motion::keyframes_only) return between(track, trajectory, k, time);
  if (nearest.time == time) return with_track_size(track, nearest.box);
  const Box3<World> held = trajectory.world_from_ego(nearest.time) * nearest.box;
  return with_track_size(track, trajectory.world_from_ego(time).inverse() * held);
}

}  // namespace sweepmark
