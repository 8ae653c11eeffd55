// What boxes lose on the way through a file format, measured on boxes that went out and what came back.
#pragma once

#include <cstddef>
#include <span>

#include "core/drive/drive.hpp"

namespace sweepmark {

struct ExchangeLoss {
  std::size_t sent = 0, returned = 0;  // boxes
  std::size_t unmatched = 0;           // came back with no box of their class left at that moment
  // Largest differences between a box and what came back of it.
  double centre_m = 0, size_m = 0, heading_rad = 0;
  double tilt_rad = 0;  // between the upright axes
};

// Boxes are paired within a moment and a class, nearest centres first, for not every format keeps names of
// objects. Class names are compared without regard to case, blanks and underscores.
ExchangeLoss exchange_loss(std::span<const TruthBox> sent, std::span<const TruthBox> returned);

}  // namespace sweepmark
