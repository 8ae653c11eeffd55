// What the views keep on the GPU and between frames: pictures of points, camera images as textures, labels by
// point, drags. Everything here is derived or momentary; throwing it away loses nothing but time.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/workspace.hpp"
#include "core/labels/point_labels.hpp"
#include "render/detail_plan.hpp"
#include "render/opengl/backends.hpp"
#include "render/view_camera.hpp"

namespace sweepmark::gui {

struct ViewMemory;     // drags, zooms and scroll places of panels and tools; see view_memory.hpp
class CameraOverlays;  // sweeps projected into images; see camera_overlays.hpp

// The 3D views that have a point backend of their own.
enum class PointView { main, top, side, rear };
inline constexpr std::size_t point_views = 4;

// A GL texture as ImGui shows it. Rows run from the top where v_top is 0.
struct Texture {
  unsigned gl_name = 0;
  float v_top = 0.0f, v_bottom = 1.0f;
};

// Used on the window's thread with its GL context current, at destruction as well.
class ViewResources {
 public:
  explicit ViewResources(BackendChoice choice);
  ~ViewResources();
  ViewResources(const ViewResources&) = delete;
  ViewResources& operator=(const ViewResources&) = delete;

  // Frees what belongs to a drive. The window calls it when another drive is opened or the present one
  // closed.
  void forget_drive();
  std::string_view backend_name() const;  // "software", "opengl"

  // Points of a view, and surfaces among them. Drawn again only when scene, meshes, style, camera or size
  // differ from the last call for that view. A scene too large for one frame is thin at first: each further
  // call adds to it until it is complete.
  Texture points(PointView view, std::span<const ScenePoints> scene, const PointStyle& style,
                 const ViewCamera& camera, Viewport viewport, std::span<const SceneMesh> meshes = {});
  bool complete(PointView view);
  const DetailPlan& plan(PointView view);  // of the last picture
  // The point drawn nearest to a pixel of a view's last picture, where it is of the first cloud of the scene:
  // the sweep, not the stack beneath it.
  std::optional<PointId> pick(PointView view, int x, int y, int radius_px);

  // Labels of a sweep by point, from the document's by file row. Null where nothing is labelled. The same
  // pointer comes back as long as the labels are the same.
  std::shared_ptr<const std::vector<PointLabel>> labels(const Document& document, TimestampNs sweep,
                                                        const std::shared_ptr<const PointCloud>& cloud);

  // A texture with a name of its own, filled by `paint` (rows from the top, 0 everywhere before) when `key`
  // or the size differ from the last call with that name. Straight alpha.
  Texture painted(const std::string& name, const std::string& key, int width, int height,
                  const std::function<void(std::span<std::uint32_t>)>& paint);

  ViewMemory& memory() { return *memory_; }
  CameraOverlays& overlays() { return *overlays_; }

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::unique_ptr<ViewMemory> memory_;
  std::unique_ptr<CameraOverlays> overlays_;
};

std::unique_ptr<ViewResources> make_view_resources(BackendChoice choice);

}  // namespace sweepmark::gui
