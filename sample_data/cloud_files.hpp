// A sweep as the bytes of its files.
#pragma once

#include <span>
#include <string>

#include "sample_data/lidar.hpp"

namespace sweepmark::sample {

// Binary PCD: x y z float, intensity and ring one byte, time float.
std::string pcd_bytes(std::span<const SweepPoint> points);
// SemanticKITTI's .label: a little-endian uint32 for each point, class in the low half, instance in the high
// half.
std::string label_bytes(std::span<const SweepPoint> points);

}  // namespace sweepmark::sample
