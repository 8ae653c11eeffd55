#include "sample_data/lens.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/calib3d.hpp>

namespace sweepmark::sample {

Canvas canvas_for(const CameraIntrinsics& lens) {
  std::vector<cv::Point2d> pixels;
  for (int v = 0; v < lens.height; ++v) {
    for (int u = 0; u < lens.width; ++u) pixels.emplace_back(u, v);
  }
  const cv::Matx33d k(lens.fx, 0, lens.cx, 0, lens.fy, lens.cy, 0, 0, 1);
  // Each step leaves a fraction of the error that is about the distortion's own size; 25 leave nothing for
  // lenses as mild as these.
  const cv::TermCriteria to_convergence(cv::TermCriteria::COUNT, 25, 0.0);
  std::vector<cv::Point2d> rays;
  cv::undistortPoints(pixels, rays, k, lens.distortion, cv::noArray(), cv::noArray(), to_convergence);
  cv::Point2d widest;
  for (const cv::Point2d& ray : rays)
    widest = {std::max(widest.x, std::abs(ray.x)), std::max(widest.y, std::abs(ray.y))};
  Canvas canvas;
  constexpr double finer = 1.25;  // softens the steps of slanted edges when the canvas is resampled
  canvas.focal = finer * std::max(lens.fx, lens.fy);
  canvas.width = 2 * static_cast<int>(std::ceil(canvas.focal * widest.x)) + 4;
  canvas.height = 2 * static_cast<int>(std::ceil(canvas.focal * widest.y)) + 4;
  canvas.map_x.create(lens.height, lens.width, CV_32F);
  canvas.map_y.create(lens.height, lens.width, CV_32F);
  // Pixel (0, 0) is the middle of the upper left pixel, in the canvas as in the lens's image.
  for (std::size_t i = 0; i < rays.size(); ++i) {
    canvas.map_x.ptr<float>()[i] = static_cast<float>(canvas.focal * rays[i].x + 0.5 * (canvas.width - 1));
    canvas.map_y.ptr<float>()[i] = static_cast<float>(canvas.focal * rays[i].y + 0.5 * (canvas.height - 1));
  }
  return canvas;
}

}  // namespace sweepmark::sample
