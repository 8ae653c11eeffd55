// How fast an object passes through the moments at which it was seen.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

namespace sweepmark {

// Metres in the first three, a rotation vector in radians in the last three.
using Place = Eigen::Matrix<double, 6, 1>;

struct Waypoint {
  double seconds = 0;
  Place place = Place::Zero();
};

// Velocity at each waypoint (per second), times ascending. The object is taken to be pushed about by white
// acceleration noise and seen with a few centimetres of error; a Kalman filter forward and a
// Rauch–Tung–Striebel pass back (1965) give the most probable velocities. Without the error this would be the
// cubic spline through the waypoints (Wahba 1978); with it, close waypoints are averaged instead of having
// their jitter differentiated. One waypoint has velocity zero.
std::vector<Place> smoothed_velocities(std::span<const Waypoint> waypoints);

}  // namespace sweepmark
