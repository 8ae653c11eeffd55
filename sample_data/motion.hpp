// How things move in the sample scene: along a path, at a speed, both in closed form, so that truth is exact
// at any moment.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace sweepmark::sample {

// Where something is on the ground plane. Metres, radians.
struct PlanarState {
  Eigen::Vector2d position = Eigen::Vector2d::Zero();
  double heading = 0.0;  // about z from the x axis
};

// One stretch of a path: straight where `turn` is 0, otherwise a bend whose curvature rises and falls as a
// parabola, as a driver turns the wheel there and back. Heading and curvature are continuous from stretch to
// stretch.
struct Stretch {
  double length = 0.0;  // metres, positive
  double turn = 0.0;    // radians, left positive
};

// A plane curve by arc length; beyond its ends it goes straight on.
class Path {
 public:
  Path() = default;
  Path(PlanarState start, std::vector<Stretch> stretches);

  PlanarState at(double arc_length) const;
  double length() const { return length_; }

 private:
  double heading_at(double arc_length) const;

  PlanarState start_;
  std::vector<Stretch> stretches_;
  std::vector<Eigen::Vector2d> samples_;  // positions every `step` metres
  double length_ = 0.0;
};

// The chord of a bend of the given length and turn that starts at the origin along x.
Eigen::Vector2d bend_displacement(Stretch bend);

// Speeds at moments; between them speed changes as a cubic with no jerk at the ends, so distance is a
// quartic.
struct SpeedKnot {
  double time = 0.0;   // seconds
  double speed = 0.0;  // metres a second
};
class SpeedProfile {
 public:
  SpeedProfile() = default;
  explicit SpeedProfile(std::vector<SpeedKnot> knots) : knots_(std::move(knots)) {}

  double speed_at(double time) const;
  // Metres gone since the first knot; negative before it.
  double distance_at(double time) const;

 private:
  std::vector<SpeedKnot> knots_;  // by time; constant speed outside
};

struct Motion {
  Path path;
  SpeedProfile speed;
  double first_arc = 0.0;  // metres along the path at the first knot's time

  double arc_at(double time) const { return first_arc + speed.distance_at(time); }
  PlanarState at(double time) const { return path.at(arc_at(time)); }
};

Motion standing(const PlanarState& where);

}  // namespace sweepmark::sample
