// Whether what stands across a motion bears a match out, where all that lies along it would fit anyway.
#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <span>

#include "core/assist/registration_align.hpp"

namespace sweepmark {

inline constexpr double least_flatness = 0.05;  // of a surfel that may be matched

// The nearest surfel that looks the same way as `normal`, among the eight cubes whose common corner is
// nearest to the place; nullptr where there is none. Both in the target's frame.
const Surfel* nearest_surfel(const SurfelMap& target, const Eigen::Vector3d& place,
                             const Eigen::Vector3d& normal);

struct Support {
  // Of what the source's surfaces could hold, the share that lies on the target's, in the direction where it
  // is least: 0…1. Ground and fronts along a street fit at every place along it; then this share is that of
  // the surfaces across.
  double share = 0.0;
  double asked = 0.0;  // flat surfels' worth of surfaces that face the direction which fewest face
};

// A surfel supports by a Geman–McClure kernel a fifth of a cube wide; one that meets nothing does not.
Support support_of(const SurfelMap& target, std::span<const Surfel> source,
                   const Eigen::Isometry3d& target_from_source);

// With less asked than this, or a match that holds some direction with fewer pairs, surfaces say too little.
inline constexpr double fewest_surfaces = 20.0;

// How firmly a match holds its weakest direction while the rotation may give way, in pairs: the least
// eigenvalue of the Schur complement of the rotation.
double weakest_hold(const Matrix6& hessian);

}  // namespace sweepmark
