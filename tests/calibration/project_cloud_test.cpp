#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "calibration/projection.hpp"
#include "core/formats/drive_reader.hpp"
#include "tests/calibration/lenses.hpp"
#include "tests/support/real_data.hpp"

namespace sweepmark {
namespace {

using test::model_of;
using test::real_data;

using Numbers = std::map<std::string, std::vector<double>>;

Numbers calibration_file(const std::filesystem::path& file) {
  Numbers numbers;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::istringstream fields(line);
    std::string key;
    fields >> key;
    for (double value; fields >> value;) numbers[key].push_back(value);
  }
  return numbers;
}

// The formula of the KITTI development kit, with the numbers of the file as they are.
Eigen::Matrix<double, 3, 4> image_from_velodyne(const Numbers& numbers) {
  using RowMajor34 = Eigen::Matrix<double, 3, 4, Eigen::RowMajor>;
  using RowMajor33 = Eigen::Matrix<double, 3, 3, Eigen::RowMajor>;
  Eigen::Matrix4d rectify = Eigen::Matrix4d::Identity(), cam_from_velo = Eigen::Matrix4d::Identity();
  rectify.topLeftCorner<3, 3>() = RowMajor33::Map(numbers.at("R0_rect:").data());
  cam_from_velo.topRows<3>() = RowMajor34::Map(numbers.at("Tr_velo_to_cam:").data());
  return RowMajor34::Map(numbers.at("P2:").data()) * rectify * cam_from_velo;
}

struct RealSweep {
  PointCloud cloud;
  Pose<Camera, Sensor> camera_from_lidar;
  CameraIntrinsics intrinsics;
};

RealSweep kitti_sweep() {
  auto drive = open_drive(real_data("kitti_tracking/training"), "0052");
  if (!drive) {
    ADD_FAILURE() << to_string(drive.error());
    std::abort();
  }
  const CameraSensor& camera = drive->rig.cameras().front();
  RealSweep sweep{*drive->read_sweep(0),
                  camera.ego_from_camera.inverse() * drive->rig.ego_from(drive->sweeps[0].lidar),
                  camera.intrinsics};
  if (sweep.intrinsics.width == 0) {
    const auto size = read_image_size(drive->images.at(camera.id).front().file);
    sweep.intrinsics.width = size->width;
    sweep.intrinsics.height = size->height;
  }
  return sweep;
}

TEST(ProjectCloud, ARealSweepLandsWhereTheRecordersFormulaPutsIt) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking/training/velodyne/0052");
  const RealSweep sweep = kitti_sweep();
  const auto direct =
      image_from_velodyne(calibration_file(real_data("kitti_tracking/training/calib/0052.txt")));
  const CameraModel model = model_of(sweep.intrinsics);
  const auto points = project_cloud(sweep.cloud, sweep.camera_from_lidar, model);
  std::set<std::uint32_t> projected;
  for (const ProjectedPoint& point : points) {
    const Eigen::Vector3d expected = direct * sweep.cloud.position(point.index).homogeneous();
    EXPECT_NEAR(point.u, expected.x() / expected.z(), 0.01);
    EXPECT_NEAR(point.v, expected.y() / expected.z(), 0.01);
    projected.insert(point.index);
  }
  EXPECT_TRUE(std::ranges::is_sorted(points, {}, &ProjectedPoint::index));
  // And none is forgotten: all that the formula puts well inside the image is there.
  std::size_t expected_count = 0;
  for (std::uint32_t i = 0; i < sweep.cloud.size(); ++i) {
    const Eigen::Vector3d expected = direct * sweep.cloud.position(i).homogeneous();
    const double u = expected.x() / expected.z(), v = expected.y() / expected.z();
    if (expected.z() < 0.1 || u < 0 || v < 0 || u > sweep.intrinsics.width - 1 ||
        v > sweep.intrinsics.height - 1)
      continue;
    ++expected_count;
    EXPECT_TRUE(projected.contains(i)) << i;
  }
  EXPECT_GT(expected_count, 15000u);
  EXPECT_GT(sweep.cloud.size(), 100000u);
  // On a road most of what the lidar sees from half a metre above the camera is seen by the camera as well.
  const auto hidden = std::ranges::count(points, false, &ProjectedPoint::visible);
  EXPECT_GT(hidden, 0);
  EXPECT_LT(hidden, static_cast<std::ptrdiff_t>(points.size() / 5));
  RecordProperty("hidden_points", std::to_string(hidden) + " of " + std::to_string(points.size()));
}

TEST(ProjectCloud, RecordsHowLongAWholeSweepTakes) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking/training/velodyne/0052");
  const RealSweep sweep = kitti_sweep();
  const CameraModel model = model_of(sweep.intrinsics);
  std::vector<double> milliseconds;
  std::size_t points = 0;
  for (int i = 0; i < 15; ++i) {
    const auto start = std::chrono::steady_clock::now();
    points = project_cloud(sweep.cloud, sweep.camera_from_lidar, model).size();
    milliseconds.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::ranges::sort(milliseconds);
  EXPECT_GT(points, 15000u);
  RecordProperty("project_median_ms", std::to_string(milliseconds[7]));
  RecordProperty("project_points", std::to_string(sweep.cloud.size()));
}

const CameraIntrinsics plain_camera{LensModel::pinhole, 1242, 375, 721.5, 721.5, 609.6, 172.9, {}};

