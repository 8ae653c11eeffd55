// A sweep as what its files hold.
#pragma once

#include <span>
#include <string>

#include "core/cloud/point_cloud.hpp"
#include "sample_data/lidar.hpp"

namespace sweepmark::sample {

// In the sensor's frame, with the channels intensity and ring (one byte each) and time (float).
PointCloud cloud_of(std::span<const SweepPoint> points);
// SemanticKITTI's .label: a little-endian uint32 for each point, class in the low half, instance in the high
// half.
std::string label_bytes(std::span<const SweepPoint> points);

}  // namespace sweepmark::sample
