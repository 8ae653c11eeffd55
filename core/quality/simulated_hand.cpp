#include "core/quality/simulated_hand.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <numbers>

#include "core/geometry/iou.hpp"

namespace sweepmark {

namespace {

// The handles, in the order in which a hand takes them.
enum Drag : unsigned { turn, move, lift, corner, other_corner, height, drag_count };

// One number of a reproducible stream: SplitMix64 (Steele, Lea & Flood, OOPSLA 2014).
std::uint64_t mixed(std::uint64_t state) {
  state += 0x9e3779b97f4a7c15ull;
  state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9ull;
  state = (state ^ (state >> 27)) * 0x94d049bb133111ebull;
  return state ^ (state >> 31);
}

double uniform(std::uint64_t state) {
  return (static_cast<double>(mixed(state) >> 11) + 0.5) * 0x1.0p-53;
}

// Standard normal by Box & Muller (1958). `which` tells the components of one gesture's error apart.
double error_of(const HandError& error, std::uint64_t gesture, unsigned which) {
  const std::uint64_t state = mixed(error.seed) ^ mixed(gesture * 64 + 2 * which);
  return std::sqrt(-2.0 * std::log(uniform(state))) *
         std::cos(2.0 * std::numbers::pi * uniform(state ^ 0xff51afd7ed558ccdull));
}

struct Hand {
  const Box3<Ego>& truth;
  const HandError& error;
  std::uint64_t gesture;

  double place(unsigned which) const { return error.place_m * error_of(error, gesture, which); }

  Box3<Ego> turned(const Box3<Ego>& box) const {
    const Eigen::Quaterniond slip = rotation_about_z(error.turn_rad * error_of(error, gesture, 0));
    return {Pose<Ego, BoxLocal>(slip * truth.pose.rotation(), box.pose.translation()), box.size};
  }

  Box3<Ego> moved(const Box3<Ego>& box) const {
    const Eigen::Vector3d& there = truth.pose.translation();
    return {Pose<Ego, BoxLocal>(box.pose.rotation(),
                                {there.x() + place(1), there.y() + place(2), box.pose.translation().z()}),
            box.size};
  }

  // The bottom is what an eye compares: it goes to where the true one is.
  Box3<Ego> lifted(const Box3<Ego>& box) const {
    Eigen::Vector3d centre = box.pose.translation();
    centre.z() = truth.pose.translation().z() - 0.5 * truth.height() + 0.5 * box.height() + place(3);
    return {Pose<Ego, BoxLocal>(box.pose.rotation(), centre), box.size};
  }

  // Pulls one corner of the footprint to the true one; the opposite corner stays. `signs` names the corner.
  Box3<Ego> cornered(const Box3<Ego>& box, const Eigen::Vector2d& signs) const {
    const Eigen::Vector3d out(signs.x(), signs.y(), 0.0);
    const Point<Ego> goal = truth.pose * Point<BoxLocal>(0.5 * truth.size.cwiseProduct(out));
    const Eigen::Vector3d local =
        (box.pose.inverse() * goal).metres + Eigen::Vector3d(place(4), place(5), 0.0);
    const Eigen::Vector3d fixed = -0.5 * box.size.cwiseProduct(out);
    Eigen::Vector3d size = box.size, centre = Eigen::Vector3d::Zero();
    for (int axis = 0; axis < 2; ++axis) {
      size[axis] = std::max(0.1, out[axis] * (local[axis] - fixed[axis]));
      centre[axis] = fixed[axis] + 0.5 * out[axis] * size[axis];
    }
    return {Pose<Ego, BoxLocal>(box.pose.rotation(), (box.pose * Point<BoxLocal>(centre)).metres), size};
  }

  // Pulls the top (+1) or the bottom (−1) to the true one.
  Box3<Ego> heightened(const Box3<Ego>& box, double sign) const {
    const double middle = box.pose.translation().z();
    const double goal = truth.pose.translation().z() + sign * 0.5 * truth.height() + place(6);
    const double fixed = middle - sign * 0.5 * box.height();
    const double height = std::max(0.1, sign * (goal - fixed));
    Eigen::Vector3d centre = box.pose.translation(), size = box.size;
    centre.z() = fixed + 0.5 * sign * height;
    size.z() = height;
    return {Pose<Ego, BoxLocal>(box.pose.rotation(), centre), size};
  }

  Box3<Ego> best_corner(const Box3<Ego>& box) const {
    Box3<Ego> best = box;
    for (const double x : {1.0, -1.0})
      for (const double y : {1.0, -1.0})
        if (const Box3<Ego> pulled = cornered(box, {x, y}); iou_3d(pulled, truth) > iou_3d(best, truth))
          best = pulled;
    return best;
  }

  Box3<Ego> best_height(const Box3<Ego>& box) const {
    const Box3<Ego> top = heightened(box, 1.0), bottom = heightened(box, -1.0);
    return iou_3d(top, truth) >= iou_3d(bottom, truth) ? top : bottom;
  }

  Box3<Ego> after(Box3<Ego> box, unsigned drags) const {
    if (drags & 1u << turn) box = turned(box);
    if (drags & 1u << move) box = moved(box);
    if (drags & 1u << lift) box = lifted(box);
    if (drags & 1u << corner) box = best_corner(box);
    if (drags & 1u << other_corner) box = best_corner(box);
    if (drags & 1u << height) box = best_height(box);
    return box;
  }
};

}  // namespace

Correction corrected_by_hand(const Box3<Ego>& box, const Box3<Ego>& truth, double target,
                             const HandError& error, std::uint64_t gesture) {
  const Hand hand{truth, error, gesture};
  Correction best{box, 0, iou_3d(box, truth)};
  if (best.iou >= target) return best;
  for (unsigned drags = 1; drags < 1u << drag_count; ++drags) {
    const auto count = static_cast<std::size_t>(std::popcount(drags));
    const Box3<Ego> tried = hand.after(box, drags);
    const double iou = iou_3d(tried, truth);
    const bool reaches = iou >= target, had = best.iou >= target;
    const bool better = reaches != had ? reaches
                        : reaches      ? count < best.drags || (count == best.drags && iou > best.iou)
                                       : iou > best.iou;
    if (better) best = {tried, count, iou};
  }
  return best;
}

}  // namespace sweepmark
