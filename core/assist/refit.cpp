#include "core/assist/refit.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>

#include "core/assist/interpolate.hpp"
#include "core/assist/object_registration.hpp"
#include "core/assist/stray_likeliest.hpp"

namespace sweepmark {

namespace {

// Standard deviation with which a person places a box, along, across, up (metres) and in heading (radians).
const Stray placed_within(0.05, 0.05, 0.04, 0.02);
// What matching gets wrong alike from sweep to sweep: of what keeps its shape, and of limbs that swing. What
// stands shows the same side to many sweeps, and they all err alike.
const Stray matched_within(0.016, 0.012, 0.012, 0.006);
constexpr double limbs_swing = 10.0, alike_when_standing = 4.0;
constexpr double believed_within = 4.0;  // deviations of the prior
constexpr std::size_t fewest_points = 8;
constexpr double least_overlap = 0.3;
constexpr double stands_within = 0.5;  // metres between any keyframe and the first

StrayInformation information_of(const Stray& deviations) {
  return deviations.cwiseAbs2().cwiseInverse().asDiagonal();
}

// A track of the keyframes that stand.
Track with_standing_keyframes(const Track& track) {
  Track result = track;
  std::erase_if(result.keyframes, [](const Keyframe& k) { return k.origin == Origin::automatic; });
  if (result.properties.motion == Motion::keyframes_only) result.properties.motion = Motion::smooth;
  return result;
}

bool stands(const Track& track, const Trajectory& trajectory, const RefitOptions& options) {
  if (options.standing || track.properties.standing) return true;
  const auto place = [&](const Keyframe& keyframe) {
    return (trajectory.world_from_ego(keyframe.time) * keyframe.box.centre()).metres;
  };
  const Eigen::Vector3d first = place(track.keyframes.front());
  return trajectory.source() != PoseSource::none &&
         std::ranges::all_of(track.keyframes, [&](const Keyframe& keyframe) {
           return (place(keyframe) - first).norm() < stands_within;
         });
}

StrayHabits habits_of(bool standing, bool rigid) {
  if (standing) return {{0.02, 0.02, 0.01, 0.01}, {0.001, 0.001, 0.0005, 0.0005}};
  if (!rigid) return {{0.3, 0.3, 0.1, 0.3}, {0.3, 0.3, 0.01, 0.2}};
  return {{0.6, 0.3, 0.1, 0.1}, {1.0, 0.4, 0.02, 0.05}};
}

// Of what drives, matching tells more than the curve knows; what walks looks different at every step.
StrayTrials trials_of(bool standing, bool rigid) {
  StrayTrials trials;
  if (rigid && !standing) {
    trials.steadiest = 1.0 / 8;
    trials.best_placed = 0.3;
  }
  return trials;
}

// One sweep of the track: where the curve has its box, and whether a keyframe stands there.
struct Moment {
  std::size_t sweep = 0;
  TimestampNs time;
  Box3<Ego> box;
  bool keyframe = false;
  // Along the curve, in the box's frame and against the world.
  Eigen::Vector3d velocity = Eigen::Vector3d::Zero();
  double turn_rate = 0;
};

void add_motion(const Track& track, const Trajectory& trajectory, Moment& moment) {
  if (trajectory.source() == PoseSource::none) return;
  constexpr double about = 0.01;  // seconds
  const TimeInterval life = *track.lifetime();
  const TimestampNs before = std::max(life.first, later_by_seconds(moment.time, -about));
  const TimestampNs after = std::min(life.last, later_by_seconds(moment.time, about));
  const auto from = box_at(track, trajectory, before), to = box_at(track, trajectory, after);
  if (!from || !to || !(before < after)) return;
  const Pose<World, BoxLocal> first = trajectory.world_from_ego(before) * from->box.pose;
  const Pose<BoxLocal, BoxLocal> step = first.inverse() * (trajectory.world_from_ego(after) * to->box.pose);
  const double seconds = seconds_between(before, after);
  moment.velocity = step.translation() / seconds;
  moment.turn_rate = yaw_of(step.rotation()) / seconds;
}

std::vector<Moment> moments_of(const Track& track, const SweepSource& sweeps, const Trajectory& trajectory) {
  std::vector<Moment> moments;
  for (std::size_t i = 0; i < sweeps.times.size(); ++i)
    if (const auto derived = box_at(track, trajectory, sweeps.times[i])) {
      moments.push_back({i, sweeps.times[i], derived->box, derived->keyframe});
      add_motion(track, trajectory, moments.back());
    }
  return moments;
}

PoseInformation full_prior(const Eigen::Matrix4d& covariance) {
  PoseInformation prior = prior_within({1, 1, 1}, {0.01, 0.01, 1});
  const Eigen::Matrix4d upright = covariance.inverse();
  prior(upright_axes, upright_axes) = upright;
  return prior;
}

Stray stray_between(const Box3<Ego>& from, const Box3<Ego>& to) {
  const Pose<BoxLocal, BoxLocal> step = from.pose.inverse() * to.pose;
  Stray stray;
  stray << step.translation(), yaw_of(step.rotation());
  return stray;
}

Box3<Ego> strayed(const Box3<Ego>& box, const Stray& stray) {
  return {box.pose * Pose<BoxLocal, BoxLocal>(rotation_about_z(stray[3]), stray.head<3>()), box.size};
}

// Of a match under a prior of mean zero: what the points alone say, blurred by what is `matched` wrongly.
// Nothing where it is too weak or beyond belief.
std::optional<StraySighting> sighting_of(const ObjectMatch& found, const Box3<Ego>& start,
                                         const Eigen::Matrix4d& prior_covariance, const Stray& matched) {
  if (found.points < fewest_points || found.overlap < least_overlap) return std::nullopt;
  const StrayInformation prior = prior_covariance.inverse();
  const Stray stray = stray_between(start, found.box);
  if (stray.dot(prior * stray) > believed_within * believed_within) return std::nullopt;
  const StrayInformation points = upright_part(found.information);
  // (points⁻¹ + blur)⁻¹ by Woodbury's identity, for `points` may be singular.
  const Eigen::Matrix4d blur = information_of(matched);
  const Eigen::Matrix4d kept = Eigen::Matrix4d::Identity() - points * (points + blur).inverse();
  const StrayInformation information = kept * points;
  return StraySighting{0.5 * (information + information.transpose()), kept * ((points + prior) * stray)};
}

// Probability that the 3D IoU is at least 0.7: a box that is off by a share e of its size, summed over the
// axes, has an IoU of about 1 − 2e.
double confidence_of(const StrayBelief& belief, const Eigen::Vector3d& size) {
  const double turned = 0.25 * (size.x() / size.y() + size.y() / size.x());
  const Stray weight(2 / size.x(), 2 / size.y(), 2 / size.z(), turned);
  // Keyframes and curve err alike from sweep to sweep, so the belief is surer of itself than it should be.
  const Stray variance = belief.covariance.diagonal().cwiseMax(0.0) + placed_within.cwiseAbs2();
  const double deviation = std::sqrt(weight.cwiseAbs2().dot(variance));
  constexpr double surest = 0.98;  // what has never been seen still happens
  return surest * std::clamp(std::erf(0.3 / (std::sqrt(2.0) * std::max(deviation, 1e-6))), 0.0, 1.0);
}

class Refit {
 public:
  Refit(const Track& track, const SweepSource& sweeps, const Trajectory& trajectory,
        const RefitOptions& options)
      : sweeps_(sweeps),
        moments_(moments_of(track, sweeps, trajectory)),
        standing_(stands(track, trajectory, options)),
        habits_(habits_of(standing_, options.rigid)),
        trials_(trials_of(standing_, options.rigid)),
        matched_((standing_ ? alike_when_standing : 1.0) * (options.rigid ? 1.0 : limbs_swing) *
                 matched_within),
        rigid_(options.rigid),
        model_(track.properties.size.value_or(track.keyframes.front().box.size)) {
    for (const Moment& moment : moments_)
      timeline_.push_back({seconds_between(moments_.front().time, moment.time), std::nullopt});
    for (std::size_t i = 0; i < moments_.size(); ++i)
      if (moments_[i].keyframe)
        timeline_[i].seen = StraySighting{information_of(placed_within), Stray::Zero()};
  }

