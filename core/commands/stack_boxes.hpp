// The boxes of a document as a stack of sweeps wants them.
#pragma once

#include <memory>

#include "core/drive/drive.hpp"
#include "core/labels/document.hpp"
#include "core/stack/stack_request.hpp"

namespace sweepmark {

// An object moves where it is not said to stand and its keyframes lie further apart in the world than this:
// boxes drawn anew over a parked car differ by less.
inline constexpr double moving_from_m = 1.0;

// The boxes of all tracks alive at a sweep, as the window shows them, along trajectory_of(document, drive).
// Copies what it needs of the drive and shares the document.
BoxesAt stack_boxes(std::shared_ptr<const Document> document, const Drive& drive);

}  // namespace sweepmark
