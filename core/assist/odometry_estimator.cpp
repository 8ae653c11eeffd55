#include "core/assist/odometry_estimator.hpp"

#include <fmt/format.h>

#include <utility>

namespace sweepmark {

namespace {

using WorldPose = Pose<World, Ego>;

constexpr int levels = 3, deskew_passes = 3, failures_to_begin_anew = 3;
constexpr std::size_t fewest_matches = 50;
constexpr double least_share = 0.15;   // of a sweep's surfels that are to meet the map
constexpr double least_support = 0.1;  // right matches have three times as much, wrong ones half as much
// What a vehicle may do between two sweeps of which nothing else is known, and by how much a known motion may
// change over a gap.
constexpr double backwards_m_s = 5.0, forwards_m_s = 45.0, change_m = 3.0;
// Points move by no more than some millimetres where the motion is known to this.
constexpr double deskew_again_m = 0.05, deskew_again_rad = 2e-3;  // a second
// A part of the points is enough to learn the motion that all are then deskewed by. No divisor of the usual
// numbers of rings, so that every ring has its share.
constexpr std::size_t first_pass_stride = 5, first_pass_points = 15'000;

Eigen::Isometry3d isometry(const WorldPose& pose) {
  Eigen::Isometry3d result = Eigen::Isometry3d::Identity();
  result.linear() = pose.rotation().toRotationMatrix();
  result.translation() = pose.translation();
  return result;
}

WorldPose pose_of(const Eigen::Isometry3d& world_from_ego) {
  return {Eigen::Quaterniond(world_from_ego.linear()), world_from_ego.translation()};
}

bool nearly_equal(const EgoMotion& a, const EgoMotion& b) {
  const EgoMotion difference = a.inverse() * b;
  return difference.translation().norm() < deskew_again_m && angle_of(difference) < deskew_again_rad;
}

OdometryStep step_of(const JudgedMatch& match, std::size_t surfels) {
  const Alignment& alignment = match.alignment;
  OdometryStep step;
  step.unsure = match.unsure;
  step.supported_share = match.support.share;
  step.matched = alignment.matched;
  step.matched_share = static_cast<double>(alignment.matched) / static_cast<double>(surfels);
  step.residual_m = alignment.residual_m;
  return step;
}

}  // namespace

OdometryEstimator::OdometryEstimator(const OdometryOptions& options)
    : registration_{options.voxel_m, levels, options.min_range_m, options.max_range_m, {}, {}},
      map_(options.voxel_m, options.max_range_m) {}

// Of a vehicle whose motion is not known the sweep is looked for from where it was, else from the guess.
JudgedMatch OdometryEstimator::judged(const SurfelMap& sweep, const Alignment& match, const WorldPose& guess,
                                      double seconds) const {
  const SearchRange range = motion_known_ ? SearchRange{change_m, change_m}
                                          : SearchRange{backwards_m_s * seconds, forwards_m_s * seconds};
  return judged_or_searched(map_.surfels(), sweep.surfels, match, isometry(motion_known_ ? guess : now_),
                            range, registration_.align);
}

OdometryEstimator::Match OdometryEstimator::matched(std::span<const Eigen::Vector3d> points,
                                                    const WorldPose& guess, double reach,
                                                    double seconds) const {
  // A level finds what lies within half its cubes' edge.
  int coarsest = 0;
  while (coarsest + 1 < levels && reach > 0.5 * registration_.voxel_m * (1 << coarsest)) ++coarsest;
  RegistrationOptions options = registration_;
  options.levels = coarsest + 1;
  const SurfelPyramid sweep = surfel_pyramid(points, options);
  Alignment alignment;
  alignment.target_from_source = isometry(guess);
  for (int level = coarsest; level > 0; --level)
    alignment = align(map_.coarser(level), sweep.levels[static_cast<std::size_t>(level)].surfels,
                      alignment.target_from_source, AlignOptions::coarse());
  const SurfelMap& finest = sweep.levels.front();
  alignment = align(map_.surfels(), finest.surfels, alignment.target_from_source, options.align);
  return {judged(finest, alignment, guess, seconds), finest.surfels.size()};
}

Result<OdometryEstimator::Match> OdometryEstimator::matched_or_why_not(
    std::span<const Eigen::Vector3d> points, const WorldPose& guess, double reach, double seconds) const {
  const auto met_enough = [](const Match& match) {
    return match.judged.alignment.matched >= fewest_matches &&
           static_cast<double>(match.judged.alignment.matched) >=
               least_share * static_cast<double>(match.surfels);
  };
  Match match = matched(points, guess, reach, seconds);
  if (!met_enough(match)) match = matched(points, guess, registration_.voxel_m * (1 << levels), seconds);
  const auto& [judged, surfels] = match;
  if (!met_enough(match))
    return fail(
        ErrorCode::invalid_argument,
        fmt::format("{} of its {} surfaces lie on those of the sweeps before, at least {} and {:.0f} % "
                    "expected",
                    judged.alignment.matched, surfels, fewest_matches, 100 * least_share));
  if (judged.support.asked >= fewest_surfaces && judged.support.share < least_support)
    return fail(ErrorCode::invalid_argument,
                fmt::format("it is nowhere borne out by the surfaces across some direction: {:.0f} % of them "
                            "meet one, at least {:.0f} % expected",
                            100 * judged.support.share, 100 * least_support));
  return match;
}

Result<OdometryStep> OdometryEstimator::begin(RecordedSweep sweep, const WorldPose& world_from_ego) {
  const std::vector<Eigen::Vector3d> points = points_of(sweep, a_second_, registration_, 1);
  if (points.size() < fewest_matches)
    return fail(ErrorCode::invalid_argument,
                fmt::format("{} points within range, at least {} expected", points.size(), fewest_matches));
  map_ = OdometryMap(registration_.voxel_m, registration_.max_range_m);
  map_.add(points, isometry(world_from_ego));
  now_ = world_from_ego;
  time_ = sweep.time;
  first_ = std::move(sweep);
  return OdometryStep{};
}

Result<OdometryStep> OdometryEstimator::place(RecordedSweep sweep) {
  if (map_.empty()) return begin(std::move(sweep), {});
  const double seconds = seconds_between(time_, sweep.time);
  const WorldPose guess = now_ * scaled(a_second_, seconds);
  WorldPose found = guess;
  EgoMotion a_second = a_second_;
  OdometryStep step;
  std::vector<Eigen::Vector3d> points;
  double reach = guess_error_.reach();
  for (int pass = 0; pass < deskew_passes; ++pass) {
    const bool rough =
        sweep.as_measured && pass == 0 && sweep.cloud.size() >= first_pass_stride * first_pass_points;
    points = points_of(sweep, a_second, registration_, rough ? first_pass_stride : 1);
    const Result<Match> match = matched_or_why_not(points, found, reach, seconds);
    if (!match) return Failure(give_up(std::move(sweep), guess, match.error()));
    step = step_of(match->judged, match->surfels);
    found = pose_of(match->judged.alignment.target_from_source);
    const EgoMotion deskewed_by = std::exchange(a_second, scaled(now_.inverse() * found, 1.0 / seconds));
    if (!rough && (!sweep.as_measured || nearly_equal(deskewed_by, a_second))) break;
    reach = 0.0;
    if (!first_) continue;
    // The first sweep was taken as it came; now it is known how the vehicle moved while it was measured.
    a_second_ = a_second;
    begin(std::move(*first_), now_).value();
  }
  guess_error_.add(guess.inverse() * found);
  map_.add(points, isometry(found));
  first_.reset();
  now_ = found;
  time_ = sweep.time;
  a_second_ = a_second;
  motion_known_ = !step.unsure;
  failures_ = 0;
  return step;
}

// After some failures in a row the map is of a place that was left behind.
Error OdometryEstimator::give_up(RecordedSweep sweep, const WorldPose& guess, Error why) {
  guess_error_.forget();
  if (++failures_ < failures_to_begin_anew) return why;
  failures_ = 0;
  motion_known_ = false;
  if (begin(std::move(sweep), guess)) why.message += "; the map begins anew with it";
  return why;
}

}  // namespace sweepmark
