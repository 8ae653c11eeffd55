// A box for an object somebody pointed at.
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

struct FitRequest {
  SizePrior prior;
  // Where the object is known to head (ego frame, radians): the direction it moves in, or its track's.
  std::optional<double> heading;
  bool follow_slope = false;  // roll and pitch of the ground instead of an upright box
  double ground_guess = 0.0;  // height of the ground where no points tell (ego frame, metres)
};

enum class Face { front, back, left, right };
inline constexpr std::size_t face_count = 4;

struct BoxFit {
  Box3<Ego> box;
  double confidence = 0.0;             // 0…1: the bird's-eye IoU to be expected
  std::vector<std::uint32_t> points;   // of the cloud, ascending: what the box was fitted to
  std::array<std::size_t, face_count> face_points{};  // of these, by Face: those within 15 cm of it
  std::array<bool, 3> seen{};          // length, width, height: measured, not taken from the prior
  double cost = 0.0;                   // what speaks against it; lower is better
  bool heading_sure = false;           // false: the opposite heading is about as likely
};

BoxFit fit_at_point(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud, std::uint32_t clicked,
                    const FitRequest& request);

}  // namespace sweepmark
