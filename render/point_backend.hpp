// Draws point clouds. Two ways behind one interface: OpenGL where there is a GPU, our own splatting where GL
// is software.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "core/cloud/point_cloud.hpp"
#include "core/labels/point_labels.hpp"
#include "render/colour.hpp"
#include "render/point_filter.hpp"
#include "render/triangle_mesh.hpp"
#include "render/view_camera.hpp"

namespace sweepmark {

// A cloud in a scene. A backend keeps what it prepared for a cloud as long as the same `cloud` pointer is
// drawn. The arrays go by point (not by file row), and for each a new pointer means new content.
struct ScenePoints {
  std::shared_ptr<const PointCloud> cloud;
  Eigen::Matrix4d world_from_cloud = Eigen::Matrix4d::Identity();
  std::shared_ptr<const std::vector<PointLabel>> labels = nullptr;  // null: nothing is labelled
  // A colour a point as Rgba::packed, from camera images; alpha 0: no camera sees it. Null: none has one.
  std::shared_ptr<const std::vector<std::uint32_t>> painted = nullptr;
  // A value a point that the caller worked out, for the colourings that take one. Null: none.
  std::shared_ptr<const std::vector<float>> values = nullptr;
  // Metres from the sensor that measured each point, for PointFilter::range. Null: the distance from the
  // cloud's own zero, which is the sensor for a single sweep.
  std::shared_ptr<const std::vector<float>> ranges = nullptr;
};

// `range`, `time` and `label_age` take ScenePoints::values where given; else range is the distance from the
// cloud's own zero, time is the channel "time", and a label's age is unknown. A point without the value its
// colouring takes is drawn flat.
enum class PointColouring {
  height,  // world z
  intensity,
  range,
  ring,
  time,
  label,      // PointStyle::label_colours by class
  instance,   // a colour of its own for each labelled instance
  label_age,  // in the caller's unit
  camera,     // ScenePoints::painted
  flat
};

struct PointStyle {
  PointColouring colouring = PointColouring::height;
  ColourMap map = ColourMap::turbo;
  double low = -2.0,
         high = 4.0;  // values that take the map's ends: metres of world z, intensity, metres, rings
  int size_px = 2;    // edge of a point's square; 1 … 8
  Rgba flat{200, 200, 200, 255};
  Rgba background{24, 26, 30, 255};
  std::span<const Rgba> label_colours;  // by class id; ids past the end take `flat`
  // With boxes: points outside every one of them are drawn at this share of their brightness (1: as they
  // are).
  std::span<const Box3<World>> focus;
  double outside_focus = 1.0;
  PointFilter filter;  // which points are drawn at all
  // Strength of the shading that darkens a pixel by how much nearer its neighbours are (C. Boucheny 2009,
  // eye-dome lighting), so that shapes show where colours do not tell them; 0 off, 1 usual.
  double eye_dome = 0.0;
  // Above 0: a point's square is so many metres wide at the point's own depth, kept within 1 … 8 pixels, and
  // size_px has no say.
  double size_m = 0.0;
};

// Points begin … end − 1 of one cloud of the scene.
struct SceneRun {
  std::uint32_t scene_index = 0, begin = 0, end = 0;
};

// What of a scene a call draws. The runs are borrowed for the call.
struct DrawPart {
  std::optional<std::span<const SceneRun>> runs = std::nullopt;  // none: every point
  // Draws into the last picture instead of an empty one: of the same style, camera and viewport, and of a
  // scene whose first clouds are the last one's. The result is as if all had been drawn at once.
  bool add = false;
  // Surfaces among the points, all of them drawn at every call. They hide points and are hidden, are not picked,
  // and no style but their own colours them.
  std::span<const SceneMesh> meshes = {};
};

struct PointId {
  std::uint32_t scene_index;  // in the span that was drawn
  std::uint32_t point;        // in that cloud
  bool operator==(const PointId&) const = default;
};

// The drawn picture: pixels in memory (rows from the top, valid until the next draw), or the name of a GL
// texture (rows from the bottom).
struct PixelView {
  std::span<const std::uint32_t> rgba;
};
struct TextureView {
  unsigned gl_name;
};
using Drawn = std::variant<PixelView, TextureView>;

// Used from one thread. A point is drawn as a square of size_px pixels about its own pixel; the nearest wins,
// where two are equally near the earlier in the scene, so a picture is the same from run to run. (The OpenGL
// backend keeps of equally near points the one of the earlier call where `add` draws a picture in parts.)
class PointBackend {
 public:
  virtual ~PointBackend() = default;
  virtual std::string_view name() const = 0;  // "software", "opengl"
  // Whether colours are found when the points are down: a draw that adds nothing gives the whole picture the
  // colours of its style and scene, and so costs no points.
  virtual bool colours_at_end() const = 0;

  virtual Drawn draw(std::span<const ScenePoints> scene, const PointStyle& style, const ViewCamera& camera,
                     Viewport viewport, const DrawPart& part = {}) = 0;
  // Of the last draw: the point nearest to a pixel (0, 0 is the upper left) within `radius_px`, by screen
  // distance, then by depth. Empty where nothing was drawn there.
  virtual std::optional<PointId> pick(int x, int y, int radius_px) = 0;
  // Of the last draw, row by row from the top; empty optional where no point was drawn.
  virtual std::vector<std::optional<PointId>> ids_in(int left, int top, int width, int height) = 0;
  // The last picture in memory, rows from the top.
  virtual std::vector<std::uint32_t> read_back() = 0;
};

// Needs no window and no GL. `threads` 0: as many as there are cores.
std::unique_ptr<PointBackend> make_software_backend(unsigned threads = 0);

}  // namespace sweepmark
