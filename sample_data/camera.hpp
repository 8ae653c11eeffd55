// The sample vehicle's cameras.
#pragma once

#include <vector>

#include "core/drive/rig.hpp"

namespace sweepmark::sample {

struct SampleCamera {
  CameraSensor sensor;
  double shutter_s = 0.0;  // seconds after the sweep's moment at which its image is taken; at least 0
};

// Front, front left and front right, 1280 × 720, with barrel and a little tangential distortion, each with
// its own shutter.
std::vector<SampleCamera> make_cameras();

}  // namespace sweepmark::sample
