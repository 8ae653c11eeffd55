#include "app/gui/view_resources.hpp"

#include <epoxy/gl.h>
#include <imgui.h>

#include <algorithm>
#include <map>

#include "app/gui/camera_overlays.hpp"
#include "app/gui/view_memory.hpp"

namespace sweepmark::gui {

namespace {

constexpr std::size_t image_texture_bytes = std::size_t{96} << 20;
constexpr std::size_t kept_label_arrays = 4;

unsigned new_texture(bool smooth) {
  unsigned name = 0;
  glGenTextures(1, &name);
  glBindTexture(GL_TEXTURE_2D, name);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, smooth ? GL_LINEAR_MIPMAP_LINEAR : GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, smooth ? GL_LINEAR : GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  return name;
}

// A texture that changes its content often and its size seldom.
struct PixelTexture {
  unsigned name = 0;
  int width = 0, height = 0;

  void upload(std::span<const std::uint32_t> pixels, int new_width, int new_height) {
    if (name == 0) name = new_texture(false);
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

bool same(const ViewCamera& a, const ViewCamera& b) {
  return a.target == b.target && a.yaw == b.yaw && a.pitch == b.pitch && a.distance == b.distance &&
         a.orthographic == b.orthographic && a.vertical_fov == b.vertical_fov;
}

bool same(const ScenePoints& a, const ScenePoints& b) {
  return a.cloud == b.cloud && a.labels == b.labels && a.world_from_cloud == b.world_from_cloud;
}

bool same(const Box3<World>& a, const Box3<World>& b) {
  return a.size == b.size && a.pose.translation() == b.pose.translation() &&
         a.pose.rotation().coeffs() == b.pose.rotation().coeffs();
}

// What a picture was drawn from; owns what a PointStyle only points to.
struct PictureKey {
  std::vector<ScenePoints> scene;
  PointStyle style;
  std::vector<Rgba> label_colours;
  std::vector<Box3<World>> focus;
  ViewCamera camera;
  Viewport viewport{0, 0};

  bool is(std::span<const ScenePoints> other_scene, const PointStyle& other, const ViewCamera& other_camera,
          Viewport other_viewport) const {
    return viewport.width == other_viewport.width && viewport.height == other_viewport.height &&
           same(camera, other_camera) &&
           std::ranges::equal(scene, other_scene, [](auto& a, auto& b) { return same(a, b); }) &&
           style.colouring == other.colouring && style.map == other.map && style.low == other.low &&
           style.high == other.high && style.size_px == other.size_px && style.flat == other.flat &&
           style.background == other.background && style.outside_focus == other.outside_focus &&
           std::ranges::equal(label_colours, other.label_colours) &&
           std::ranges::equal(focus, other.focus, [](auto& a, auto& b) { return same(a, b); });
  }
};

}  // namespace

struct ViewResources::Impl {
  struct View {
    std::unique_ptr<PointBackend> backend;
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
  struct ImageTexture {
    unsigned name = 0;
    std::size_t bytes = 0;
    int used = 0;  // number of the frame that showed it last
  };
  struct Painted {
    std::string key;
    PixelTexture pixels;
    std::vector<std::uint32_t> canvas;
  };

  BackendChoice choice;
  std::array<View, point_views> views;
  std::vector<Labels> labels;
  std::map<ImageKey, ImageTexture> images;
  std::map<std::string, Painted> painted;

  View& view(PointView which) {
    View& result = views[static_cast<std::size_t>(which)];
    if (!result.backend) result.backend = make_point_backend(choice);
    return result;
  }
  void make_room(std::size_t needed);
  void free_all();
};

void ViewResources::Impl::make_room(std::size_t needed) {
  std::size_t total = needed;
  for (const auto& [key, image] : images) total += image.bytes;
  while (total > image_texture_bytes && !images.empty()) {
    const auto oldest =
        std::ranges::min_element(images, {}, [](const auto& entry) { return entry.second.used; });
    if (oldest->second.used >= ImGui::GetFrameCount()) return;  // all that is left is in this picture
    total -= oldest->second.bytes;
    glDeleteTextures(1, &oldest->second.name);
    images.erase(oldest);
  }
}

void ViewResources::Impl::free_all() {
  for (View& each : views) {
    each.pixels.free();
    each = {};
  }
  for (auto& [key, image] : images) glDeleteTextures(1, &image.name);
  images.clear();
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
  return impl_->view(PointView::main).backend->name();
}

Texture ViewResources::points(PointView view, std::span<const ScenePoints> scene, const PointStyle& style,
                              const ViewCamera& camera, Viewport viewport) {
  Impl::View& kept = impl_->view(view);
  if (kept.drawn.gl_name != 0 && kept.key.is(scene, style, camera, viewport)) return kept.drawn;
  const Drawn drawn = kept.backend->draw(scene, style, camera, viewport);
  if (const auto* pixels = std::get_if<PixelView>(&drawn)) {
    kept.pixels.upload(pixels->rgba, viewport.width, viewport.height);
    kept.drawn = {kept.pixels.name, 0.0f, 1.0f};
  } else {
    kept.drawn = {std::get<TextureView>(drawn).gl_name, 1.0f, 0.0f};
  }
  kept.key = {{scene.begin(), scene.end()},
              style,
              {style.label_colours.begin(), style.label_colours.end()},
              {style.focus.begin(), style.focus.end()},
              camera,
              viewport};
  kept.key.style.label_colours = {};
  kept.key.style.focus = {};
  return kept.drawn;
}

std::optional<PointId> ViewResources::pick(PointView view, int x, int y, int radius_px) {
  Impl::View& kept = impl_->view(view);
  return kept.drawn.gl_name == 0 ? std::nullopt : kept.backend->pick(x, y, radius_px);
}

std::shared_ptr<const std::vector<PointLabel>> ViewResources::labels(
    const Document& document, TimestampNs sweep, const std::shared_ptr<const PointCloud>& cloud) {
  const auto source = document.point_labels.find(sweep);
  if (!cloud || source == document.point_labels.end()) return nullptr;
  const auto known = std::ranges::find_if(impl_->labels, [&](const Impl::Labels& each) {
    return each.sweep == sweep && each.cloud == cloud && each.source == source->second;
  });
  if (known != impl_->labels.end()) return known->by_point;
  auto by_point = std::make_shared<std::vector<PointLabel>>(cloud->size());
  for (std::size_t i = 0; i < cloud->size(); ++i)
    (*by_point)[i] = source->second.at(cloud->file_row.empty() ? i : cloud->file_row[i]);
  if (impl_->labels.size() >= kept_label_arrays) impl_->labels.erase(impl_->labels.begin());
  impl_->labels.push_back({sweep, cloud, source->second, by_point});
  return by_point;
}

Texture ViewResources::image(const ImageKey& key, const Image& image) {
  const auto known = impl_->images.find(key);
  if (known != impl_->images.end()) {
    known->second.used = ImGui::GetFrameCount();
    return {known->second.name};
  }
  const std::size_t bytes = image.bytes() + image.bytes() / 3;  // with the smaller copies
  impl_->make_room(bytes);
  const unsigned name = new_texture(true);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, image.width, image.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               image.rgba.data());
  glGenerateMipmap(GL_TEXTURE_2D);
  glBindTexture(GL_TEXTURE_2D, 0);
  impl_->images[key] = {name, bytes, ImGui::GetFrameCount()};
  return {name};
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
