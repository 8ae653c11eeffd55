// Lenses as cameras in the field have them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "calibration/camera_model.hpp"

namespace sweepmark::test {

struct NamedLens {
  std::string name;
  CameraIntrinsics intrinsics;
};

inline std::vector<NamedLens> lenses() {
  const auto pinhole = [](std::vector<double> distortion) {
    return CameraIntrinsics{LensModel::pinhole, 1280, 960, 700, 710, 655.3, 470.8, std::move(distortion)};
  };
  const auto fisheye = [](std::vector<double> distortion) {
    return CameraIntrinsics{LensModel::kannala_brandt, 1280, 960, 330, 331, 640.2, 481.7,
                            std::move(distortion)};
  };
  return {{"none", pinhole({})},
          {"four", pinhole({-0.28, 0.07, 0.0012, -0.0004})},
          {"five", pinhole({-0.3728755, 0.2037299, 0.002219027, 0.001383707,
                            -0.07233722})},  // KITTI raw, camera 0; ends within the image
          {"pincushion", pinhole({0.12, 0.03, -0.0008, 0.0005, 0.01})},
          {"rational", pinhole({2.41, 1.02, 0.0002, -0.0001, 0.031, 2.78, 1.87, 0.21})},
          {"fisheye", fisheye({-0.012, 0.021, -0.019, 0.0046})},
          {"wide_fisheye", fisheye({0.08, -0.012, 0.003, -0.0006})}};
}

inline CameraModel model_of(const CameraIntrinsics& intrinsics) {
  auto model = CameraModel::from(intrinsics);
  if (!model) {
    ADD_FAILURE() << to_string(model.error());
    std::abort();
  }
  return *model;
}

}  // namespace sweepmark::test
