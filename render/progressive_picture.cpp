#include "render/progressive_picture.hpp"

#include <chrono>

namespace sweepmark {

ProgressivePicture::ProgressivePicture(std::unique_ptr<PointBackend> backend, double seconds)
    : backend_(std::move(backend)), budget_(seconds) {}

Drawn ProgressivePicture::draw(Scene scene, const PointStyle& style, const ViewCamera& camera,
                               Viewport viewport, Meshes meshes) {
  const PictureKey::Sameness same = key_.compare(scene, style, camera, viewport, meshes);
  if (same != PictureKey::Sameness::same) key_ = PictureKey(scene, style, camera, viewport, meshes);
  switch (same) {
    case PictureKey::Sameness::different:
      plan_ = DetailPlan(scene, camera, viewport);
      return drawn_ = add_slice(scene, style, camera, viewport, meshes, false);
    case PictureKey::Sameness::recoloured:
      return drawn_ = recolour(scene, style, camera, viewport, meshes);
    case PictureKey::Sameness::longer:
      lengthen(scene, camera, viewport);
      break;
    case PictureKey::Sameness::same:
      break;
  }
  if (plan_.complete()) return drawn_;
  return drawn_ = add_slice(scene, style, camera, viewport, meshes, true);
}

void ProgressivePicture::lengthen(Scene scene, const ViewCamera& camera, Viewport viewport) {
  DetailPlan longer(scene, camera, viewport);
  longer.resume(plan_);
  plan_ = std::move(longer);
}

Drawn ProgressivePicture::recolour(Scene scene, const PointStyle& style, const ViewCamera& camera,
                                   Viewport viewport, Meshes meshes) {
  const std::vector<SceneRun> runs = backend_->colours_at_end() ? std::vector<SceneRun>() : plan_.so_far();
  return backend_->draw(scene, style, camera, viewport,
                        {std::span(runs), backend_->colours_at_end(), meshes});
}

Drawn ProgressivePicture::add_slice(Scene scene, const PointStyle& style, const ViewCamera& camera,
                                    Viewport viewport, Meshes meshes, bool add) {
  using Clock = std::chrono::steady_clock;
  const std::size_t before = plan_.handed_out();
  const std::vector<SceneRun> runs = plan_.next(budget_.points());
  const Clock::time_point begin = Clock::now();
  const Drawn drawn = backend_->draw(scene, style, camera, viewport, {std::span(runs), add, meshes});
  budget_.record(plan_.handed_out() - before, std::chrono::duration<double>(Clock::now() - begin).count());
  return drawn;
}

}  // namespace sweepmark
