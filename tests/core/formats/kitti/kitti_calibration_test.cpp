#include "core/formats/kitti_calibration.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <sstream>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "tests/core/formats/kitti/kitti_fixture.hpp"
#include "tests/support/real_data.hpp"

namespace sweepmark {
namespace {

using test::kitti_calibration_lines;
using test::real_data;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Eigen::MatrixXd matrix_in(const std::string& text, const std::string& key, int rows, int columns) {
  std::istringstream stream(text.substr(text.find(key + ":") + key.size() + 1));
  Eigen::MatrixXd matrix(rows, columns);
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c) stream >> matrix(r, c);
  return matrix;
}

Eigen::Vector2d pixel_of(const CameraSensor& camera, const Eigen::Vector3d& point) {
  const Eigen::Vector3d ray = (camera.ego_from_camera.inverse() * Point<Ego>(point)).metres;
  return {camera.intrinsics.fx * ray.x() / ray.z() + camera.intrinsics.cx,
          camera.intrinsics.fy * ray.y() / ray.z() + camera.intrinsics.cy};
}

// P · R0 · Tr · X by the printed numbers themselves, without any of the code under test.
Eigen::Vector2d pixel_by_file(const std::string& text, const std::string& projection,
                              const Eigen::Vector3d& point) {
  const Eigen::Vector3d in_camera = matrix_in(text, "Tr_velo_to_cam", 3, 4) * point.homogeneous();
  const Eigen::Vector3d rectified = matrix_in(text, "R0_rect", 3, 3) * in_camera;
  const Eigen::Vector3d pixel = matrix_in(text, projection, 3, 4) * rectified.homogeneous();
  return pixel.hnormalized();
}

void expect_same_pixels(const std::filesystem::path& file) {
  const auto text = read_text(file);
  ASSERT_TRUE(text);
  const KittiCalibration calibration = read_kitti_calibration(file);
  EXPECT_THAT(calibration.warnings, IsEmpty());
  for (const std::size_t number : {0u, 1u, 2u, 3u}) {
    const CameraSensor camera = kitti_camera(calibration, number, SensorId{"camera"});
    ASSERT_TRUE(camera.calibrated);
    double worst = 0;
    for (double x = 4; x <= 80; x += 4)
      for (double y = -0.6 * x; y <= 0.6 * x; y += 0.1 * x)
        for (const double z : {-2.0, -0.5, 1.0, 3.0})
          worst = std::max(worst, (pixel_of(camera, {x, y, z}) -
                                   pixel_by_file(*text, fmt::format("P{}", number), {x, y, z}))
                                      .norm());
    EXPECT_LT(worst, 0.01) << "camera " << number << " of " << file;
  }
}

TEST(KittiCalibration, ProjectsAsTheMatricesOfRealFilesDo) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking");
  expect_same_pixels(real_data("kitti_tracking/training/calib/0000.txt"));
  expect_same_pixels(real_data("kitti_tracking/training/calib/0052.txt"));
  expect_same_pixels(real_data("kitti_object_full3/training/calib/000000.txt"));
  expect_same_pixels(real_data("view_of_delft/lidar/training/calib/00549.txt"));
  expect_same_pixels(real_data("view_of_delft/radar/training/calib/00549.txt"));
}

TEST(KittiCalibration, TakesTheOtherSpellings) {
  std::string text = kitti_calibration_lines;
  const KittiCalibration usual = parse_kitti_calibration(text, "a.txt");
  // Tracking as first published: no colons, other names; and lines that end as on Windows.
  const std::vector<std::pair<std::string, std::string>> other_names = {{"R0_rect:", "R_rect"},
                                                                        {"Tr_velo_to_cam:", "Tr_velo_cam"},
                                                                        {"Tr_imu_to_velo:", "Tr_imu_velo"},
                                                                        {"\n", " \r\n"}};
  for (const auto& [from, to] : other_names)
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
      text.replace(at, from.size(), to);
  const KittiCalibration other = parse_kitti_calibration(text, "b.txt");
  EXPECT_THAT(other.warnings, IsEmpty());
  ASSERT_TRUE(other.rectified_from_velodyne && other.velodyne_from_imu);
  EXPECT_EQ(other.rectified_from_velodyne->matrix(), usual.rectified_from_velodyne->matrix());
  EXPECT_EQ(other.velodyne_from_imu->matrix(), usual.velodyne_from_imu->matrix());
  EXPECT_EQ(*other.projections[3], *usual.projections[3]);
}

