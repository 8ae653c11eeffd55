// The class of each point of a sweep: its own label, else that of the box it lies in. No ImGui, no GL.
#pragma once

#include <span>
#include <vector>

#include "app/gui/workspace.hpp"

namespace sweepmark::gui {

// `own` by point; may be null. A point that lies in a box gets the box's class and, as its instance, the low
// 16 bits of the track's number; ghosts give nothing.
std::vector<PointLabel> labels_with_boxes(const PointCloud& cloud, const std::vector<PointLabel>* own,
                                          const Pose<Ego, Sensor>& ego_from_cloud,
                                          std::span<const VisibleBox> boxes);

}  // namespace sweepmark::gui
