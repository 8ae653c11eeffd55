#include "render/detail_plan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "render/cloud_projection.hpp"

namespace sweepmark {

namespace {

// The largest square a point is drawn as reaches this far beyond its own pixel.
constexpr float reach_px = 8.0f;

struct PixelBounds {
  float left = std::numeric_limits<float>::max(), right = std::numeric_limits<float>::lowest();
  float top = std::numeric_limits<float>::max(), bottom = std::numeric_limits<float>::lowest();

  void take(float u, float v) {
    left = std::min(left, u);
    right = std::max(right, u);
    top = std::min(top, v);
    bottom = std::max(bottom, v);
  }
};

std::uint32_t points_at(double density, float area, float before, std::uint32_t size) {
  const double points = density * area - before;
  return points <= 0.0 ? 0u
                       : static_cast<std::uint32_t>(std::min(std::ceil(points), static_cast<double>(size)));
}

}  // namespace

double projected_area(const Eigen::Vector3f& low, const Eigen::Vector3f& high,
                      const CloudProjection& projection, Viewport viewport) {
  const double whole = static_cast<double>(viewport.width) * viewport.height;
  PixelBounds bounds;
  int ahead = 0, beyond = 0;
  for (int corner = 0; corner < 8; ++corner) {
    const float x = corner & 1 ? high.x() : low.x(), y = corner & 2 ? high.y() : low.y(),
                z = corner & 4 ? high.z() : low.z();
    const float depth = value_at(projection.depth, x, y, z);
    if (depth > projection.far) ++beyond;
    if (depth < projection.near) continue;
    ++ahead;
    const float scale = projection.perspective ? 1.0f / depth : 1.0f;
    bounds.take(value_at(projection.u, x, y, z) * scale, value_at(projection.v, x, y, z) * scale);
  }
  if (ahead == 0 || beyond == 8) return 0.0;
  if (ahead < 8) return whole;
  const float width = static_cast<float>(viewport.width), height = static_cast<float>(viewport.height);
  if (bounds.right < -reach_px || bounds.left > width + reach_px || bounds.bottom < -reach_px ||
      bounds.top > height + reach_px)
    return 0.0;
  const double across = std::clamp(bounds.right, 0.0f, width) - std::clamp(bounds.left, 0.0f, width);
  const double down = std::clamp(bounds.bottom, 0.0f, height) - std::clamp(bounds.top, 0.0f, height);
  return std::max(across, 1.0) * std::max(down, 1.0);
}

DetailPlan::DetailPlan(std::span<const ScenePoints> scene, const ViewCamera& camera, Viewport viewport) {
  for (std::uint32_t i = 0; i < scene.size(); ++i)
    if (scene[i].cloud) add_cloud(i, scene[i], camera, viewport);
}

void DetailPlan::add_cloud(std::uint32_t scene_index, const ScenePoints& points, const ViewCamera& camera,
                           Viewport viewport) {
  const PointCloud& cloud = *points.cloud;
  const auto add = [&](std::uint32_t begin, std::uint32_t end, float area, float before) {
    if (begin == end) return;
    parts_.push_back({scene_index, begin, begin, end, area, before});
    in_view_ += end - begin;
  };
  if (cloud.chunks.empty())
    return add(0, static_cast<std::uint32_t>(cloud.size()), std::numeric_limits<float>::infinity(), 0.0f);
  const CloudProjection projection =
      cloud_projection(cloud.origin, points.world_from_cloud, camera, viewport, 0.0);
  for (const CloudChunk& chunk : cloud.chunks) {
    const double area = projected_area(chunk.low, chunk.high, projection, viewport);
    if (area > 0.0) add(chunk.begin, chunk.end, static_cast<float>(area), static_cast<float>(chunk.before));
  }
}

std::vector<SceneRun> DetailPlan::so_far() const {
  std::vector<SceneRun> runs;
  for (const Part& part : parts_)
    if (part.next > part.begin) runs.push_back({part.scene_index, part.begin, part.next});
  return runs;
}

void DetailPlan::resume(const DetailPlan& earlier) {
  auto other = earlier.parts_.begin();
  for (Part& part : parts_) {
    const auto place = [](const Part& p) { return std::pair(p.scene_index, p.begin); };
    while (other != earlier.parts_.end() && place(*other) < place(part)) ++other;
    if (other == earlier.parts_.end()) break;
    if (place(*other) != place(part)) continue;
    handed_out_ += other->next - part.next;
    part.next = other->next;
  }
}

std::size_t DetailPlan::handed_out_at(double density) const {
  std::size_t total = 0;
  for (const Part& part : parts_)
    total +=
        std::max(part.next - part.begin, points_at(density, part.area, part.before, part.end - part.begin));
  return total;
}

// By halving the range: the number of points grows with density.
double DetailPlan::density_for(std::size_t handed_out) const {
  double low = std::max(density_, 1e-6), high = 2.0 * low;
  while (handed_out_at(high) < handed_out && high < 1e12) high *= 4.0;
  for (int i = 0; i < 24 && high > 1.001 * low; ++i) {
    const double middle = std::sqrt(low * high);
    (handed_out_at(middle) < handed_out ? low : high) = middle;
  }
  return high;
}

std::vector<SceneRun> DetailPlan::next(std::size_t points) {
  std::vector<SceneRun> runs;
  if (complete()) return runs;
  const bool rest = in_view_ - handed_out_ <= points;
  density_ = rest ? std::numeric_limits<double>::infinity() : density_for(handed_out_ + points);
  for (Part& part : parts_) {
    const std::uint32_t size = part.end - part.begin;
    const std::uint32_t wanted = rest ? size : points_at(density_, part.area, part.before, size);
    if (part.begin + wanted <= part.next) continue;
    runs.push_back({part.scene_index, part.next, part.begin + wanted});
    handed_out_ += part.begin + wanted - part.next;
    part.next = part.begin + wanted;
  }
  return runs;
}

}  // namespace sweepmark
