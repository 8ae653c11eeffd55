#include "app/gui/batch_crop.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "app/gui/batch_picture.hpp"
#include "app/gui/box_edit.hpp"
#include "core/formats/drive_reader.hpp"
#include "tests/support/real_data.hpp"

namespace sweepmark::gui {
namespace {

const Box3<Ego> car = upright_box(Point<Ego>(10, -3, 0.8), 0.4, {4.2, 1.8, 1.5});

PointCloud cloud_of(const std::vector<Eigen::Vector3d>& places) {
  std::vector<float> x, y, z;
  for (const Eigen::Vector3d& p : places) {
    x.push_back(static_cast<float>(p.x()));
    y.push_back(static_cast<float>(p.y()));
    z.push_back(static_cast<float>(p.z()));
  }
  return make_point_cloud(std::move(x), std::move(y), std::move(z), {});
}

RC_GTEST_PROP(CropKey, CoversWhatItWasMadeFor, ()) {
  const auto metres = [](int range) { return *rc::gen::inRange(-range * 100, range * 100) * 0.01; };
  const Box3<Ego> box = upright_box(Point<Ego>(metres(200), metres(200), metres(5)), metres(3), {4, 2, 1.5});
  const double radius = *rc::gen::inRange(1, 2000) * 0.01;
  const CropKey key = crop_about(7, box, radius);
  RC_ASSERT(key.sweep == 7u);
  RC_ASSERT(covers(key, box, radius));
  RC_ASSERT(covers(key, moved(box, Eigen::Vector3d(0.9, -0.9, 0.9)), radius));  // a usual correction
  RC_ASSERT(!covers(key, moved(box, Eigen::Vector3d(4, 0, 0)), radius));
}

TEST(CropKey, OfAPlaceThatCannotBeIsStillAKey) {
  const Box3<Ego> nowhere = upright_box(Point<Ego>(1e12, -1e12, 0), 0, {4, 2, 1.5});
  EXPECT_FALSE(covers(crop_about(0, nowhere, 5), nowhere, 5));
}

TEST(CloudCrop, HasThePointsOfItsCubeInTheVehiclesFrameAndNoOthers) {
  const Pose<Ego, Sensor> ego_from_cloud(rotation_about_z(0.3), Eigen::Vector3d(1, 2, 1.7));
  std::vector<Eigen::Vector3d> in_cloud;
  std::size_t expected = 0;
  const CropKey key = crop_about(0, car, 3);
  for (double x = -20; x < 20; x += 0.5)
    for (double y = -20; y < 20; y += 0.5) {
      const Point<Ego> place(x + 0.1, y + 0.1, 0.5);
      in_cloud.push_back((ego_from_cloud.inverse() * place).metres);
      const Eigen::Vector3d away = (place.metres - key.middle().metres).cwiseAbs();
      expected += away.maxCoeff() <= key.reach ? 1 : 0;
    }
  const CloudCrop crop = cropped(cloud_of(in_cloud), ego_from_cloud, key);
  EXPECT_EQ(crop.every, 1u);
  EXPECT_EQ(crop.points.size(), expected);
  for (const Eigen::Vector3f& point : crop.points) EXPECT_NEAR(point.z() + key.middle().z(), 0.5, 1e-4);
  EXPECT_GE(crop.bytes(), expected * sizeof(Eigen::Vector3f));
}

TEST(CloudCrop, OfAnEmptyCloudIsEmpty) {
  const CloudCrop crop = cropped(cloud_of({}), {}, crop_about(0, car, 3));
  EXPECT_TRUE(crop.points.empty());
  EXPECT_FALSE(crop.ground);
  EXPECT_TRUE(crop.inside(car).empty());
}

TEST(CloudCrop, ThinsOutWhatIsTooDenseToDrawInTime) {
  std::vector<Eigen::Vector3d> places(3 * most_crop_points, car.centre().metres);
  const CloudCrop crop = cropped(cloud_of(places), {}, crop_about(0, car, 3));
  EXPECT_LE(crop.points.size(), most_crop_points);
  EXPECT_EQ(crop.every, 3u);
}

CropView view_from_above(const Box3<Ego>& box, int pixels, double metres_per_pixel) {
  CropView view;
  view.box = box;
  view.middle = box.centre().metres;
  view.up = box.pose.rotation() * Eigen::Vector3d::UnitX();
  view.right = box.pose.rotation() * -Eigen::Vector3d::UnitY();
  view.metres_per_pixel = metres_per_pixel;
  view.nearer = 2;
  view.farther = 10;
  view.size = {pixels, pixels};
  view.point_size = 1;
  return view;
}

// Local places of a box, painted 10 pixels a metre, the box's middle in the middle of 101 × 101 pixels.
struct Painting {
  std::vector<std::uint32_t> canvas = std::vector<std::uint32_t>(101 * 101, 0u);
  std::size_t inside = 0;

