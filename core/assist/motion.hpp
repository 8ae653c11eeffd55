// How fast an object passes through the moments at which it was seen.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

namespace sweepmark {

struct Waypoint {
  double seconds = 0;
  Eigen::Vector3d place = Eigen::Vector3d::Zero();  // metres
  double heading = 0;  // radians about z; unwrapped: each within half a turn of the one before
};

// Velocity at each waypoint (metres per second), times ascending. The object is taken to be pushed about by
// white acceleration noise and seen with a few centimetres of error; a Kalman filter forward and a
// Rauch–Tung–Striebel pass back (1965) give the most probable velocities. Without the error this would be the
// cubic spline through the waypoints (Wahba 1978); with it, close waypoints are averaged instead of having
// their jitter differentiated. One waypoint has velocity zero.
//
// With `on_wheels` it also goes about where it is headed: at each waypoint its speed across the heading is
// seen to be zero within what tyres slip, corners swing out and headings are placed wrong by (the
// non-holonomic constraint as a pseudo-measurement, after Dissanayake et al., T-RA 2001). That tells most
// where waypoints are seconds apart.
std::vector<Eigen::Vector3d> smoothed_velocities(std::span<const Waypoint> waypoints, bool on_wheels);

// Rate of the heading at each waypoint (radians per second) for a cubic Hermite curve that turns only between
// the headings it is given: zero where the turn changes its sense or stops, else the weighted harmonic mean
// of the rates before and after (Fritsch & Butland 1984; weights for uneven spacing after Brodlie). What goes
// straight before and after a turn does not swing back for it, as it would along a spline.
std::vector<double> monotone_turn_rates(std::span<const Waypoint> waypoints);

}  // namespace sweepmark