TEST(KittiCalibration, DamageIsAWarningThatNamesTheLine) {
  struct Case {
    const char* from;
    const char* to;
    const char* said;
  };
  const Case cases[] = {
      {"P2: 721.5377", "P2: 721,5377", "calib.txt:3: a number expected after 'P2', found '721,5377'"},
      {"P2: 721.5377 0", "P2: 721.5377", "calib.txt:3: 12 numbers expected after 'P2', found 11"},
      {"P2: 721.5377 0 609.5593 44.85728 0 721.5377", "P2: 721.5377 0 609.5593 44.85728 0 0",
       "calib.txt:3: P2: not the projection of a camera"},
      {"R0_rect: 0.9999239", "R0_rect: -0.9999239", "calib.txt:5: 'R0_rect' holds no rotation"},
      {"R0_rect: 0.9999239", "R0_rect: nan", "calib.txt:5: a number expected after 'R0_rect', found 'nan'"},
      {"Tr_velo_to_cam: 0.007533745", "Tr_velo_to_cam: 7.5",
       "calib.txt:6: 'Tr_velo_to_cam' holds no rotation"},
      {"Tr_velo_to_cam", "Tr_something", "there is no line 'Tr_velo_to_cam'"},
  };
  for (const Case& c : cases) {
    std::string text = kitti_calibration_lines;
    text.replace(text.find(c.from), std::string(c.from).size(), c.to);
    const KittiCalibration calibration = parse_kitti_calibration(text, "calib.txt");
    EXPECT_THAT(calibration.warnings, ElementsAre(HasSubstr(c.said))) << c.to;
    EXPECT_FALSE(kitti_camera(calibration, 2, SensorId{"image_02"}).calibrated) << c.to;
  }
  // The damage of one camera is not the other's.
  std::string text = kitti_calibration_lines;
  text.replace(text.find("P2:"), 3, "P2: x");
  EXPECT_TRUE(kitti_camera(parse_kitti_calibration(text, "calib.txt"), 3, SensorId{"image_03"}).calibrated);
}

TEST(KittiCalibration, AFileThatIsNotThereIsAWarning) {
  const KittiCalibration calibration = read_kitti_calibration("/nowhere/calib.txt");
  EXPECT_THAT(calibration.warnings, ElementsAre(HasSubstr("/nowhere/calib.txt")));
  EXPECT_FALSE(calibration.rectified_from_velodyne);
}

RC_GTEST_PROP(KittiCalibration, AnyProjectionComesApartAndTogether, ()) {
  CameraIntrinsics lens;
  lens.fx = *test::between(200, 3000);
  lens.fy = *test::between(200, 3000);
  lens.cx = *test::between(0, 2000);
  lens.cy = *test::between(0, 1200);
  const Eigen::Vector3d axis(*test::between(-1, 1), *test::between(-1, 1), *test::between(0.1, 1));
  const Pose<Camera, Camera> pose(
      Eigen::Quaterniond(Eigen::AngleAxisd(*test::between(-3, 3), axis.normalized())),
      Eigen::Vector3d(*test::between(-2, 2), *test::between(-2, 2), *test::between(-2, 2)));
  Eigen::Matrix3d k;
  k << lens.fx, 0, lens.cx, 0, lens.fy, lens.cy, 0, 0, 1;
  const double scale =
      *rc::gen::element(1.0, -1.0, 0.01, 7.0);  // a projection matrix means the same at any scale
  const auto parts = decomposed(scale * k * pose.matrix().topRows<3>());
  RC_ASSERT(parts.has_value());
  RC_ASSERT(std::abs(parts->intrinsics.fx - lens.fx) < 1e-6);
  RC_ASSERT(std::abs(parts->intrinsics.fy - lens.fy) < 1e-6);
  RC_ASSERT(std::abs(parts->intrinsics.cx - lens.cx) < 1e-6);
  RC_ASSERT(std::abs(parts->intrinsics.cy - lens.cy) < 1e-6);
  RC_ASSERT((parts->camera_from_rectified.matrix() - pose.matrix()).cwiseAbs().maxCoeff() < 1e-8);
}

TEST(KittiCalibration, SkewIsRefused) {
  ProjectionMatrix p = ProjectionMatrix::Zero();
  p << 700, 30, 600, 0, 0, 700, 180, 0, 0, 0, 1, 0;
  const auto parts = decomposed(p);
  ASSERT_FALSE(parts);
  EXPECT_THAT(parts.error().message, HasSubstr("skew of 30 px"));
}

TEST(KittiCalibration, WrittenTextReadsBack) {
  const KittiCalibration before = parse_kitti_calibration(kitti_calibration_lines, "calib.txt");
  const KittiCalibration after = parse_kitti_calibration(kitti_calibration_text(before), "again.txt");
  EXPECT_THAT(after.warnings, IsEmpty());
  EXPECT_LT((after.rectified_from_velodyne->matrix() - before.rectified_from_velodyne->matrix())
                .cwiseAbs()
                .maxCoeff(),
            1e-11);
  EXPECT_LT((after.velodyne_from_imu->matrix() - before.velodyne_from_imu->matrix()).cwiseAbs().maxCoeff(),
            1e-11);
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_LT((*after.projections[i] - *before.projections[i]).cwiseAbs().maxCoeff(), 1e-9);
}

}  // namespace
}  // namespace sweepmark
