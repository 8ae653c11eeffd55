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
#include "render/view_camera.hpp"

namespace sweepmark {

// A cloud in a scene. A backend keeps what it prepared for a cloud as long as the same `cloud` pointer is
// drawn.
struct ScenePoints {
  std::shared_ptr<const PointCloud> cloud;
  Eigen::Matrix4d world_from_cloud = Eigen::Matrix4d::Identity();
  // By point (not by file row); null where nothing is labelled. A new pointer means new labels.
  std::shared_ptr<const std::vector<PointLabel>> labels;
};

enum class PointColouring { height, intensity, range, ring, label, flat };

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
// the lower id where two are equally near, so a picture is the same from run to run.
class PointBackend {
 public:
  virtual ~PointBackend() = default;
  virtual std::string_view name() const = 0;  // "software", "opengl"

  virtual Drawn draw(std::span<const ScenePoints> scene, const PointStyle& style, const ViewCamera& camera,
                     Viewport viewport) = 0;
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
// Needs a current OpenGL 3.3 context, and it current at every call and at destruction. Null where shaders
// fail to build.
std::unique_ptr<PointBackend> make_opengl_backend();

// OpenGL where the current context is a GPU's, software where GL itself is software (llvmpipe, softpipe,
// swrast).
enum class BackendChoice { automatic, software, opengl };
std::unique_ptr<PointBackend> make_point_backend(BackendChoice choice);
bool gl_is_software();  // of the current context

}  // namespace sweepmark
