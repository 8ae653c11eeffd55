// Camera images of the sample scene.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.hpp"
#include "core/drive/rig.hpp"
#include "sample_data/scene.hpp"

namespace sweepmark::sample {

// Rows from the top, three bytes a pixel: blue, green, red.
struct BgrImage {
  int width = 0, height = 0;
  std::vector<std::uint8_t> bytes;
};

Result<std::vector<std::uint8_t>> encode_jpeg(const BgrImage& image, int quality = 86);

// From a point towards the sun; unit.
Eigen::Vector3d towards_sun();

// Draws with VTK, so it needs a display (see VirtualDisplay) and belongs to the thread that made it. The
// scene must outlive it.
class CameraRenderer {
 public:
  // `in_shadow` is asked for the vertices of the ground once.
  using ShadowTest = std::function<bool(const Eigen::Vector3d& point, const Eigen::Vector3d& towards_sun)>;
  CameraRenderer(const Scene& scene, const ShadowTest& in_shadow);
  ~CameraRenderer();
  CameraRenderer(const CameraRenderer&) = delete;
  CameraRenderer& operator=(const CameraRenderer&) = delete;

  // The scene at `time` through the camera's lens. `without`: an object to leave out, by its number in
  // Scene::objects. A pinhole drawing of a wider view is bent to the lens by resampling: pixel (u, v) of the
  // image shows the ray that cv::undistortPoints finds for it.
  BgrImage render(const CameraSensor& camera, double time, std::optional<std::size_t> without = {});

 private:
  struct Stage;
  std::unique_ptr<Stage> stage_;
};

}  // namespace sweepmark::sample
