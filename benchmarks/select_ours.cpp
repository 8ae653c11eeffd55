#include <cmath>
#include <numbers>
#include <string>

#include "benchmarks/select_benchmarks.hpp"
#include "render/screen_select.hpp"

namespace sweepmark::bench {

namespace {

const Eigen::Vector2d middle(0.5 * viewport.width, 0.5 * viewport.height);

PixelMask brush() {
  return PixelMask::disc(viewport, middle, 30.0);
}
PixelMask rectangle() {
  const Eigen::Vector2d half = 0.5 * rectangle_share * Eigen::Vector2d(viewport.width, viewport.height);
  return PixelMask::rectangle(viewport, middle - half, middle + half);
}
// A hand's line round half of the picture, three hundred corners.
PixelMask lasso() {
  std::vector<Eigen::Vector2d> corners;
  for (int i = 0; i < 300; ++i) {
    const double angle = 2.0 * std::numbers::pi * i / 300.0, radius = 1.0 + 0.2 * std::sin(9.0 * angle);
    corners.push_back(middle + radius * Eigen::Vector2d(430.0 * std::cos(angle), 240.0 * std::sin(angle)));
  }
  return PixelMask::polygon(viewport, corners);
}

std::vector<ScenePoints> scene() {
  static const std::vector<ScenePoints> kept = [] {
    std::vector<ScenePoints> points;
    for (auto& block : make_blocks(select_points)) points.emplace_back().cloud = std::move(block);
    return points;
  }();
  return kept;
}

void measure(benchmark::State& state, PixelMask (*shape)(), bool visible) {
  const std::vector<ScenePoints> points = scene();
  const ViewCamera camera = camera_over(*points[points.size() / 2].cloud);
  ThreadTeam team(0);
  const auto backend = make_software_backend();
  PointStyle style;
  style.size_px = point_size_px;
  backend->draw(points, style, camera, viewport);
  std::size_t chosen = 0;
  for (auto _ : state) {
    const PixelMask mask = shape();
    const auto selected =
        visible ? visible_points_under(*backend, points, mask) : points_under(points, camera, mask, team);
    chosen = 0;
    for (const SelectedPoints& each : selected) chosen += each.count;
  }
  state.counters["chosen"] = static_cast<double>(chosen);
}

}  // namespace

void register_select_ours() {
  const auto add = [](const std::string& name, PixelMask (*shape)(), bool visible) {
    benchmark::RegisterBenchmark((name + std::to_string(select_points)).c_str(),
                                 [=](benchmark::State& state) { measure(state, shape, visible); })
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
  };
  add("select/rectangle/frustum/", rectangle, false);
  add("select/brush/frustum/", brush, false);
  add("select/lasso/frustum/", lasso, false);
  add("select/brush/visible/", brush, true);
  add("select/lasso/visible/", lasso, true);
}

}  // namespace sweepmark::bench
