// A track's boxes between its keyframes, held to the points of their sweeps where these speak.
#pragma once

#include <vector>

#include "core/assist/propagate.hpp"

namespace sweepmark {

struct RefitOptions {
  bool rigid = true;      // false: its shape changes from sweep to sweep (a pedestrian)
  bool standing = false;  // known never to move in the world; otherwise the keyframes tell
};

// A proposal for every sweep between the first and the last keyframe that stands, but at those keyframes, in
// absences and where sweeps cannot be told from keyframes; keyframes of Origin::automatic are not taken to
// stand and are proposed anew. Keyframes that stand are never moved, and are all that the result depends on
// besides sweeps and poses.
//
// The curve of interpolate.hpp is the prior. How far the object strays from it — along, across, up and in
// heading, in the box's own axes — is taken for a process of white acceleration noise that is zero, within
// what people place wrongly, at every keyframe. Each sweep is matched under that prior
// (object_registration.hpp) to the points seen at the keyframes, all taken to the moments of their sweeps
// along the curve where points carry time. What the points alone say enters a Kalman filter in information
// form, so that directions they leave open stay with the motion; a Rauch–Tung–Striebel pass back (1965) lets
// every sweep between two keyframes speak for its neighbours. How unsteady the object is there and how well
// the keyframes are placed is what makes the sweeps likeliest (stray_likeliest.hpp). A match that contradicts
// the prior beyond four deviations is not believed. Of an object that stands all sweeps speak for nearly one
// box; the points of one that changes its shape do not turn it.
//
// `confidence` is the probability, after the covariance of the result, that the 3D IoU with the true box is
// at least 0.7, never above 0.98. `points` is 0 where the motion alone was trusted. Errors: cancelled. A
// sweep that cannot be read counts as one in which the object is out of sight.
Result<std::vector<Proposal>> refit_track(const Track& track, const SweepSource& sweeps,
                                          const Trajectory& trajectory, const RefitOptions& options,
                                          const Progress& progress = {});

}  // namespace sweepmark
