// A box for an object somebody pointed at: by one click, by a rectangle, or by clicks on its edges.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/assist/box_fit_prior.hpp"
#include "core/cloud/point_cloud.hpp"
#include "core/geometry/box3.hpp"

namespace sweepmark {

// A rectangle on the ground: `centre` in metres of the ego frame, `length` along `yaw`, `width` across it.
struct Footprint {
  Eigen::Vector2d centre = Eigen::Vector2d::Zero();
  double yaw = 0.0;  // radians
  double length = 0.0, width = 0.0;
};

struct FitRequest {
  SizePrior prior;
  // Where the object is known to head (ego frame, radians): the direction it moves in, or its track's. Only
  // boxes within 20° of that line are tried.
  std::optional<double> heading;
  bool follow_slope = false;  // roll and pitch of the local ground instead of an upright box
  double ground_guess = 0.0;  // height of the ground where no points tell (ego frame, metres)
};

enum class Face : std::size_t { front, back, left, right };
inline constexpr std::size_t face_count = 4;

struct BoxFit {
  Box3<Ego> box;
  double confidence = 0.0;            // 0…1: the bird's-eye IoU with the true box that is to be expected
  std::vector<std::uint32_t> points;  // of the cloud, ascending: what stands above the ground within the box
  std::array<std::size_t, face_count> face_points{};  // of these, by Face: those within 15 cm of it
  std::array<bool, 3> seen{};  // length, width, height: measured; otherwise completed from the prior
  bool heading_sure = false;   // false: the opposite heading is about as likely
};

// One click. The ground under the place is removed (core/assist/ground), what stands there grows from the
// clicked point by steps of several lengths (core/assist/cluster), and of all rectangles about the grown
// cells the one is taken that explains best, direction by direction, what the sensor saw
// (core/assist/box_fit_score): the first points of an object lie on its sides that face the sensor (closeness
// criterion of Zhang et al., "Efficient L-shape fitting for vehicle detection using laser scanners", IV 2017,
// for all directions instead of all points), no ray passes through it, nothing stands close beside it, and
// its size is one its class has. A side whose end was not in sight grows to the class's size, away from the
// sensor; long vehicles are wide. The heading is the request's, or by the profile (a bonnet is low), or that
// nearer to the vehicle's own. A point on the ground stands for the nearest thing that stands above it. Where
// nothing stands within reach, the box is of the usual size at the place, with no points and confidence 0. A
// pure function; takes some milliseconds on a sweep of 120,000 points. `clicked` < cloud.size().
BoxFit fit_at_point(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud, std::uint32_t clicked,
                    const FitRequest& request);

// The same for a place on the ground (ego frame).
BoxFit fit_at_place(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                    const Eigen::Vector2d& place, const FitRequest& request);

// The same with a rectangle drawn round the object instead of growing: what stands inside belongs to it.
// With fewer than eight points there the box is of the usual size, centred in the rectangle along its longer
// side.
BoxFit fit_in_rectangle(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                        const Footprint& drawn, const FitRequest& request);

// Three clicks: the two ends of the front edge, in any order, then a place at the back, which gives the
// length and the direction. Height from the points within, or the usual one.
BoxFit box_from_front_edge(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                           const Eigen::Vector2d& front_a, const Eigen::Vector2d& front_b,
                           const Eigen::Vector2d& back, const FitRequest& request);

// Two clicks: opposite corners. The sides follow from the class's usual proportions; of the two rectangles
// they allow, or along the request's heading, the one that explains better what the sensor saw.
BoxFit box_from_corners(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                        const Eigen::Vector2d& a, const Eigen::Vector2d& b, const FitRequest& request);

// No points needed: the usual size on the local ground, heading as requested or as the vehicle.
BoxFit usual_box(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                 const Eigen::Vector2d& place, const FitRequest& request);

}  // namespace sweepmark
