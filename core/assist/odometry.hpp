// The vehicle's motion from its sweeps, for drives that came without poses.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/progress.hpp"
#include "core/base/result.hpp"
#include "core/drive/drive.hpp"

namespace sweepmark {

struct OdometryOptions {
  double voxel_m = 0.5;      // edge of the cubes of the local map
  double min_range_m = 2.5;  // points nearer to the vehicle's origin are taken to be its own body
  double max_range_m = 100;  // of the points used; the local map reaches as far
};

// How a sweep's pose came about.
struct OdometryStep {
  std::size_t sweep = 0;
  // From the neighbours' motion, because the sweep could not be read or met too little of the map.
  bool bridged = false;
  // Less than a few surfaces hold it in some direction (an empty plain, a bare tunnel), so that there the
  // motion of before was kept; or surfaces across the motion do not bear the match out, or bear out another
  // place nearly as well.
  bool unsure = false;
  std::size_t matched = 0;       // surfels of the sweep that met the map
  double matched_share = 0.0;    // of its surfels
  double residual_m = 0.0;       // median distance from the map's surfaces
  double supported_share = 0.0;  // of what the surfaces could hold, in the direction where it is least
};

struct Odometry {
  Trajectory
      trajectory;  // estimated; a pose a sweep; the world is the vehicle's frame at the first sweep used
  std::vector<OdometryStep> steps;    // one a sweep, in their order
  std::vector<std::string> warnings;  // what was bridged and why, by file
};

// Each sweep, as it was recorded, is aligned with a local map of those before it, from where constant
// velocity puts it; how far that guess has been off lately decides how coarse to begin (after Vizzo et al.,
// KISS-ICP, RA-L 2023: prediction, deskewing, adaptive threshold, local map; the alignment is that of
// registration_align.hpp). Where the drive's points are as measured, each is first moved by the vehicle's own
// motion, once as guessed and once more as found. The first step, and those after gaps or unsure ones, are
// looked for over speeds from -5 to 45 m/s where the guess leads nowhere (registration_search.hpp). Sweeps
// that cannot be read or aligned, or that surfaces across the motion bear out nowhere, are bridged by the
// motion about them and named. Recorded poses of the drive are not looked at. The same program gives the same
// poses for the same drive, bit for bit, on any number of cores: one thread, sums in a fixed order. Other
// compilers and libraries may round differently.
//
// Fails where no sweep has points or `progress` is cancelled.
Result<Odometry> estimate_ego_motion(const Drive& drive, const OdometryOptions& options = {},
                                     const Progress& progress = {});

}  // namespace sweepmark
