// From a pinhole drawing to the picture a real lens takes of the same view.
#pragma once

#include <opencv2/core.hpp>

#include "core/drive/rig.hpp"

namespace sweepmark::sample {

// A pinhole view without distortion, symmetric about the optical axis and wide enough for every pixel of a
// lens.
struct Canvas {
  int width = 0, height = 0;
  double focal = 0;      // pixels
  cv::Mat map_x, map_y;  // for cv::remap: where in the canvas each pixel of the lens's image looks
};
Canvas canvas_for(const CameraIntrinsics& lens);

}  // namespace sweepmark::sample
