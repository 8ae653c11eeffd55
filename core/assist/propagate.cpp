#include "core/assist/propagate.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/assist/object_follower.hpp"
#include "core/geometry/iou.hpp"

namespace sweepmark {

namespace {

using Cloud = std::shared_ptr<const PointCloud>;

// One pass from an anchor, in the order it was made.
struct Pass {
  std::vector<Proposal> proposals;
  PropagationEnd end = PropagationEnd::drive_ends;
};

// What a pass needs; says how far it is.
class Work {
 public:
  Work(const SweepSource& of_drive, const Trajectory& world, const PropagateOptions& how,
       const Progress& told)
      : sweeps(of_drive), trajectory(world), options(how), progress_(told) {}

  Cloud cloud(std::size_t sweep) const {
    Result<Cloud> read = sweeps.read(sweep);
    return read ? std::move(*read) : nullptr;
  }
  bool cancelled() const { return progress_.cancelled(); }
  void tick() {
    ++done_;
    const double share =
        1.0 - 1.0 / (1.0 + static_cast<double>(done_) / static_cast<double>(sweeps.times.size()));
    progress_(share, "following the object");
  }

  const SweepSource& sweeps;
  const Trajectory& trajectory;
  const PropagateOptions& options;

 private:
  const Progress& progress_;
  std::size_t done_ = 0;
};

struct Anchor {
  std::size_t sweep = 0;
  const Keyframe* keyframe = nullptr;
};

ObjectFollower follower_from(const Work& work, const Anchor& anchor, const Anchor* other) {
  const Cloud cloud = work.cloud(anchor.sweep);
  ObjectFollower follower(*anchor.keyframe, cloud.get(), work.sweeps.ego_from_sensor, work.trajectory,
                          work.options);
  if (!other) return follower;
  const TimestampNs here = anchor.keyframe->time, there = other->keyframe->time;
  constexpr double near_s = 5.0;  // further apart, the way between says little about the speed at its ends
  if (const double seconds = seconds_between(here, there); std::abs(seconds) < near_s)
    follower.expect_velocity(((work.trajectory.world_from_ego(there) * other->keyframe->box.centre()).metres -
                              (work.trajectory.world_from_ego(here) * anchor.keyframe->box.centre()).metres) /
                             seconds);
  if (const Cloud more = work.cloud(other->sweep); more && work.options.rigid)
    follower.learn(other->keyframe->box, *more, there);
  return follower;
}

// The object was out of sight between two sweeps that saw it: straight on between them.
void bridge(std::vector<Proposal>& proposals, const Trajectory& trajectory) {
  const auto seen = [](const Proposal& p) { return p.points > 0; };
  for (std::size_t i = 1; i + 1 < proposals.size(); ++i) {
    if (seen(proposals[i])) continue;
    const auto after =
        std::find_if(proposals.begin() + static_cast<std::ptrdiff_t>(i), proposals.end(), seen);
    if (after == proposals.end()) return;
    const Proposal& before = proposals[i - 1];  // seen, or bridged just now
    const Pose<World, BoxLocal> from = trajectory.world_from_ego(before.time) * before.box.pose;
    const Pose<World, BoxLocal> to = trajectory.world_from_ego(after->time) * after->box.pose;
    const double t =
        seconds_between(before.time, proposals[i].time) / seconds_between(before.time, after->time);
    proposals[i].box.pose =
        trajectory.world_from_ego(proposals[i].time).inverse() * interpolated(from, to, t);
    constexpr double out_of_sight = 0.6;
    proposals[i].confidence = out_of_sight * std::min(before.confidence, after->confidence);
    if (seen(before)) proposals[i].confidence = std::min(proposals[i].confidence, 0.5);
  }
}

// From `anchor` towards `end` (a sweep number that is not reached; −1 below the first).
Result<Pass> follow(Work& work, const Anchor& anchor, const Anchor* other, std::ptrdiff_t end) {
  ObjectFollower follower = follower_from(work, anchor, other);
  Pass pass;
  if (other) pass.end = PropagationEnd::anchor;
  const std::ptrdiff_t way = end > static_cast<std::ptrdiff_t>(anchor.sweep) ? 1 : -1;
  for (std::ptrdiff_t i = static_cast<std::ptrdiff_t>(anchor.sweep) + way; i != end; i += way) {
    if (work.cancelled()) return fail(ErrorCode::cancelled, "following the object was cancelled");
    const auto sweep = static_cast<std::size_t>(i);
    Proposal proposal = follower.step(work.sweeps.times[sweep], work.cloud(sweep).get());
    proposal.sweep = sweep;
    work.tick();
    if (follower.out_of_range()) pass.end = PropagationEnd::out_of_range;
    if (follower.unseen_s() > work.options.bridge_s) pass.end = PropagationEnd::lost;
    if (pass.end == PropagationEnd::out_of_range || pass.end == PropagationEnd::lost) break;
    pass.proposals.push_back(std::move(proposal));
  }
  while (!pass.proposals.empty() && pass.proposals.back().points == 0) pass.proposals.pop_back();
  bridge(pass.proposals, work.trajectory);
  return pass;
}

Proposal blended(const Proposal& forward, const Proposal& backward, double towards_backward) {
  if (forward.points == 0 && backward.points > 0) return backward;
  if (backward.points == 0 && forward.points > 0) return forward;
  Proposal result = towards_backward < 0.5 ? forward : backward;
  result.box.pose = interpolated(forward.box.pose, backward.box.pose, towards_backward);
  result.box.size = forward.box.size + towards_backward * (backward.box.size - forward.box.size);
  const double surer = std::max(forward.confidence, backward.confidence);
  result.confidence = surer * (0.4 + 0.6 * iou_3d(forward.box, backward.box));
  return result;
}

// Two passes over one gap; `backward` in the order of time too.
std::vector<Proposal> blended(const std::vector<Proposal>& forward, const std::vector<Proposal>& backward,
                              const Anchor& first, const Anchor& last) {
  std::vector<Proposal> result;
  auto f = forward.begin();
  auto b = backward.begin();
  while (f != forward.end() || b != backward.end()) {
    if (b == backward.end() || (f != forward.end() && f->sweep < b->sweep))
      result.push_back(*f++);
    else if (f == forward.end() || b->sweep < f->sweep)
      result.push_back(*b++);
    else {
      const double t = seconds_between(first.keyframe->time, f->time) /
                       seconds_between(first.keyframe->time, last.keyframe->time);
      result.push_back(blended(*f++, *b++, t));
    }
  }
  return result;
}

Result<std::vector<Anchor>> anchors_of(const SweepSource& sweeps, std::span<const Keyframe> keyframes) {
  if (keyframes.empty())
    return fail(ErrorCode::invalid_argument, "following an object needs at least one keyframe to start from");
  std::vector<Anchor> anchors;
  for (const Keyframe& keyframe : keyframes) {
    const auto at = std::ranges::lower_bound(sweeps.times, keyframe.time);
    if (at == sweeps.times.end() || *at != keyframe.time)
      return fail(ErrorCode::invalid_argument, "a keyframe to start from stands at " +
                                                   std::to_string(keyframe.time.ns) +
                                                   " ns, which is no sweep of this drive");
    if (!(keyframe.box.size.array() > 0).all() || !keyframe.box.pose.translation().allFinite())
      return fail(ErrorCode::invalid_argument, "a keyframe to start from has no sound box");
    const auto sweep = static_cast<std::size_t>(at - sweeps.times.begin());
    if (!anchors.empty() && anchors.back().sweep >= sweep)
      return fail(ErrorCode::invalid_argument, "the keyframes to start from are not in the order of time");
    anchors.push_back({sweep, &keyframe});
  }
  return anchors;
}

void append(std::vector<Proposal>& to, std::vector<Proposal> more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

SweepSource sweeps_of(const Drive& drive) {
  SweepSource source;
  for (const SweepEntry& sweep : drive.sweeps) source.times.push_back(sweep.time);
  if (!drive.sweeps.empty()) source.ego_from_sensor = drive.rig.ego_from(drive.sweeps.front().lidar);
  source.read = [&drive](std::size_t sweep) -> Result<Cloud> {
    SWEEPMARK_TRY(cloud, drive.read_sweep(sweep));
    return std::make_shared<const PointCloud>(std::move(cloud));
  };
  return source;
}

PropagateOptions propagate_options(bool rigid, const Eigen::Vector3d& size, PoseSource poses) {
  PropagateOptions options;
  options.rigid = rigid;
  if (!rigid) options.habits = {1.5, 1.0, 0.5, 1.0, 0.5, 0.02, true, 0.5, 0.5, 0.5};
  if (rigid && size.x() < 2.5) options.habits = {6, 1.0, 0.5, 3.0, 0.5, 0.02, true, 0.4, 0.3};  // cyclists
  if (poses == PoseSource::none) {
    options.habits.speed_along = std::max(options.habits.speed_along, 12.0);
    options.habits.speed_across = 6.0;
    options.habits.turn_rate += 0.4;
    options.habits.acceleration += 4.0;
    options.habits.lift_acceleration = 0.5;  // it nods
    options.habits.world_stands = false;
  }
  return options;
}

Result<Propagation> propagate(const SweepSource& sweeps, const Trajectory& trajectory,
                              std::span<const Keyframe> keyframes, const PropagateOptions& options,
                              const Progress& progress) {
  SWEEPMARK_TRY(anchors, anchors_of(sweeps, keyframes));
  Work work(sweeps, trajectory, options, progress);
  Propagation result;
  SWEEPMARK_TRY(before, follow(work, anchors.front(), nullptr, -1));
  result.first = before.end;
  std::ranges::reverse(before.proposals);
  append(result.proposals, std::move(before.proposals));
  for (std::size_t i = 1; i < anchors.size(); ++i) {
    const Anchor &first = anchors[i - 1], &last = anchors[i];
    SWEEPMARK_TRY(forward, follow(work, first, &last, static_cast<std::ptrdiff_t>(last.sweep)));
    SWEEPMARK_TRY(backward, follow(work, last, &first, static_cast<std::ptrdiff_t>(first.sweep)));
    std::ranges::reverse(backward.proposals);
    append(result.proposals, blended(forward.proposals, backward.proposals, first, last));
  }
  SWEEPMARK_TRY(after,
                follow(work, anchors.back(), nullptr, static_cast<std::ptrdiff_t>(sweeps.times.size())));
  result.last = after.end;
  append(result.proposals, std::move(after.proposals));
  return result;
}

std::optional<TimestampNs> least_certain_sweep(std::span<const Proposal> proposals) {
  const auto least = std::ranges::min_element(proposals, {}, &Proposal::confidence);
  if (least == proposals.end()) return std::nullopt;
  return least->time;
}

}  // namespace sweepmark
