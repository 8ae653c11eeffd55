#include "core/drive/labels_by_point.hpp"

namespace sweepmark {

std::vector<PointLabel> labels_by_point(const PointLabels& labels, const PointCloud& sweep) {
  std::vector<PointLabel> by_point(sweep.size());
  for (std::size_t i = 0; i < sweep.size(); ++i)
    by_point[i] = labels.at(sweep.file_row.empty() ? i : sweep.file_row[i]);
  return by_point;
}

}  // namespace sweepmark
