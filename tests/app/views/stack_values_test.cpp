#include "app/gui/stack_values.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace sweepmark::gui {
namespace {

constexpr TimestampNs second_time{100'000'000};

// Two sweeps; the vehicle stands at x = 0, then at x = 10, its lidar 2 m up.
struct Scene {
  Drive drive;
  Trajectory trajectory;
  std::vector<StackSlot> slots = {{0, 0}, {1, 5}};
  PointCloud layer;

  Scene() {
    drive.rig.add(Lidar{SensorId("lidar"), Pose<Ego, Sensor>(Eigen::Quaterniond::Identity(), {0, 0, 2})});
    drive.sweeps = {{SensorId("lidar"), TimestampNs{0}, {}}, {SensorId("lidar"), second_time, {}}};
    trajectory = Trajectory({{TimestampNs{0}, Pose<World, Ego>(Eigen::Quaterniond::Identity(), {0, 0, 0})},
                             {second_time, Pose<World, Ego>(Eigen::Quaterniond::Identity(), {10, 0, 0})}},
                            PoseSource::recorded);
    layer.origin = {100, 0, 0};
    layer.x = {-97, -97, -97};  // all at (3, 4, 2) of the world
    layer.y = {4, 4, 4};
    layer.z = {2, 2, 2};
    layer.channels = {
        {"source", std::vector<std::uint32_t>{0u << stack_row_bits | 7, 1u << stack_row_bits | 2,
                                              9u << stack_row_bits | 1}}};
  }
};

TEST(StackValues, RangesAreFromWhereEachPointWasMeasured) {
  const Scene scene;
  const std::vector<float> ranges = stack_ranges(scene.layer, scene.slots, scene.drive, scene.trajectory);
  ASSERT_EQ(ranges.size(), 3u);
  EXPECT_NEAR(ranges[0], 5.0f, 1e-4);
  EXPECT_NEAR(ranges[1], std::hypot(7.0f, 4.0f), 1e-4);
  EXPECT_TRUE(std::isnan(ranges[2])) << "no such slot";
}

TEST(StackValues, LabelsAreThoseOfTheRowsOfTheirSweeps) {
  const Scene scene;
  Document document;
  document.point_labels[second_time].apply(std::vector<LabelRun>{{7, 1, 0, packed_label(4, 2)}});
  const std::vector<PointLabels> of_slots = slot_labels(scene.slots, scene.drive, document);
  // The second point is row 2 from row 5 on: row 7.
  EXPECT_EQ(stack_labels(scene.layer, scene.slots, of_slots),
            (std::vector<PointLabel>{0, packed_label(4, 2), 0}));
}

}  // namespace
}  // namespace sweepmark::gui