// Points of a lidar with 0.4° between rings and 0.2° on a ring, half a metre above the camera, that meet a
// scene of one wall facing it and another one behind. Points are in the camera's frame already.
struct Scene {
  PointCloud cloud;
  std::vector<bool> far;
};

Scene walls(double near_depth, double far_depth, double near_half_width) {
  Scene scene;
  const Eigen::Vector3d lidar(0, -0.5, 0);
  for (double down = -24; down <= 10; down += 0.4)
    for (double across = -40; across <= 40; across += 0.2) {
      const Eigen::Vector3d ray(std::tan(across * 0.0174532925),
                                -std::tan(down * 0.0174532925) / std::cos(across * 0.0174532925), 1);
      // The lidar looks past the near wall where the camera does not, for the near wall lets every other beam
      // through.
      for (const bool far : {false, true}) {
        if (!far && std::abs(ray.x() * near_depth) > near_half_width) continue;
        const Eigen::Vector3d point = lidar + ray * (far ? far_depth : near_depth);
        scene.cloud.x.push_back(static_cast<float>(point.x()));
        scene.cloud.y.push_back(static_cast<float>(point.y()));
        scene.cloud.z.push_back(static_cast<float>(point.z()));
        scene.far.push_back(far);
      }
    }
  return scene;
}

TEST(ProjectCloud, AWallHidesWhatIsBehindItAndIsNotHidden) {
  const Scene scene = walls(10, 25, 3);
  const auto points = project_cloud(scene.cloud, Pose<Camera, Sensor>(), model_of(plain_camera));
  constexpr double rim = 16;  // pixels at the wall's sides where either answer is right
  const double side = 721.5 * 3 / 10;
  int behind = 0, beside = 0, in_front = 0;
  for (const ProjectedPoint& point : points) {
    const double across = std::abs(point.u - 609.6);
    const bool well_inside = point.v > rim && point.v < 375 - rim;
    const bool is_near = !scene.far[point.index], is_beside = !is_near && across > side + rim;
    const bool is_behind = !is_near && across < side - rim && well_inside;
    in_front += is_near;
    beside += is_beside;
    behind += is_behind;
    if (is_near || is_beside || is_behind) {
      EXPECT_EQ(point.visible, !is_behind) << point.u << ' ' << point.v;
    }
  }
  EXPECT_GT(behind, 1000);
  EXPECT_GT(beside, 1000);
  EXPECT_GT(in_front, 1000);
}

TEST(ProjectCloud, APoleHidesThoughItIsThin) {
  const Scene scene = walls(8, 30, 0.12);
  const auto points = project_cloud(scene.cloud, Pose<Camera, Sensor>(), model_of(plain_camera));
  int hidden = 0, behind = 0;
  for (const ProjectedPoint& point : points) {
    EXPECT_TRUE(point.visible || scene.far[point.index]);
    if (!scene.far[point.index] || std::abs(point.u - 609.6) > 5 || point.v < 16 || point.v > 375 - 16)
      continue;
    ++behind;
    hidden += !point.visible;
  }
  EXPECT_GT(behind, 50);
  EXPECT_GT(hidden, behind * 9 / 10);
}

TEST(ProjectCloud, TheRoadDoesNotHideItself) {
  PointCloud road;
  const double height = 1.73;  // of the lidar; the camera is half a metre lower
  for (double down = 1.2; down < 24; down += 0.4)
    for (double across = -40; across <= 40; across += 0.1) {
      const double depth = height / std::tan(down * 0.0174532925);
      road.x.push_back(static_cast<float>(depth * std::sin(across * 0.0174532925)));
      road.y.push_back(static_cast<float>(height - 0.5));
      road.z.push_back(static_cast<float>(depth * std::cos(across * 0.0174532925)));
    }
  const auto points = project_cloud(road, Pose<Camera, Sensor>(), model_of(plain_camera));
  EXPECT_GT(points.size(), 5000u);
  EXPECT_EQ(std::ranges::count(points, false, &ProjectedPoint::visible), 0);
}

TEST(ProjectCloud, CoordinatesOfAWholeCountryDoNotJitter) {
  const Eigen::Vector3d far(4.4e5, 5.4e6, 310);
  PointCloud cloud;
  cloud.origin = far;
  cloud.x = {1.5f, -2.25f};
  cloud.y = {0.5f, 0.25f};
  cloud.z = {10.0f, 20.0f};
  const Pose<Camera, Sensor> camera_from_cloud(Eigen::Quaterniond::Identity(), -far);
  const auto points = project_cloud(cloud, camera_from_cloud, model_of(plain_camera));
  ASSERT_EQ(points.size(), 2u);
  EXPECT_NEAR(points[0].u, 609.6 + 721.5 * 0.15, 1e-3);
  EXPECT_NEAR(points[1].v, 172.9 + 721.5 * 0.0125, 1e-3);
  EXPECT_NEAR(points[1].depth, 20, 1e-5);
}

TEST(ProjectCloud, NothingComesOfNothing) {
  EXPECT_TRUE(project_cloud({}, {}, model_of(plain_camera)).empty());
  CameraIntrinsics unknown_size = plain_camera;
  unknown_size.width = unknown_size.height = 0;
  EXPECT_TRUE(project_cloud(walls(10, 25, 3).cloud, {}, model_of(unknown_size)).empty());
}

}  // namespace
}  // namespace sweepmark