  Painting(const Box3<Ego>& box, const std::vector<Eigen::Vector3d>& local, const Box3<Ego>& focus) {
    std::vector<Eigen::Vector3d> places;
    for (const Eigen::Vector3d& p : local) places.push_back((box.pose * Point<BoxLocal>(p)).metres);
    CropView view = view_from_above(box, 101, 0.1);
    view.box = focus;
    inside = paint_crop(cropped(cloud_of(places), {}, crop_about(0, box, 5)), view, canvas);
  }
  std::uint32_t at(double forward, double left) const {
    const auto x = static_cast<std::size_t>(50.5 - 10 * left),
               y = static_cast<std::size_t>(50.5 - 10 * forward);
    return canvas[y * 101 + x];
  }
};

TEST(CropPicture, IsTheSameHoweverTheBoxStandsInTheWorld) {
  const std::vector<Eigen::Vector3d> local = {{1.5, 0.4, 0.2}, {-1.0, -0.5, 0.6}, {3.03, 1.02, 0.3}};
  const Box3<Ego> elsewhere = upright_box(Point<Ego>(-25, 14, 1.2), -2.1, car.size);
  const Painting here(car, local, car), there(elsewhere, local, elsewhere);
  EXPECT_EQ(here.inside, 2u);
  EXPECT_EQ(there.inside, 2u);
  EXPECT_EQ(here.canvas, there.canvas);
}

TEST(CropPicture, ShowsInsideAndOutsideInDifferentColoursAndNothingWhereThereIsNothing) {
  const Painting painting(car, {{1.52, 0.42, 0.2}, {3.02, 1.02, 0.3}}, car);
  EXPECT_NE(painting.at(1.52, 0.42), 0u);
  EXPECT_NE(painting.at(3.02, 1.02), 0u);
  EXPECT_NE(painting.at(1.52, 0.42), painting.at(3.02, 1.02));
  EXPECT_EQ(std::ranges::count_if(painting.canvas, [](std::uint32_t pixel) { return pixel != 0; }), 2);
}

TEST(CropPicture, LeavesOutWhatStandsFarOverTheBox) {
  const Painting painting(car, {{0, 0, 4.5}}, car);  // a branch
  EXPECT_EQ(std::ranges::count(painting.canvas, 0u), 101 * 101);
}

TEST(CropPicture, ABoxThatIsWrongLosesItsPoints) {
  const std::vector<Eigen::Vector3d> local = {{1.5, 0.4, 0.2}, {-1.0, -0.5, 0.4}, {0, 0.6, 0.1}};
  EXPECT_EQ(Painting(car, local, car).inside, 3u);
  EXPECT_EQ(Painting(car, local, moved(car, {0, 0, 5})).inside, 0u);
}

TEST(CropPicture, PaintsNeverOverItsEdge) {
  std::vector<Eigen::Vector3d> places;
  for (double x = -8; x <= 8; x += 0.05)
    for (double y = -8; y <= 8; y += 0.5) places.emplace_back(x + 10, y - 3, 0.8);
  CropView view = view_from_above(car, 20, 0.1);
  view.point_size = 8;
  std::vector<std::uint32_t> canvas(20 * 20 + 400, 0u);
  paint_crop(cropped(cloud_of(places), {}, crop_about(0, car, 8)), view, std::span(canvas).first(400));
  EXPECT_TRUE(
      std::all_of(canvas.begin() + 400, canvas.end(), [](std::uint32_t pixel) { return pixel == 0; }));
  EXPECT_TRUE(std::all_of(canvas.begin(), canvas.begin() + 400, [](std::uint32_t p) { return p != 0; }));
}

TEST(CropPicture, IsKnownByItsKey) {
  const CropKey key = crop_about(3, car, 4);
  const CropView view = view_from_above(car, 100, 0.1);
  EXPECT_EQ(key_of(key, view), key_of(key, view));
  CropView other = view;
  other.box = moved(car, {0.01, 0, 0});
  EXPECT_NE(key_of(key, view), key_of(key, other));
  other = view;
  other.metres_per_pixel = 0.2;
  EXPECT_NE(key_of(key, view), key_of(key, other));
  EXPECT_NE(key_of(key, view), key_of(crop_about(4, car, 4), view));
}

// Counted in a crop, people's boxes hold the points that they hold in the whole sweep.
TEST(CloudCrop, OfARealSweepHoldsEveryPointOfTheBoxes) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking");
  const auto drive = open_drive(test::real_data("kitti_tracking"), "0000");
  ASSERT_TRUE(drive) << to_string(drive.error());
  const auto truth = drive->read_truth();
  ASSERT_TRUE(truth);
  const auto cloud = drive->read_sweep(0);
  ASSERT_TRUE(cloud);
  const Pose<Ego, Sensor> ego_from_cloud = drive->rig.ego_from(drive->sweeps[0].lidar);
  std::size_t boxes = 0, points = 0;
  for (const TruthBox& each : *truth) {
    if (each.time != drive->sweeps[0].time) continue;
    const CloudCrop crop = cropped(*cloud, ego_from_cloud, crop_about(0, each.box, 4));
    const std::size_t in_sweep = local_points(*cloud, ego_from_cloud, each.box, 0).size();
    const std::size_t in_crop = crop.inside(each.box).size();
    EXPECT_NEAR(static_cast<double>(in_crop), static_cast<double>(in_sweep), 1.0);  // float32 at the border
    EXPECT_LT(crop.bytes(), cloud->bytes() / 3);
    points += in_crop;
    ++boxes;
  }
  EXPECT_GT(boxes, 0u);
  EXPECT_GT(points, 0u);
}

// What keys of a cell act on where the sweep itself was let go.
TEST(CloudCrop, GoesBackIntoTheFrameOfItsCloud) {
  const Pose<Ego, Sensor> ego_from_cloud(rotation_about_z(0.3), Eigen::Vector3d(1, 2, 1.7));
  std::vector<Eigen::Vector3d> in_cloud;
  for (double x = -2; x < 2; x += 0.5)
    for (double y = -2; y < 2; y += 0.5)
      in_cloud.push_back(
          (ego_from_cloud.inverse() * Point<Ego>(car.centre().metres + Eigen::Vector3d(x, y, 0.1 * x)))
              .metres);
  const PointCloud back =
      cloud_of(cropped(cloud_of(in_cloud), ego_from_cloud, crop_about(0, car, 3)), ego_from_cloud);
  ASSERT_EQ(back.size(), in_cloud.size());
  for (std::size_t i = 0; i < back.size(); ++i) EXPECT_LT((back.position(i) - in_cloud[i]).norm(), 1e-4) << i;
}

}  // namespace
}  // namespace sweepmark::gui
