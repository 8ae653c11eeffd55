#include "benchmarks/frame_benchmarks.hpp"
#include "render/opengl/backends.hpp"

namespace sweepmark::bench {

namespace {

void measure_backend(benchmark::State& state, const CloudCase& wanted, PointBackend* backend) {
  if (!backend) return state.SkipWithError("the shaders do not build here");
  const std::shared_ptr<const PointCloud> cloud = cloud_of(wanted);
  if (!cloud) return state.SkipWithError("the cloud cannot be read");
  const std::vector<ScenePoints> scene = {{cloud, Eigen::Matrix4d::Identity(), nullptr}};
  PointStyle style;
  style.size_px = point_size_px;
  const bool by_gl = backend->name() == "opengl";
  measure_frames(state, camera_over(*cloud), [&](const ViewCamera& camera) {
    backend->draw(scene, style, camera, viewport);
    if (by_gl) glFinish();
  });
}

}  // namespace

void register_software_frame(const CloudCase& cloud) {
  benchmark::RegisterBenchmark(
      ("frame/software/" + cloud.name).c_str(),
      [cloud](benchmark::State& state) { measure_backend(state, cloud, make_software_backend().get()); })
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}

void register_opengl_frame(const CloudCase& cloud, test::HiddenGlWindow& window) {
  benchmark::RegisterBenchmark(("frame/opengl/" + cloud.name).c_str(),
                               [cloud, &window](benchmark::State& state) {
                                 window.make_current();  // VTK leaves its own
                                 measure_backend(state, cloud, make_opengl_backend().get());
                               })
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}

}  // namespace sweepmark::bench
