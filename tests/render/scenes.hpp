// Small scenes and cameras for tests of drawing.
#pragma once

#include <cmath>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "render/point_backend.hpp"

namespace sweepmark::test {

// A camera that looks straight down at the world's zero from 100 m, orthographic, where a pixel is a metre:
// the point (x, y, z) of the world lies at pixel (width/2 − y, height/2 − x), depth 100 − z.
inline ViewCamera metre_per_pixel_from_above(Viewport viewport) {
  ViewCamera camera;
  camera.pitch = -1.5707963267948966;
  camera.orthographic = true;
  camera.distance = 100.0;
  camera.vertical_fov = 2.0 * std::atan(0.5 * viewport.height / camera.distance);
  return camera;
}

// The place in the world whose pixel, under that camera, is the middle of (column, row).
inline Eigen::Vector3f under_pixel(int column, int row, float z, Viewport viewport) {
  return {0.5f * static_cast<float>(viewport.height) - static_cast<float>(row) - 0.5f,
          0.5f * static_cast<float>(viewport.width) - static_cast<float>(column) - 0.5f, z};
}

inline std::shared_ptr<PointCloud> cloud_of(const std::vector<Eigen::Vector3f>& points) {
  auto cloud = std::make_shared<PointCloud>();
  for (const Eigen::Vector3f& p : points) {
    cloud->x.push_back(p.x());
    cloud->y.push_back(p.y());
    cloud->z.push_back(p.z());
  }
  return cloud;
}

// A cloud whose frame is the world's.
inline ScenePoints placed(std::shared_ptr<const PointCloud> cloud) {
  ScenePoints points;
  points.cloud = std::move(cloud);
  return points;
}

// Points all about a vehicle as a spinning lidar meets them, with intensity (float) and ring (uint8).
inline std::shared_ptr<PointCloud> random_sweep(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> angle(0.0f, 6.2831853f), share(0.0f, 1.0f);
  auto cloud = std::make_shared<PointCloud>();
  std::vector<float> intensity;
  std::vector<std::uint8_t> ring;
  for (std::size_t i = 0; i < count; ++i) {
    const float a = angle(random), range = 2.0f + 60.0f * share(random) * share(random);
    cloud->x.push_back(range * std::cos(a));
    cloud->y.push_back(range * std::sin(a));
    cloud->z.push_back(-1.7f + 6.0f * share(random) * share(random) * share(random));
    intensity.push_back(share(random));
    ring.push_back(static_cast<std::uint8_t>(64.0f * share(random)));
  }
  cloud->channels = {{"intensity", std::move(intensity)}, {"ring", std::move(ring)}};
  return cloud;
}

}  // namespace sweepmark::test
