// Sweeps projected into camera images, on a thread of their own: for the sweep in view first, then for those
// that the hand is likely to go to next. No ImGui, no GL.
#pragma once

#include <array>
#include <compare>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "calibration/projection.hpp"
#include "core/drive/cache.hpp"
#include "core/drive/drive.hpp"

namespace sweepmark::gui {

// A sweep's points in one image.
class ImageProjection {
 public:
  explicit ImageProjection(std::vector<ProjectedPoint> points);

  const std::vector<ProjectedPoint>& points() const { return points_; }  // in cloud order
  double near_depth() const { return near_; }  // 2 % of the points are nearer, 2 % farther than these
  double far_depth() const { return far_; }
  // The point seen nearest to a pixel, within `radius` image pixels; hidden ones only where asked for.
  const ProjectedPoint* nearest(double u, double v, double radius, bool hidden_too) const;
  // Where a point of the cloud is seen; null where it is not.
  const ProjectedPoint* of(std::uint32_t cloud_index) const;
  std::size_t bytes() const { return points_.capacity() * sizeof(ProjectedPoint); }

 private:
  std::vector<ProjectedPoint> points_;
  double near_ = 1, far_ = 60;
};

// All that a projection follows from.
struct ProjectionKey {
  std::size_t sweep = 0;
  SensorId camera;
  int width = 0, height = 0;                      // of the stored image
  std::array<double, 16> camera_from_cloud = {};  // column by column
  auto operator<=>(const ProjectionKey&) const = default;
};

// Made with a drive and used on the window's thread, but for what its own thread does.
class ImageProjector {
 public:
  using Sweeps = Cache<std::size_t, PointCloud>;
  using Loaded = std::shared_ptr<const ImageProjection>;

  // Both must outlive it. `wake` is called from its thread after each projection.
  ImageProjector(const Drive& drive, Sweeps& sweeps, std::size_t bytes_limit, std::function<void()> wake);

  // The lens of a camera for images of a size. Empty: not calibrated, or a calibration that makes no sense.
  // Cheap: lenses whose size the drive tells are worked out once. Thread-safe.
  std::optional<CameraModel> lens(const CameraSensor& camera, int width, int height) const;

  // What was asked for and is there by now; null otherwise, and where the sweep cannot be read.
  Loaded peek(const ProjectionKey& key);
  // The same, worked out now where it is not there yet. Thread-safe.
  Loaded get(const ProjectionKey& key);
  // Replaces what was asked for before. The sweeps of what lies `ahead` should be loaded: they are waited
  // for otherwise.
  void want(const std::vector<ProjectionKey>& in_view, const std::vector<ProjectionKey>& ahead);
  bool all_in_view_loaded();
  std::size_t in_view_loaded() const { return cache_.essentials_loaded(); }

 private:
  Result<ImageProjection> project(const ProjectionKey& key) const;

  const Drive& drive_;
  Sweeps& sweeps_;
  std::map<SensorId, CameraModel> lenses_;
  std::vector<ProjectionKey> in_view_, ahead_;
  Cache<ProjectionKey, ImageProjection> cache_;  // last: its thread uses the rest
};

}  // namespace sweepmark::gui