  Result<std::vector<Proposal>> run(const Progress& progress) {
    learn_shape();
    const std::vector<StrayBelief> prior = smoothed_stray(timeline_, habits_);
    std::vector<std::size_t> points(moments_.size(), 0);
    for (std::size_t i = 0; i < moments_.size(); ++i) {
      if (progress.cancelled()) return fail(ErrorCode::cancelled, "refitting the track was cancelled");
      progress(static_cast<double>(i) / static_cast<double>(moments_.size()), "matching");
      if (!moments_[i].keyframe) points[i] = look(i, prior[i]);
    }
    return proposals(beliefs(), points);
  }

 private:
  void learn_shape() {
    for (const Moment& moment : moments_) {
      if (!moment.keyframe) continue;
      if (const auto cloud = sweeps_.read(moment.sweep)) model_.add(crop(moment, **cloud, {1, 1, 0.5}));
    }
  }

  // The points about the curve's box, as they would have lain at the sweep's moment.
  ObjectCrop crop(const Moment& moment, const PointCloud& cloud, const Eigen::Vector3d& margin) const {
    ObjectCrop about = crop_about(cloud, sweeps_.ego_from_sensor, {moment.box.pose, model_.size()}, margin);
    if (!standing_) undo_motion_since_sweep(about, cloud, moment.velocity, moment.turn_rate);
    return about;
  }

