#include "core/assist/box_fit_upright.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sweepmark {

namespace {

constexpr double half_turn = std::numbers::pi, quarter_turn = std::numbers::pi / 2;
constexpr double seen_height_share = 0.7;  // of the usual height

double top_of(const std::vector<StandingPoint>& standing, const std::vector<std::uint32_t>& members) {
  if (members.empty()) return 0.0;
  std::vector<double> heights;
  for (const std::uint32_t m : members) heights.push_back(standing[m].above_ground);
  const auto nth =
      heights.begin() + static_cast<std::ptrdiff_t>(0.99 * static_cast<double>(heights.size() - 1));
  std::ranges::nth_element(heights, nth);
  return *nth;
}

// Which way a vehicle faces by its profile: the bonnet is low, so what stands high keeps further from its
// front than from its back. Where the sensor does not look down on the roof, only the end that faces it
// counts.
std::optional<double> heading_by_profile(const std::vector<StandingPoint>& standing,
                                         const std::vector<std::uint32_t>& members,
                                         const FittedRectangle& rectangle, double top,
                                         const Eigen::Vector2d& sensor, double sensor_above_ground) {
  constexpr double high_share = 0.8, telling = 0.06, bonnet = 0.16, tailgate = 0.08;
  const double half = 0.5 * rectangle.length;
  double low = half, high = -half;
  std::size_t count = 0;
  for (const std::uint32_t m : members) {
    if (standing[m].above_ground < high_share * top) continue;
    const double s = (standing[m].place.head<2>() - rectangle.centre).dot(rectangle.along());
    low = std::min(low, s);
    high = std::max(high, s);
    ++count;
  }
  if (count < 3) return std::nullopt;
  const double before = (half - high) / rectangle.length, behind = (low + half) / rectangle.length;
  const double backwards = wrapped_angle(rectangle.yaw + half_turn);
  if (sensor_above_ground > 1.05 * top) {
    if (std::abs(before - behind) < telling) return std::nullopt;
    return before > behind ? rectangle.yaw : backwards;
  }
  const double at = (sensor - rectangle.centre).dot(rectangle.along());
  if (std::abs(at) < half) return std::nullopt;
  const double near_gap = at > 0 ? before : behind;
  if (near_gap > tailgate && near_gap < bonnet) return std::nullopt;
  return (near_gap >= bonnet) == (at > 0) ? rectangle.yaw : backwards;
}

// Of the two headings along the line, the one nearer to `towards`.
double headed(double line, double towards) {
  const double off = wrapped_angle(line - towards);
  return std::abs(off) <= quarter_turn ? wrapped_angle(line) : wrapped_angle(line + half_turn);
}

// Upright, or standing on the plane of the ground.
Eigen::Quaterniond stance(const LocalGround& ground, double yaw, bool follow_slope) {
  if (!follow_slope) return rotation_about_z(yaw);
  return Eigen::Quaterniond::FromTwoVectors(Eigen::Vector3d::UnitZ(), ground.normal()) *
         rotation_about_z(yaw);
}

std::array<std::size_t, face_count> points_by_face(const Box3<Ego>& box,
                                                   const std::vector<StandingPoint>& standing,
                                                   const std::vector<std::uint32_t>& members) {
  constexpr double near = 0.15;
  std::array<std::size_t, face_count> count{};
  const Pose<BoxLocal, Ego> local_from_ego = box.pose.inverse();
  for (const std::uint32_t m : members) {
    const Eigen::Vector3d p = (local_from_ego * Point<Ego>(standing[m].place)).metres;
    const std::array<double, face_count> off = {0.5 * box.length() - p.x(), 0.5 * box.length() + p.x(),
                                                0.5 * box.width() - p.y(), 0.5 * box.width() + p.y()};
    const auto nearest = static_cast<std::size_t>(std::ranges::min_element(off) - off.begin());
    if (off[nearest] < near) ++count[nearest];
  }
  return count;
}

// The IoU to be expected: each side of the footprint is off by what its kind is usually off by, and the less
// the rectangle explains what was seen, the more is wrong. Constants fitted to clicks on real and made
// drives.
double expected_iou(const FittedRectangle& r, const SizePrior& prior) {
  constexpr double unexplained = 110.0;                // cost that takes the rest down to 1/e
  const double measured = prior.slim() ? 0.13 : 0.12;  // metres
  // Long vehicles are seen in part more often than whole.
  const double measured_length = measured + 0.4 * std::max(0.0, prior.spread.x() - 0.6);
  const double length_off = r.length_seen ? measured_length : measured + 0.8 * prior.spread.x();
  const double width_off = r.width_seen ? measured : measured + 0.5 * prior.spread.y();
  const double sides =
      std::max(0.05, 1.0 - length_off / r.length) * std::max(0.05, 1.0 - width_off / r.width);
  return std::clamp(sides * std::exp(-r.cost / unexplained), 0.0, 1.0);
}

}  // namespace

std::vector<std::uint32_t> standing_within(const std::vector<StandingPoint>& standing,
                                           const FittedRectangle& rectangle, double margin) {
  const Eigen::Vector2d along = rectangle.along(), across = rectangle.across();
  std::vector<std::uint32_t> members;
  for (std::uint32_t i = 0; i < standing.size(); ++i) {
    const Eigen::Vector2d off = standing[i].place.head<2>() - rectangle.centre;
    if (std::abs(off.dot(along)) <= 0.5 * rectangle.length + margin &&
        std::abs(off.dot(across)) <= 0.5 * rectangle.width + margin)
      members.push_back(i);
  }
  return members;
}

BoxFit box_on(const FittedRectangle& rectangle, const Surroundings& around, const FitRequest& request) {
  constexpr double margin = 0.1;
  const std::vector<std::uint32_t> members = standing_within(around.standing, rectangle, margin);
  const double ground = around.ground.height_at(rectangle.centre), top = top_of(around.standing, members);
  BoxFit fit;
  fit.seen = {rectangle.length_seen, rectangle.width_seen, top >= seen_height_share * request.prior.mean.z()};
  const double height = fit.seen[2] ? top : request.prior.mean.z();
  std::optional<double> towards = request.heading;
  if (!towards && request.prior.rigid && request.prior.elongated())
    towards = heading_by_profile(around.standing, members, rectangle, top, around.sensor.head<2>(),
                                 around.sensor.z() - ground);
  fit.heading_sure = towards.has_value();
  const double yaw = headed(rectangle.yaw, towards.value_or(0.0));
  fit.box.pose = Pose<Ego, BoxLocal>(stance(around.ground, yaw, request.follow_slope),
                                     {rectangle.centre.x(), rectangle.centre.y(), ground + 0.5 * height});
  fit.box.size = {rectangle.length, rectangle.width, height};
  for (const std::uint32_t m : members) fit.points.push_back(around.standing[m].index);
  fit.face_points = points_by_face(fit.box, around.standing, members);
  fit.confidence = members.empty() ? 0.0 : expected_iou(rectangle, request.prior);
  return fit;
}

}  // namespace sweepmark
