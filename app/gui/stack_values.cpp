#include "app/gui/stack_values.hpp"

#include <limits>
#include <optional>

namespace sweepmark::gui {

namespace {

// Calls take(point, slot, row) for every point whose source is a slot of the block.
template <class Take>
void for_each_source(const PointCloud& layer, std::span<const StackSlot> slots, const Take& take) {
  const Channel* channel = layer.channel("source");
  const auto* sources = channel ? std::get_if<std::vector<std::uint32_t>>(&channel->values) : nullptr;
  if (!sources) return;
  for (std::size_t i = 0; i < sources->size(); ++i) {
    const std::uint32_t slot = (*sources)[i] >> stack_row_bits;
    if (slot < slots.size())
      take(i, slot, slots[slot].first_row + ((*sources)[i] & ((1u << stack_row_bits) - 1)));
  }
}

}  // namespace

std::vector<float> stack_ranges(const PointCloud& layer, std::span<const StackSlot> slots, const Drive& drive,
                                const Trajectory& trajectory) {
  std::vector<Eigen::Vector3f> sensors;  // about the layer's origin, by slot
  for (const StackSlot& slot : slots) {
    const SweepEntry& sweep = drive.sweeps.at(slot.sweep);
    const Pose<World, Sensor> world_from_sensor =
        trajectory.world_from_ego(sweep.time) * drive.rig.ego_from(sweep.lidar);
    sensors.push_back((world_from_sensor.translation() - layer.origin).cast<float>());
  }
  std::vector<float> ranges(layer.size(), std::numeric_limits<float>::quiet_NaN());
  for_each_source(layer, slots, [&](std::size_t i, std::uint32_t slot, std::uint32_t) {
    ranges[i] = (Eigen::Vector3f(layer.x[i], layer.y[i], layer.z[i]) - sensors[slot]).norm();
  });
  return ranges;
}

std::vector<PointLabels> slot_labels(std::span<const StackSlot> slots, const Drive& drive,
                                     const Document& document) {
  std::vector<PointLabels> labels;
  for (const StackSlot& slot : slots) {
    const auto found = document.point_labels.find(drive.sweeps.at(slot.sweep).time);
    labels.push_back(found == document.point_labels.end() ? PointLabels() : found->second);
  }
  return labels;
}

std::vector<PointLabel> stack_labels(const PointCloud& layer, std::span<const StackSlot> slots,
                                     std::span<const PointLabels> of_slots) {
  std::vector<PointLabel> result(layer.size(), 0);
  for_each_source(layer, slots, [&](std::size_t i, std::uint32_t slot, std::uint32_t row) {
    result[i] = of_slots[slot].at(row);
  });
  return result;
}

}  // namespace sweepmark::gui
