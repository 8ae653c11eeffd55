// What of a drive is laid together into one stack of sweeps.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "core/base/ids.hpp"
#include "core/geometry/box3.hpp"

namespace sweepmark {

// Points inside the boxes of objects that move:
enum class Movers {
  as_measured,  // stay where they were measured: a car that drives leaves a smear
  left_out,     // are in no layer
  own_frame     // are in no layer, but in a cloud of their own for each track, in the frame of its box
};

struct StackRequest {
  // Sweeps first, first + step, … below end; an end beyond the drive's means its end.
  std::size_t first = 0;
  std::size_t end = std::numeric_limits<std::size_t>::max();
  std::size_t step = 1;
  Movers movers = Movers::as_measured;
  double box_margin_m =
      0.1;  // boxes are taken to be larger by this on every side: points just outside smear too
  bool operator==(const StackRequest&) const = default;
};

// A box at a sweep, from whoever knows the labels.
struct StackBox {
  TrackId track;
  Box3<Ego> box;
  bool moving = false;  // boxes that stand are left alone
};
// The boxes at a sweep; may be empty. Called from one thread, which is not the caller's; twice for a sweep.
using BoxesAt = std::function<std::vector<StackBox>(std::size_t sweep)>;

}  // namespace sweepmark
