// One camera image on the window with what is drawn over it.
#pragma once

#include "app/gui/camera_overlays.hpp"
#include "app/gui/drawing.hpp"
#include "app/gui/view_memory.hpp"

namespace sweepmark::gui {

struct CameraPicture {
  const CameraView& view;
  Area area;           // on the window
  ImageWindow window;  // what part of the image it shows
  std::string name;    // of its overlay texture, unique in the window
  bool large = false;  // labels and thicker lines

  ImVec2 screen(const Eigen::Vector2d& pixel) const {
    return {area.x + static_cast<float>((pixel.x() - window.left) * window.scale),
            area.y + static_cast<float>((pixel.y() - window.top) * window.scale)};
  }
  Eigen::Vector2d pixel(const ImVec2& screen_point) const {
    return {window.left + (screen_point.x - area.x) / window.scale,
            window.top + (screen_point.y - area.y) / window.scale};
  }
};

// The whole image as large as it fits, in the middle.
ImageWindow whole_image(const CameraView& view, const Area& area);
// The surroundings of a rectangle of the image: it takes a good third of the area, and the image's border is
// not passed where that can be helped.
ImageWindow window_round(const PixelRectangle& bounds, const CameraView& view, const Area& area);
// How finely an image must be decoded to be shown at a scale: at 1, or this part of its width and height.
int reduction_for(double scale);

// Image, points, boxes, marks. The view must have an image.
void draw_picture(GuiContext& context, const SweepScene& scene, const CameraPicture& picture);
// Where there is no image: why, and which file it would be.
void draw_missing(const CameraView& view, const Area& area);
// The box whose outline a window point is in; the smallest where several are.
std::optional<TrackId> box_at(GuiContext& context, const SweepScene& scene, const CameraPicture& picture,
                              const ImVec2& point);

}  // namespace sweepmark::gui
