#include "core/assist/interpolate.hpp"

#include <algorithm>
#include <numbers>
#include <vector>

#include "core/assist/motion.hpp"

namespace sweepmark {

namespace {

Box3<World> in_world(const Keyframe& keyframe, const Trajectory& trajectory) {
  return trajectory.world_from_ego(keyframe.time) * keyframe.box;
}

// The shortest turn that takes `from` to `to`.
Eigen::Vector3d turn_between(const Eigen::Quaterniond& from, const Eigen::Quaterniond& to) {
  const Eigen::AngleAxisd turn(to * from.conjugate());
  const double angle = wrapped_angle(turn.angle());
  return angle * turn.axis();
}

Eigen::Quaterniond turned(const Eigen::Quaterniond& from, const Eigen::Vector3d& turn) {
  const double angle = turn.norm();
  return angle < 1e-12 ? from : Eigen::Quaterniond(Eigen::AngleAxisd(angle, turn / angle)) * from;
}

// Cubic Hermite curve from 0 to `end` over `duration` seconds, at t in 0…1.
template <class T>
T hermite(const T& end, const T& rate_a, const T& rate_b, double duration, double t) {
  const double t2 = t * t, t3 = t2 * t;
  return (t3 - 2 * t2 + t) * duration * rate_a + (3 * t2 - 2 * t3) * end + (t3 - t2) * duration * rate_b;
}

// Keyframes this far to either side have a say; what lies beyond no longer shows.
constexpr std::size_t neighbourhood = 4;

// The keyframes about interval k, k+1, as waypoints relative to keyframe k.
struct Neighbourhood {
  std::vector<Waypoint> waypoints;
  std::size_t here = 0;                            // index of keyframe k
  Eigen::Vector3d turn = Eigen::Vector3d::Zero();  // from keyframe k to the next, rotation vector
  double sharpest_turn = 0;                        // between neighbours, radians
};

Neighbourhood neighbourhood_of(const Track& track, const Trajectory& trajectory, std::size_t k) {
  Neighbourhood around;
  const std::size_t first = k > neighbourhood ? k - neighbourhood : 0;
  const std::size_t last = std::min(k + 1 + neighbourhood, track.keyframes.size() - 1);
  around.here = k - first;
  const Eigen::Vector3d origin = in_world(track.keyframes[k], trajectory).pose.translation();
  std::optional<Eigen::Quaterniond> before;
  for (std::size_t i = first; i <= last; ++i) {
    const Pose<World, BoxLocal> pose = in_world(track.keyframes[i], trajectory).pose;
    Waypoint waypoint{seconds_between(track.keyframes[k].time, track.keyframes[i].time),
                      pose.translation() - origin, yaw_of(pose.rotation())};
    if (before) {
      const Eigen::Vector3d turn = turn_between(*before, pose.rotation());
      around.sharpest_turn = std::max(around.sharpest_turn, turn.norm());
      if (i == k + 1) around.turn = turn;
      waypoint.heading = around.waypoints.back().heading + turn.z();
    }
    around.waypoints.push_back(waypoint);
    before = pose.rotation();
  }
  return around;
}

// Wheels are told by the footprint: longer than a person, and clearly longer than wide. Bicycles, cars,
// buses; not pedestrians, animals or things.
bool on_wheels(const Eigen::Vector3d& size) {
  return size.x() > 1.3 && size.x() > 1.5 * size.y();
}

Pose<World, BoxLocal> smooth_pose(const Track& track, const Trajectory& trajectory, std::size_t k, double t) {
  const Neighbourhood around = neighbourhood_of(track, trajectory, k);
  const std::size_t a = around.here, b = around.here + 1;
  const double duration = around.waypoints[b].seconds - around.waypoints[a].seconds;
  // A heading that jumps is a correction of front and back: no motion to be smoothed, and not where it goes.
  const bool flips = around.sharpest_turn > std::numbers::pi / 2;
  // Without poses the world moves with the vehicle, and what is seen to drive crosswise does not slip.
  const bool rolls = !flips && trajectory.source() != PoseSource::none &&
                     on_wheels(track.properties.size.value_or(track.keyframes[k].box.size));
  const std::vector<Eigen::Vector3d> velocities = smoothed_velocities(around.waypoints, rolls);
  const Eigen::Vector3d place =
      hermite<Eigen::Vector3d>(around.waypoints[b].place, velocities[a], velocities[b], duration, t);
  Eigen::Vector3d turn = t * around.turn;
  if (!flips) {
    const std::vector<double> rates = monotone_turn_rates(around.waypoints);
    turn.z() = hermite(around.turn.z(), rates[a], rates[b], duration, t);
  }
  const Pose<World, BoxLocal> start = in_world(track.keyframes[k], trajectory).pose;
  return {turned(start.rotation(), turn), start.translation() + place};
}

bool upright(const Box3<Ego>& box) {
  return (box.pose.rotation() * Eigen::Vector3d::UnitZ()).z() > 1.0 - 1e-9;
}

// Boxes that were placed without roll and pitch stay so: the vehicle's own nodding between two keyframes is
// no tilt of the object, and formats that know only a heading lose nothing.
Box3<Ego> made_upright(const Box3<Ego>& box) {
  return upright_box(box.centre(), box.yaw(), box.size);
}

Box3<Ego> between(const Track& track, const Trajectory& trajectory, std::size_t k, TimestampNs time) {
  const Keyframe &first = track.keyframes[k], &second = track.keyframes[k + 1];
  const double t = seconds_between(first.time, time) / seconds_between(first.time, second.time);
  const Box3<World> a = in_world(first, trajectory), b = in_world(second, trajectory);
  const Pose<World, BoxLocal> pose = track.properties.motion == Motion::smooth
                                         ? smooth_pose(track, trajectory, k, t)
                                         : interpolated(a.pose, b.pose, t);
  const Eigen::Vector3d size = track.properties.size.value_or(a.size + t * (b.size - a.size));
  const Box3<Ego> box = trajectory.world_from_ego(time).inverse() * Box3<World>{pose, size};
  return upright(first.box) && upright(second.box) ? made_upright(box) : box;
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
  if (track.keyframes[k].time == time)
    return DerivedBox{with_track_size(track, track.keyframes[k].box), true};
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
  const Box3<Ego> box = trajectory.world_from_ego(time).inverse() * held;
  return with_track_size(track, upright(nearest.box) ? made_upright(box) : box);
}

}  // namespace sweepmark
