// A spinning lidar measures while the vehicle drives. Deskewing takes every point from where the sensor was
// at the point's own moment to where it was at the sweep's, by the recorded motion of the vehicle.
#pragma once

#include "core/drive/drive.hpp"

namespace sweepmark {

// Points further from their sweep's moment than this carry something else in "time" (an absolute time, a
// count), and stay where they are; so do those of a sweep further than this from every pose.
inline constexpr double deskew_reach_s = 1.0;

// Moves the points of a sweep, which are in its sensor's frame at the moment `time` of each ("time" channel,
// seconds relative to `moment`), to that frame at `moment`. Between two poses, and beyond the first and the
// last, the vehicle keeps a constant twist: it goes along a screw. Rows, their order and all channels stay.
// Does nothing where there is no "time" channel or fewer than two poses. Things that move themselves keep
// the skew of their own motion.
//
// Constant velocity within a sweep: Vizzo et al., KISS-ICP, RA-L 2023, section III-A.
void deskew(PointCloud& sweep, const Trajectory& trajectory, TimestampNs moment,
            const Pose<Ego, Sensor>& ego_from_sensor);

// Makes read_sweep hand out deskewed sweeps where the drive says that its points are as measured and has
// recorded poses; read_recorded_sweep goes on handing out what is recorded.
void deskew_when_reading(Drive& drive);

}  // namespace sweepmark
