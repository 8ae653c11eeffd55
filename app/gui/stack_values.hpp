// What the points of a stack are coloured and filtered by, beside where they are: how far away each was
// measured, and its label. No ImGui, no GL.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/drive/drive.hpp"
#include "core/labels/document.hpp"
#include "core/stack/stack_block.hpp"

namespace sweepmark::gui {

// Metres from the sensor to each point of a layer, where it stood at the moment of the point's sweep. Not a
// number for a point whose source is not of the block.
std::vector<float> stack_ranges(const PointCloud& layer, std::span<const StackSlot> slots, const Drive& drive,
                                const Trajectory& trajectory);

// The labels of the sweeps that the slots name, one a slot; empty ones where a sweep has none.
std::vector<PointLabels> slot_labels(std::span<const StackSlot> slots, const Drive& drive,
                                     const Document& document);
// The label that each point has as a row of its sweep; 0 where it has none.
std::vector<PointLabel> stack_labels(const PointCloud& layer, std::span<const StackSlot> slots,
                                     std::span<const PointLabels> of_slots);

}  // namespace sweepmark::gui
