#include "app/gui/image_projection.hpp"

#include <algorithm>
#include <utility>

namespace sweepmark::gui {

namespace {

CameraIntrinsics with_size(CameraIntrinsics intrinsics, int width, int height) {
  if (intrinsics.width <= 0) intrinsics.width = width;
  if (intrinsics.height <= 0) intrinsics.height = height;
  return intrinsics;
}

}  // namespace

ImageProjection::ImageProjection(std::vector<ProjectedPoint> points) : points_(std::move(points)) {
  if (points_.empty()) return;
  std::vector<float> depths(points_.size());
  std::ranges::transform(points_, depths.begin(), &ProjectedPoint::depth);
  const auto at_share = [&depths](double share) {
    const auto nth =
        depths.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(depths.size() - 1));
    std::nth_element(depths.begin(), nth, depths.end());
    return static_cast<double>(*nth);
  };
  near_ = at_share(0.02);
  far_ = std::max(near_ + 1.0, at_share(0.98));
}

const ProjectedPoint* ImageProjection::nearest(double u, double v, double radius, bool hidden_too) const {
  const ProjectedPoint* best = nullptr;
  double best_squared = radius * radius;
  for (const ProjectedPoint& p : points_) {
    const double du = p.u - u, dv = p.v - v, squared = du * du + dv * dv;
    if (squared >= best_squared || (!p.visible && !hidden_too)) continue;
    best = &p;
    best_squared = squared;
  }
  return best;
}

const ProjectedPoint* ImageProjection::of(std::uint32_t cloud_index) const {
  const auto found = std::ranges::lower_bound(points_, cloud_index, {}, &ProjectedPoint::index);
  return found != points_.end() && found->index == cloud_index ? &*found : nullptr;
}

ImageProjector::ImageProjector(const Drive& drive, Sweeps& sweeps, std::size_t bytes_limit,
                               std::function<void()> wake)
    : drive_(drive),
      sweeps_(sweeps),
      cache_([this](const ProjectionKey& key) { return project(key); }, bytes_limit, 1, std::move(wake)) {
  for (const CameraSensor& camera : drive.rig.cameras()) {
    const CameraIntrinsics& intrinsics = camera.intrinsics;
    if (!camera.calibrated || intrinsics.width <= 0 || intrinsics.height <= 0) continue;
    if (auto model = CameraModel::from(intrinsics)) lenses_.emplace(camera.id, std::move(*model));
  }
}

std::optional<CameraModel> ImageProjector::lens(const CameraSensor& camera, int width, int height) const {
  if (!camera.calibrated) return std::nullopt;
  if (const auto known = lenses_.find(camera.id); known != lenses_.end()) return known->second;
  auto model = CameraModel::from(with_size(camera.intrinsics, width, height));
  return model ? std::optional(std::move(*model)) : std::nullopt;
}

Result<ImageProjection> ImageProjector::project(const ProjectionKey& key) const {
  const CameraSensor* const camera = drive_.rig.camera(key.camera);
  const auto model = camera ? lens(*camera, key.width, key.height) : std::nullopt;
  if (!model) return fail(ErrorCode::unsupported, "the camera " + key.camera.value + " has no lens model");
  SWEEPMARK_TRY(cloud, sweeps_.get(key.sweep));
  const Eigen::Map<const Eigen::Matrix4d> camera_from_cloud(key.camera_from_cloud.data());
  return ImageProjection(project_cloud(*cloud, Pose<Camera, Sensor>::from_matrix(camera_from_cloud), *model));
}

ImageProjector::Loaded ImageProjector::peek(const ProjectionKey& key) {
  const auto loaded = cache_.peek(key);
  return loaded && *loaded ? **loaded : nullptr;
}

ImageProjector::Loaded ImageProjector::get(const ProjectionKey& key) {
  const auto loaded = cache_.get(key);
  return loaded ? *loaded : nullptr;
}

void ImageProjector::want(const std::vector<ProjectionKey>& in_view,
                          const std::vector<ProjectionKey>& ahead) {
  if (in_view == in_view_ && ahead == ahead_) return;
  in_view_ = in_view;
  ahead_ = ahead;
  cache_.want(in_view, ahead);
}

bool ImageProjector::all_in_view_loaded() {
  return std::ranges::all_of(in_view_,
                             [this](const ProjectionKey& key) { return cache_.peek(key) != nullptr; });
}

}  // namespace sweepmark::gui
