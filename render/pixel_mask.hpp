// Pixels of a view that a gesture chose: a rectangle, a brush, a lasso.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "render/view_camera.hpp"

namespace sweepmark {

// A bit a pixel, rows from the top, each row in whole words of 32 pixels. A pixel belongs to a shape when its
// centre lies in it.
class PixelMask {
 public:
  explicit PixelMask(Viewport viewport);  // nothing
  static PixelMask rectangle(Viewport viewport, const Eigen::Vector2d& a, const Eigen::Vector2d& b);
  static PixelMask disc(Viewport viewport, const Eigen::Vector2d& centre, double radius_px);
  // Inside by the even-odd rule; an open line is closed. Fewer than three corners choose nothing.
  static PixelMask polygon(Viewport viewport, std::span<const Eigen::Vector2d> corners);

  void add(const PixelMask& other);  // of the same viewport

  bool at(int x, int y) const {
    return words_[static_cast<std::size_t>(y) * words_a_row_ + static_cast<std::size_t>(x / 32)] >> (x % 32) &
           1u;
  }
  Viewport viewport() const { return viewport_; }
  bool empty() const { return right_ <= left_; }
  // The chosen pixels lie in left … right − 1 and top … bottom − 1.
  int left() const { return left_; }
  int top() const { return top_; }
  int right() const { return right_; }
  int bottom() const { return bottom_; }

  std::span<const std::uint32_t> words() const { return words_; }
  std::uint32_t words_a_row() const { return words_a_row_; }

 private:
  void fill(int y, int begin, int end);  // x in begin … end − 1, as far as they are in the viewport

  Viewport viewport_;
  std::uint32_t words_a_row_;
  std::vector<std::uint32_t> words_;
  int left_ = 0, top_ = 0, right_ = 0, bottom_ = 0;
};

}  // namespace sweepmark