  // Each stretch between two keyframes by itself.
  std::vector<StrayBelief> beliefs() const {
    std::vector<StrayBelief> all(moments_.size());
    std::size_t from = 0;
    for (std::size_t i = 1; i < moments_.size(); ++i) {
      if (!moments_[i].keyframe && i + 1 < moments_.size()) continue;
      const std::span<const StrayMoment> stretch = std::span(timeline_).subspan(from, i - from + 1);
      std::ranges::copy(likeliest_stray(stretch, habits_, trials_),
                        all.begin() + static_cast<std::ptrdiff_t>(from));
      from = i;
    }
    return all;
  }

  // How many points spoke.
  std::size_t look(std::size_t i, const StrayBelief& prior) {
    const auto cloud = sweeps_.read(moments_[i].sweep);
    if (!cloud) return 0;
    const double reach = std::sqrt(std::max(prior.covariance(0, 0), prior.covariance(1, 1)));
    ObjectMatchOptions options;
    options.turns = rigid_;
    options.search_radius_m = reach < 0.3 ? 0.0 : std::min(2 * reach, 2.0);
    const double about = 1.0 + options.search_radius_m;
    const ObjectMatch found = register_crop(model_, crop(moments_[i], **cloud, {about, about, 0.7}),
                                            moments_[i].box, full_prior(prior.covariance), options);
    timeline_[i].seen = sighting_of(found, moments_[i].box, prior.covariance, matched_);
    return timeline_[i].seen ? found.points : 0;
  }

  std::vector<Proposal> proposals(const std::vector<StrayBelief>& beliefs,
                                  const std::vector<std::size_t>& points) const {
    std::vector<Proposal> result;
    for (std::size_t i = 0; i < moments_.size(); ++i)
      if (!moments_[i].keyframe)
        result.push_back({moments_[i].sweep, moments_[i].time, strayed(moments_[i].box, beliefs[i].stray),
                          confidence_of(beliefs[i], moments_[i].box.size), points[i]});
    return result;
  }

  const SweepSource& sweeps_;
  std::vector<Moment> moments_;
  bool standing_;
  StrayHabits habits_;
  StrayTrials trials_;
  Stray matched_;
  bool rigid_;
  ObjectModel model_;
  std::vector<StrayMoment> timeline_;  // alike moments_
};

}  // namespace

Result<std::vector<Proposal>> refit_track(const Track& track, const SweepSource& sweeps,
                                          const Trajectory& trajectory, const RefitOptions& options,
                                          const Progress& progress) {
  const Track standing = with_standing_keyframes(track);
  if (standing.keyframes.empty()) return std::vector<Proposal>{};
  return Refit(standing, sweeps, trajectory, options).run(progress);
}

}  // namespace sweepmark
