#include "app/gui/annotated_points.hpp"

namespace sweepmark::gui {

std::vector<PointLabel> labels_with_boxes(const PointCloud& cloud, const std::vector<PointLabel>* own,
                                          const Pose<Ego, Sensor>& ego_from_cloud,
                                          std::span<const VisibleBox> boxes) {
  std::vector<PointLabel> labels = own ? *own : std::vector<PointLabel>(cloud.size(), 0);
  const Pose<Sensor, Ego> cloud_from_ego = ego_from_cloud.inverse();
  for (const VisibleBox& box : boxes) {
    if (box.ghost) continue;
    const PointLabel label = packed_label(static_cast<std::uint16_t>(box.class_id.value),
                                          static_cast<std::uint16_t>(box.track.value & 0xffff));
    for (const std::uint32_t point : points_in_box(cloud, cloud_from_ego * box.box))
      if (class_of(labels[point]) == 0) labels[point] = label;
  }
  return labels;
}

}  // namespace sweepmark::gui
