#include "app/gui/image_projection.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace sweepmark::gui {
namespace {

constexpr std::size_t megabyte = std::size_t{1} << 20;

// Two sweeps before one camera that looks along x.
struct Scene {
  Drive drive;
  std::unique_ptr<Cache<std::size_t, PointCloud>> sweeps;

  Scene() {
    drive.rig.add(Lidar{SensorId("lidar"), {}});
    CameraSensor camera;
    camera.id = SensorId("camera");
    Eigen::Matrix3d axes;  // x right, y down, z forward, of the vehicle's
    axes << 0, 0, 1, -1, 0, 0, 0, -1, 0;
    camera.ego_from_camera = Pose<Ego, Camera>(Eigen::Quaterniond(axes), Eigen::Vector3d::Zero());
    camera.intrinsics = {LensModel::pinhole, 100, 80, 50, 50, 49.5, 39.5, {}};
    drive.rig.add(camera);
    sweeps = std::make_unique<Cache<std::size_t, PointCloud>>(
        [](const std::size_t& sweep) -> Result<PointCloud> {
          if (sweep > 1) return fail(ErrorCode::unreadable, "no such sweep");
          const auto far = static_cast<float>(5 + sweep);
          return make_point_cloud(std::vector<float>{far, far, -far}, {0, 1, 0}, {0, 0, 0}, {});
        },
        megabyte, 1);
  }

  ProjectionKey key(std::size_t sweep) const {
    const CameraSensor& camera = drive.rig.cameras().front();
    ProjectionKey key{sweep, camera.id, 100, 80, {}};
    Eigen::Map<Eigen::Matrix4d>(key.camera_from_cloud.data()) = camera.ego_from_camera.inverse().matrix();
    return key;
  }
};

void wait_for_all_in_view(ImageProjector& projector) {
  while (!projector.all_in_view_loaded()) std::this_thread::yield();
}

TEST(ImageProjector, ProjectsWhatIsInViewAndWhatLiesAhead) {
  const Scene scene;
  std::atomic<int> woken = 0;
  ImageProjector projector(scene.drive, *scene.sweeps, megabyte, [&] { ++woken; });
  projector.want({scene.key(0)}, {scene.key(1)});
  wait_for_all_in_view(projector);
  const auto seen = projector.peek(scene.key(0));
  ASSERT_NE(seen, nullptr);
  ASSERT_EQ(seen->points().size(), 2u);  // the third is behind the camera
  EXPECT_FLOAT_EQ(seen->points()[0].u, 49.5f);
  EXPECT_FLOAT_EQ(seen->points()[1].u, 39.5f);  // a metre to the left at five metres
  EXPECT_EQ(projector.in_view_loaded(), 1u);
  while (!projector.peek(scene.key(1))) std::this_thread::yield();
  EXPECT_GE(woken, 1);
  EXPECT_EQ(projector.in_view_loaded(), 1u);
}

TEST(ImageProjector, AnotherPoseIsAnotherProjection) {
  const Scene scene;
  ImageProjector projector(scene.drive, *scene.sweeps, megabyte, {});
  ProjectionKey moved = scene.key(0);
  moved.camera_from_cloud[12] += 1;  // a metre to the camera's right
  projector.want({scene.key(0), moved}, {});
  wait_for_all_in_view(projector);
  EXPECT_FLOAT_EQ(projector.peek(scene.key(0))->points()[0].u, 49.5f);
  EXPECT_FLOAT_EQ(projector.peek(moved)->points()[0].u, 59.5f);
}

TEST(ImageProjector, ASweepThatCannotBeReadIsNothingToWaitFor) {
  const Scene scene;
  ImageProjector projector(scene.drive, *scene.sweeps, megabyte, {});
  projector.want({scene.key(7)}, {});
  wait_for_all_in_view(projector);
  EXPECT_EQ(projector.peek(scene.key(7)), nullptr);
}

TEST(ImageProjector, ACalibrationThatMakesNoSenseHasNoLens) {
  Scene scene;
  CameraSensor wrong;
  wrong.id = SensorId("wrong");
  wrong.intrinsics = {LensModel::pinhole, 100, 80, -1, 50, 0, 0, {}};
  scene.drive.rig.add(wrong);
  ImageProjector projector(scene.drive, *scene.sweeps, megabyte, {});
  EXPECT_FALSE(projector.lens(scene.drive.rig.cameras()[1], 100, 80));
  EXPECT_TRUE(projector.lens(scene.drive.rig.cameras()[0], 100, 80));
  CameraSensor uncalibrated = scene.drive.rig.cameras()[0];
  uncalibrated.calibrated = false;
  EXPECT_FALSE(projector.lens(uncalibrated, 100, 80));
}

TEST(ImageProjection, FindsTheNearestVisiblePoint) {
  const ImageProjection projection({{0, 10, 10, 5, true}, {3, 12, 10, 4, false}, {7, 20, 10, 6, true}});
  EXPECT_EQ(projection.nearest(11.5, 10, 5, false)->index, 0u);
  EXPECT_EQ(projection.nearest(11.5, 10, 5, true)->index, 3u);
  EXPECT_EQ(projection.nearest(40, 10, 5, true), nullptr);
  EXPECT_EQ(projection.of(7)->u, 20);
  EXPECT_EQ(projection.of(4), nullptr);
}

}  // namespace
}  // namespace sweepmark::gui
