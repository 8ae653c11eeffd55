// Which trajectory the labels of a drive lie on.
#pragma once

#include "core/drive/drive.hpp"
#include "core/labels/document.hpp"

namespace sweepmark {

// The drive's own where it recorded one; otherwise the one that was estimated and kept with the labels;
// otherwise the empty one, in which world and ego are one. Refers into `drive` or `document`.
const Trajectory& trajectory_of(const Document& document, const Drive& drive);

// A copy of the drive that moves along trajectory_of: for whoever takes a drive whole.
Drive with_trajectory_of(const Document& document, Drive drive);

}  // namespace sweepmark
