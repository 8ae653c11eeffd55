#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "calibration/projection.hpp"

namespace sweepmark {

namespace {

constexpr std::size_t block_size = 512;

struct Block {
  std::array<double, block_size> x, y, z;
};

// The rigid transform alone, in plain loops over arrays that the compiler turns into vector instructions. The
// cloud's origin is taken into the translation in double precision first.
class BlockTransform {
 public:
  BlockTransform(const PointCloud& cloud, const Pose<Camera, Sensor>& camera_from_cloud)
      : cloud_(cloud),
        rotation_(camera_from_cloud.rotation().toRotationMatrix()),
        shift_(rotation_ * cloud.origin + camera_from_cloud.translation()) {}

  void operator()(std::size_t first, std::size_t count, Block& out) const {
    const Eigen::Matrix3d& r = rotation_;
    row(r(0, 0), r(0, 1), r(0, 2), shift_.x(), first, count, out.x.data());
    row(r(1, 0), r(1, 1), r(1, 2), shift_.y(), first, count, out.y.data());
    row(r(2, 0), r(2, 1), r(2, 2), shift_.z(), first, count, out.z.data());
  }

 private:
  void row(double a, double b, double c, double shift, std::size_t first, std::size_t count,
           double* __restrict out) const {
    const float *x = cloud_.x.data() + first, *y = cloud_.y.data() + first, *z = cloud_.z.data() + first;
    for (std::size_t i = 0; i < count; ++i)
      out[i] = a * static_cast<double>(x[i]) + b * static_cast<double>(y[i]) + c * static_cast<double>(z[i]) +
               shift;
  }

  const PointCloud& cloud_;
  Eigen::Matrix3d rotation_;
  Eigen::Vector3d shift_;
};

// The least depth in each cell of a coarse grid over the image, with a border so that looking round needs no
// checks.
class DepthMap {
 public:
  DepthMap(const CameraIntrinsics& camera, const VisibilityOptions& options)
      : options_(options),
        scale_(std::clamp(options.map_scale, 0.01, 1.0)),
        reach_(reach_of(camera, options)),
        columns_(static_cast<int>(std::ceil(camera.width * scale_)) + 2 * reach_),
        rows_(static_cast<int>(std::ceil(camera.height * scale_)) + 2 * reach_),
        depths_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_),
                std::numeric_limits<float>::infinity()) {}

  void add(const ProjectedPoint& point) {
    float& least = depths_[cell(point)];
    least = std::min(least, point.depth);
  }

  bool hides(const ProjectedPoint& point) const {
    const double depth = point.depth;
    const Sides nearer = sides_nearer_than(
        point, depth - std::max(options_.tolerance_m, options_.tolerance_share * depth), all_round);
    if (nearer.left && nearer.right && nearer.above && nearer.below) return true;
    if (!(nearer.left && nearer.right) && !(nearer.above && nearer.below)) return false;
    // Poles and rails are too thin for that. A road makes a step of half the depth within one cell only out
    // of any lidar's range.
    constexpr double step_m = 1.0, step_share = 0.5;
    const Sides much_nearer =
        sides_nearer_than(point, depth - std::max(step_m, step_share * depth), straight);
    return (much_nearer.left && much_nearer.right) || (much_nearer.above && much_nearer.below);
  }

 private:
  struct Sides {
    bool left = false, right = false, above = false, below = false;
  };
  enum Where { all_round, straight };

  // Far enough to meet the next ring of the lidar, whose rings are about twice as far apart as the points on
  // one.
  static int reach_of(const CameraIntrinsics& camera, const VisibilityOptions& options) {
    const double cells = 2 * options.angular_resolution * std::max(camera.fx, camera.fy) * options.map_scale;
    return std::clamp(static_cast<int>(std::ceil(std::min(cells, 8.0))), 1, 8);
  }

  std::size_t cell(const ProjectedPoint& point) const {
    const int column =
        std::clamp(static_cast<int>((point.u + 0.5f) * scale_), 0, columns_ - 2 * reach_ - 1) + reach_;
    const int row =
        std::clamp(static_cast<int>((point.v + 0.5f) * scale_), 0, rows_ - 2 * reach_ - 1) + reach_;
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
  }

  // All round: the surroundings parted by their diagonals, which belong to both sides. Straight: the row and
  // the column alone.
  Sides sides_nearer_than(const ProjectedPoint& point, double limit, Where where) const {
    Sides sides;
    const float* centre = depths_.data() + cell(point);
    for (int dy = -reach_; dy <= reach_; ++dy)
      for (int dx = -reach_; dx <= reach_; ++dx) {
        if (!(centre[static_cast<std::ptrdiff_t>(dy) * columns_ + dx] < limit)) continue;
        const bool across = where == all_round ? std::abs(dx) >= std::abs(dy) : dy == 0;
        const bool along = where == all_round ? std::abs(dy) >= std::abs(dx) : dx == 0;
        sides.left |= across && dx < 0;
        sides.right |= across && dx > 0;
        sides.above |= along && dy < 0;
        sides.below |= along && dy > 0;
      }
    return sides;
  }

  VisibilityOptions options_;
  double scale_;
  int reach_;
  int columns_, rows_;
  std::vector<float> depths_;
};

std::vector<ProjectedPoint> points_in_image(const PointCloud& cloud,
                                            const Pose<Camera, Sensor>& camera_from_cloud,
                                            const CameraModel& model) {
  const bool pinhole = model.intrinsics().model == LensModel::pinhole;
  const BlockTransform transform(cloud, camera_from_cloud);
  std::vector<ProjectedPoint> points;
  Block block;
  for (std::size_t first = 0; first < cloud.size(); first += block_size) {
    const std::size_t count = std::min(block_size, cloud.size() - first);
    transform(first, count, block);
    for (std::size_t i = 0; i < count; ++i) {
      const Point<Camera> point(block.x[i], block.y[i], block.z[i]);
      if (pinhole && point.z() <= 0) continue;
      const auto pixel = model.pixel_from(point);
      if (!pixel || !model.in_image(*pixel)) continue;
      points.push_back({static_cast<std::uint32_t>(first + i), static_cast<float>(pixel->x()),
                        static_cast<float>(pixel->y()),
                        static_cast<float>(pinhole ? point.z() : point.metres.norm()), true});
    }
  }
  return points;
}

}  // namespace

std::vector<ProjectedPoint> project_cloud(const PointCloud& cloud,
                                          const Pose<Camera, Sensor>& camera_from_cloud,
                                          const CameraModel& model, const VisibilityOptions& options) {
  std::vector<ProjectedPoint> points = points_in_image(cloud, camera_from_cloud, model);
  DepthMap nearest(model.intrinsics(), options);
  for (const ProjectedPoint& point : points) nearest.add(point);
  for (ProjectedPoint& point : points) point.visible = !nearest.hides(point);
  return points;
}

}  // namespace sweepmark
