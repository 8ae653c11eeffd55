#include "core/assist/standing.hpp"

#include <algorithm>
#include <vector>

#include "core/assist/track_size.hpp"

namespace sweepmark {

namespace {

constexpr double least_confidence = 0.25;  // below it a sweep is not believed
constexpr std::size_t enough_points = 10;

// What one sweep says.
struct Voice {
  TimestampNs time;
  Box3<World> box;
  double weight = 0;
};

struct Weighted {
  double value = 0, weight = 0;
};

double weighted_median(std::vector<Weighted> values) {
  std::ranges::sort(values, {}, &Weighted::value);
  double total = 0;
  for (const Weighted& each : values) total += each.weight;
  double sum = 0;
  for (const Weighted& each : values) {
    sum += each.weight;
    if (2 * sum >= total) return each.value;
  }
  return values.back().value;
}

std::size_t points_within(const SweepSource& sweeps, const Keyframe& keyframe) {
  const auto at = std::ranges::lower_bound(sweeps.times, keyframe.time);
  if (at == sweeps.times.end() || *at != keyframe.time) return 0;
  const auto cloud = sweeps.read(static_cast<std::size_t>(at - sweeps.times.begin()));
  return cloud ? points_in_box(**cloud, sweeps.ego_from_sensor.inverse() * keyframe.box).size() : 0;
}

std::vector<Voice> voices_of(const SweepSource& sweeps, const Trajectory& trajectory,
                             std::span<const Keyframe> anchors, std::span<const Proposal> proposals) {
  std::vector<Voice> voices;
  for (const Keyframe& anchor : anchors)
    voices.push_back({anchor.time, trajectory.world_from_ego(anchor.time) * anchor.box,
                      static_cast<double>(points_within(sweeps, anchor) + enough_points)});
  for (const Proposal& proposal : proposals)
    if (proposal.points >= enough_points && proposal.confidence >= least_confidence)
      voices.push_back({proposal.time, trajectory.world_from_ego(proposal.time) * proposal.box,
                        static_cast<double>(proposal.points) * proposal.confidence});
  return voices;
}

// Whether enough stands in the box at a sweep; the lowest ten centimetres may be ground.
bool holds_points(const SweepSource& sweeps, const Trajectory& trajectory, std::size_t sweep,
                  const Box3<World>& box) {
  constexpr double ground = 0.1;
  Box3<World> above = box;
  above.size.z() = std::max(box.size.z() - ground, 0.5 * box.size.z());
  above.pose = box.pose * Pose<BoxLocal, BoxLocal>(Eigen::Quaterniond::Identity(),
                                                   {0, 0, 0.5 * (box.size.z() - above.size.z())});
  const Box3<Ego> now = trajectory.world_from_ego(sweeps.times[sweep]).inverse() * above;
  const auto cloud = sweeps.read(sweep);
  return cloud && points_in_box(**cloud, sweeps.ego_from_sensor.inverse() * now).size() >= enough_points;
}

// From the first sweep of all that sees it to the last. It never moves: what stands in its place is it.
Result<void> widen(const SweepSource& sweeps, const Trajectory& trajectory, StandingBox& held,
                   const Progress& progress) {
  const Box3<World> box = trajectory.world_from_ego(held.time) * held.box;
  const auto cancelled = [] { return fail(ErrorCode::cancelled, "holding the object still was cancelled"); };
  for (std::size_t i = 0; i < sweeps.times.size() && sweeps.times[i] < held.first; ++i) {
    if (progress.cancelled()) return cancelled();
    if (!holds_points(sweeps, trajectory, i, box)) continue;
    held.first = sweeps.times[i];
    break;
  }
  for (std::size_t i = sweeps.times.size(); i > 0 && held.last < sweeps.times[i - 1]; --i) {
    if (progress.cancelled()) return cancelled();
    if (!holds_points(sweeps, trajectory, i - 1, box)) continue;
    held.last = sweeps.times[i - 1];
    break;
  }
  return {};
}

// Place and heading from all voices, in the axes of the strongest; its size.
Box3<World> agreed(const std::vector<Voice>& voices, const Voice& strongest) {
  const Pose<BoxLocal, World> local_from_world = strongest.box.pose.inverse();
  std::array<std::vector<Weighted>, 4> columns;  // x, y, z, yaw
  for (const Voice& voice : voices) {
    const Eigen::Vector3d off = (local_from_world * voice.box.centre()).metres;
    for (std::size_t axis = 0; axis < 3; ++axis)
      columns[axis].push_back({off[static_cast<Eigen::Index>(axis)], voice.weight});
    columns[3].push_back({wrapped_angle(voice.box.yaw() - strongest.box.yaw()), voice.weight});
  }
  const Eigen::Vector3d off(weighted_median(columns[0]), weighted_median(columns[1]),
                            weighted_median(columns[2]));
  const Pose<BoxLocal, BoxLocal> step(rotation_about_z(weighted_median(columns[3])), off);
  return {strongest.box.pose * step, strongest.box.size};
}

Result<Box3<Ego>> resized(const SweepSource& sweeps, const Trajectory& trajectory,
                          const std::vector<Voice>& voices, const Box3<World>& agreed_box,
                          const Box3<Ego>& seen_best, const StandingOptions& options,
                          const Progress& progress) {
  std::vector<Keyframe> keyframes;
  for (const Voice& voice : voices)
    keyframes.push_back(
        {voice.time, trajectory.world_from_ego(voice.time).inverse() * agreed_box, Origin::automatic, {}});
  std::ranges::sort(keyframes, {}, &Keyframe::time);
  SWEEPMARK_TRY(size, size_of_track(sweeps, keyframes, options.usual_size, progress));
  // Ends that only grazing rays met are short: what was seen makes a box longer, not shorter.
  Eigen::Vector3d wanted = seen_best.size;
  for (int axis = 0; axis < 3; ++axis)
    if (size.measured[static_cast<std::size_t>(axis)]) wanted[axis] = std::max(wanted[axis], size.size[axis]);
  return resized_keeping_seen(seen_best, wanted, Point<Ego>(sweeps.ego_from_sensor.translation()));
}

}  // namespace

Result<StandingBox> standing_box(const SweepSource& sweeps, const Trajectory& trajectory,
                                 std::span<const Keyframe> anchors, std::span<const Proposal> proposals,
                                 const StandingOptions& options, const Progress& progress) {
  if (anchors.empty()) return fail(ErrorCode::invalid_argument, "an object needs a box to be held still by");
  const std::vector<Voice> voices = voices_of(sweeps, trajectory, anchors, proposals);
  const Voice& strongest = *std::ranges::max_element(voices, {}, &Voice::weight);
  const Box3<World> box = agreed(voices, strongest);
  StandingBox held{strongest.time, trajectory.world_from_ego(strongest.time).inverse() * box, strongest.time,
                   strongest.time, voices.size()};
  for (const Voice& voice : voices) {
    held.first = std::min(held.first, voice.time);
    held.last = std::max(held.last, voice.time);
  }
  if (!options.size_is_known) {
    SWEEPMARK_TRY(fitting, resized(sweeps, trajectory, voices, box, held.box, options, progress));
    held.box = fitting;
  }
  SWEEPMARK_CHECK(widen(sweeps, trajectory, held, progress));
  return held;
}

}  // namespace sweepmark
