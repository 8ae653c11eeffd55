#include "app/gui/view_resources.hpp"

#include <epoxy/gl.h>

#include <algorithm>
#include <map>

#include "app/gui/camera_overlays.hpp"
#include "app/gui/view_memory.hpp"
#include "core/drive/labels_by_point.hpp"
#include "render/progressive_picture.hpp"

namespace sweepmark::gui {

namespace {

constexpr std::size_t kept_label_arrays = 4;
// Of a frame, for points: what is left of 33 ms is for the rest of the window.
constexpr double drawing_seconds = 0.018;

unsigned new_texture() {
  unsigned name = 0;
  glGenTextures(1, &name);
  glBindTexture(GL_TEXTURE_2D, name);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  return name;
}

// A texture that changes its content often and its size seldom.
struct PixelTexture {
  unsigned name = 0;
  int width = 0, height = 0;

  void upload(std::span<const std::uint32_t> pixels, int new_width, int new_height) {
    if (name == 0) name = new_texture();
    glBindTexture(GL_TEXTURE_2D, name);
    if (new_width != width || new_height != height) {
      glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, new_width, new_height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                   pixels.data());
      width = new_width;
      height = new_height;
    } else {
      glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
    }
    glBindTexture(GL_TEXTURE_2D, 0);
  }
  void free() {
    if (name != 0) glDeleteTextures(1, &name);
    *this = {};
  }
};

}  // namespace

struct ViewResources::Impl {
  struct View {
    std::unique_ptr<ProgressivePicture> picture;
    PictureKey key;
    PixelTexture pixels;
    Texture drawn;
  };
  struct Labels {
    TimestampNs sweep;
    std::shared_ptr<const PointCloud> cloud;
    PointLabels source;
    std::shared_ptr<const std::vector<PointLabel>> by_point;
  };
  struct Painted {
    std::string key;
    PixelTexture pixels;
    std::vector<std::uint32_t> canvas;
  };

  BackendChoice choice;
  std::array<View, point_views> views;
  std::vector<Labels> labels;
  std::map<std::string, Painted> painted;

  View& view(PointView which) {
    View& result = views[static_cast<std::size_t>(which)];
    if (!result.picture)
      result.picture = std::make_unique<ProgressivePicture>(make_point_backend(choice), drawing_seconds);
    return result;
  }
  void free_all();
};

void ViewResources::Impl::free_all() {
  for (View& each : views) {
    each.pixels.free();
    each = {};
  }
  for (auto& [name, each] : painted) each.pixels.free();
  painted.clear();
  labels.clear();
}

ViewResources::ViewResources(BackendChoice choice)
    : impl_(std::make_unique<Impl>()),
      memory_(std::make_unique<ViewMemory>()),
      overlays_(std::make_unique<CameraOverlays>()) {
  impl_->choice = choice;
}

ViewResources::~ViewResources() {
  impl_->free_all();
}

void ViewResources::forget_drive() {
  impl_->free_all();
  *memory_ = {};
  *overlays_ = {};
}

std::string_view ViewResources::backend_name() const {
  return impl_->view(PointView::main).picture->backend().name();
}

Texture ViewResources::points(PointView view, std::span<const ScenePoints> scene, const PointStyle& style,
                              const ViewCamera& camera, Viewport viewport,
                              std::span<const SceneMesh> meshes) {
  Impl::View& kept = impl_->view(view);
  const bool same = kept.key.compare(scene, style, camera, viewport, meshes) == PictureKey::Sameness::same;
  if (kept.drawn.gl_name != 0 && same && kept.picture->complete()) return kept.drawn;
  const Drawn drawn = kept.picture->draw(scene, style, camera, viewport, meshes);
  if (const auto* pixels = std::get_if<PixelView>(&drawn)) {
    kept.pixels.upload(pixels->rgba, viewport.width, viewport.height);
    kept.drawn = {kept.pixels.name, 0.0f, 1.0f};
  } else {
    kept.drawn = {std::get<TextureView>(drawn).gl_name, 1.0f, 0.0f};
  }
  if (!same) kept.key = PictureKey(scene, style, camera, viewport, meshes);
  return kept.drawn;
}

bool ViewResources::complete(PointView view) {
  return impl_->view(view).picture->complete();
}

const DetailPlan& ViewResources::plan(PointView view) {
  return impl_->view(view).picture->plan();
}

std::optional<PointId> ViewResources::pick(PointView view, int x, int y, int radius_px) {
  Impl::View& kept = impl_->view(view);
  if (kept.drawn.gl_name == 0) return std::nullopt;
  const auto hit = kept.picture->backend().pick(x, y, radius_px);
  return hit && hit->scene_index == 0 ? hit : std::nullopt;
}

std::shared_ptr<const std::vector<PointLabel>> ViewResources::labels(
    const Document& document, TimestampNs sweep, const std::shared_ptr<const PointCloud>& cloud) {
  const auto source = document.point_labels.find(sweep);
  if (!cloud || source == document.point_labels.end()) return nullptr;
  const auto known = std::ranges::find_if(impl_->labels, [&](const Impl::Labels& each) {
    return each.sweep == sweep && each.cloud == cloud && each.source == source->second;
  });
  if (known != impl_->labels.end()) return known->by_point;
  auto by_point = std::make_shared<const std::vector<PointLabel>>(labels_by_point(source->second, *cloud));
  if (impl_->labels.size() >= kept_label_arrays) impl_->labels.erase(impl_->labels.begin());
  impl_->labels.push_back({sweep, cloud, source->second, by_point});
  return by_point;
}

Texture ViewResources::painted(const std::string& name, const std::string& key, int width, int height,
                               const std::function<void(std::span<std::uint32_t>)>& paint) {
  Impl::Painted& kept = impl_->painted[name];
  if (kept.pixels.name == 0 || kept.key != key || kept.pixels.width != width ||
      kept.pixels.height != height) {
    kept.canvas.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0u);
    paint(kept.canvas);
    kept.pixels.upload(kept.canvas, width, height);
    kept.key = key;
  }
  return {kept.pixels.name};
}

std::unique_ptr<ViewResources> make_view_resources(BackendChoice choice) {
  return std::make_unique<ViewResources>(choice);
}

}  // namespace sweepmark::gui
