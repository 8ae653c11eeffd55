// Labels are kept by row of a sweep's file; what is drawn goes by point.
#pragma once

#include <vector>

#include "core/cloud/point_cloud.hpp"
#include "core/labels/point_labels.hpp"

namespace sweepmark {

// The label of each point of a sweep as it was read, which may have lost or reordered rows.
std::vector<PointLabel> labels_by_point(const PointLabels& labels, const PointCloud& sweep);

}  // namespace sweepmark
