// What points are drawn into, and the picture that comes of it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "render/eye_dome.hpp"
#include "render/opengl/gl_objects.hpp"
#include "render/point_backend.hpp"

namespace sweepmark {

// As GL takes colours: 0 … 1.
std::array<float, 4> components(Rgba colour);

class GlPicture {
 public:
  // Points are drawn with a margin about the picture, so that squares are cut at its border and not dropped
  // there.
  static constexpr int margin = largest_square;

  // Pixels of the picture, rows from the top; lies within it.
  struct Rectangle {
    int left, top, width, height;
  };

  explicit GlPicture(GlName eye_dome_program) : eye_dome_program_(std::move(eye_dome_program)) {}

  Viewport viewport() const { return viewport_; }
  void resize(Viewport viewport);
  // Makes it what is drawn into, by depth and in the order of drawing.
  void begin() const;
  void clear(Rgba background) const;
  // Makes the picture of what was drawn: as it is, or shaded.
  void finish() const;
  void finish(const EyeDomeScale& eye_dome, DepthRange depths) const;

  unsigned texture() const { return *picture_colour_; }
  Rectangle within(int left, int top, int right, int bottom) const;
  std::vector<std::uint32_t> read_ids(Rectangle area) const;
  std::vector<float> read_depths(Rectangle area) const;  // ascending with depth, no unit
  std::vector<std::uint32_t> read_back() const;

 private:
  GlName eye_dome_program_;
  GlName target_, target_colour_, target_ids_, target_depth_;
  GlName picture_, picture_colour_;
  Viewport viewport_{0, 0};
};

}  // namespace sweepmark
