// How good estimated ego motion is: against recorded poses, or, where there are none, against itself.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/base/progress.hpp"
#include "core/drive/drive.hpp"

namespace sweepmark {

struct OdometryDrift {
  double length_m = 0.0;     // of the recorded path
  double end_error_m = 0.0;  // at the last moment, the first poses laid on each other
  // Over all stretches of the path of each of `segment_lengths_m`, beginning at each moment: how far off the
  // end of the stretch is where its beginnings are laid on each other, by the stretch's length (Geiger et
  // al., "Are we ready for autonomous driving? The KITTI vision benchmark suite", CVPR 2012). Zero where the
  // path is shorter than the shortest stretch.
  std::vector<double> segment_lengths_m;
  double drift_percent = 0.0;
  double rotation_deg_per_m = 0.0;
  // From each moment to the next: root of the mean square.
  double rpe_trans_m = 0.0, rpe_rot_deg = 0.0;
};

// KITTI's stretches (100, 200 … 800 m) where one fits, otherwise 5, 10, 20 and 50 m, as many as fit.
std::vector<double> segment_lengths_for(double length_m);

// At the given moments, ascending.
OdometryDrift odometry_drift(const Trajectory& estimated, const Trajectory& recorded,
                             std::span<const TimestampNs> moments);

// The tracks with at least five boxes whose first and last centre are within a metre of each other in the
// world of `trajectory`.
std::set<std::string> standing_tracks(const std::vector<TruthBox>& truth, const Trajectory& trajectory);

struct StandingScatter {
  std::size_t tracks = 0, boxes = 0;
  double rms_m = 0.0;  // distance of a box's centre from the mean of its track's, seen from above
};
// What stands should stay where it is in the world: of the tracks named. Holds the annotators' own scatter
// too.
StandingScatter standing_scatter(const std::vector<TruthBox>& truth, const Trajectory& trajectory,
                                 const std::set<std::string>& tracks);

struct MapThickness {
  std::size_t cubes = 0;  // that hold enough points to tell
  double median_m = 0.0;
};
// All sweeps laid together in the world: how thick surfaces come out, as the root of the least eigenvalue of
// the points' covariance in each cube of half a metre with 50 points and more (mean plane variance of Razlaw
// et al., "Evaluation of registration methods for sparse 3D laser scans", ECMR 2015, with the median for the
// mean and within 40 m of the vehicle). Poses that are off make it grow; so do edges and leaves, alike for
// all poses. Sweeps that cannot be read are left out.
Result<MapThickness> map_thickness(const Drive& drive, const Trajectory& trajectory,
                                   const Progress& progress = {});

}  // namespace sweepmark
