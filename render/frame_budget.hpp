// How many points a frame may draw so that it takes no longer than it should.
#pragma once

#include <cstddef>

namespace sweepmark {

// Learns from the frames that were drawn: a frame takes a fixed time and a time a point, both found by least
// squares over the latest frames (each older one counts a fifth less, and one that takes far longer
// than expected is believed in part). A value.
class FrameBudget {
 public:
  explicit FrameBudget(double seconds) : seconds_(seconds) {}

  // For the next frame. Grows at most fourfold from one frame to the next, so that one odd measurement does
  // not stall the picture.
  std::size_t points() const;
  void record(std::size_t points, double seconds);

  double seconds() const { return seconds_; }

 private:
  struct Line {
    double fixed, a_million;  // seconds
  };
  Line line() const;
  double expected(double points) const;  // seconds; points in millions

  double seconds_;
  // Sums over frames of 1, points, seconds, points², points · seconds; points in millions.
  double frames_ = 0, points_ = 0, times_ = 0, squares_ = 0, products_ = 0;
  double latest_ = 1.0;  // millions of points
};

}  // namespace sweepmark
