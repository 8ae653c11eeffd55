#include "app/gui/box_edit.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numbers>
#include <set>

namespace sweepmark::gui {
namespace {

double between(double low, double high) {
  return low + (high - low) * *rc::gen::inRange(0, 10001) / 10000.0;
}

Eigen::Vector3d vector_within(double reach) {
  return {between(-reach, reach), between(-reach, reach), between(-reach, reach)};
}

Box3<Ego> any_box() {
  const Eigen::AngleAxisd tilt(between(-0.3, 0.3), Eigen::Vector3d::UnitX());
  const Eigen::Quaterniond rotation = rotation_about_z(between(-3, 3)) * Eigen::Quaterniond(tilt);
  return {Pose<Ego, BoxLocal>(rotation, vector_within(50)),
          {between(0.3, 12), between(0.3, 3), between(0.3, 4)}};
}

Eigen::Vector3d face_centre(const Box3<Ego>& box, const FaceSigns& face) {
  return (box.pose * Point<BoxLocal>(0.5 * face.cast<double>().cwiseProduct(box.size))).metres;
}

const std::array<FaceSigns, 6> all_faces = {FaceSigns(1, 0, 0),  FaceSigns(-1, 0, 0), FaceSigns(0, 1, 0),
                                            FaceSigns(0, -1, 0), FaceSigns(0, 0, 1),  FaceSigns(0, 0, -1)};

RC_GTEST_PROP(FacesMoved, OnlyTheDraggedFaceMovesAndOnlyAlongItsNormal, ()) {
  const Box3<Ego> box = any_box();
  const FaceSigns face = all_faces[static_cast<std::size_t>(*rc::gen::inRange(0, 6))];
  const Eigen::Vector3d normal = box.pose.rotation() * face.cast<double>();
  const Eigen::Vector3d motion = vector_within(5);
  const Box3<Ego> result = with_faces_moved(box, face, motion);
  RC_ASSERT((face_centre(result, -face) - face_centre(box, -face)).norm() < 1e-9);
  const double length = box.size.dot(face.cwiseAbs().cast<double>());
  const double expected = std::max(motion.dot(normal), smallest_box_side - length);
  RC_ASSERT((face_centre(result, face) - face_centre(box, face) - expected * normal).norm() < 1e-9);
  RC_ASSERT((result.size.array() >= smallest_box_side - 1e-12).all());
  RC_ASSERT(result.pose.rotation().isApprox(box.pose.rotation()));
}

RC_GTEST_PROP(FacesMoved, ACornerFollowsTheHandAndTheOppositeOneStays, ()) {
  const Box3<Ego> box = any_box();
  const FaceSigns corner(*rc::gen::element(-1, 1), *rc::gen::element(-1, 1), 0);
  const Eigen::Vector3d outwards =
      box.pose.rotation() * Eigen::Vector3d(corner.x() * between(0, 3), corner.y() * between(0, 3), 0);
  const Box3<Ego> result = with_faces_moved(box, corner, outwards);
  RC_ASSERT((face_centre(result, corner) - face_centre(box, corner) - outwards).norm() < 1e-9);
  RC_ASSERT((face_centre(result, -corner) - face_centre(box, -corner)).norm() < 1e-9);
  RC_ASSERT(std::abs(result.height() - box.height()) < 1e-12);
}

TEST(FacesMoved, AFaceStopsBeforeItMeetsTheOppositeOne) {
  const Box3<Ego> box = upright_box(Point<Ego>(0, 0, 0), 0, {4, 2, 1.5});
  const Box3<Ego> result = with_faces_moved(box, {1, 0, 0}, {-10, 0, 0});
  EXPECT_DOUBLE_EQ(result.length(), smallest_box_side);
  EXPECT_DOUBLE_EQ(face_centre(result, {-1, 0, 0}).x(), -2.0);
}

RC_GTEST_PROP(Facing, TheFrontLooksAtThePlaceAndNothingElseChanges, ()) {
  const Box3<Ego> box = upright_box(Point<Ego>(vector_within(50)), between(-3, 3), {4, 2, 1.5});
  const Eigen::Vector2d aside(between(-20, 20), between(-20, 20));
  RC_PRE(aside.norm() > 0.1);
  const Point<Ego> place(box.centre().x() + aside.x(), box.centre().y() + aside.y(), 3);
  const Box3<Ego> result = facing(box, place);
  RC_ASSERT(std::abs(wrapped_angle(result.yaw() - std::atan2(aside.y(), aside.x()))) < 1e-9);
  RC_ASSERT((result.centre().metres - box.centre().metres).norm() < 1e-12);
  RC_ASSERT(result.size == box.size);
}

TEST(Facing, TheCentreItselfTurnsNothing) {
  const Box3<Ego> box = upright_box(Point<Ego>(3, 4, 0), 0.7, {4, 2, 1.5});
  EXPECT_DOUBLE_EQ(facing(box, box.centre()).yaw(), box.yaw());
}

PointCloud cloud_of(const std::vector<Eigen::Vector3f>& points) {
  std::vector<float> x, y, z;
  for (const Eigen::Vector3f& p : points) {
    x.push_back(p.x());
    y.push_back(p.y());
    z.push_back(p.z());
  }
  return make_point_cloud(x, y, z, {});
}

TEST(LocalPoints, AreThoseWithinTheMarginInTheBoxsFrame) {
  const PointCloud cloud = cloud_of({{10, 0, 0}, {10, 2.05f, 0}, {10, 3, 0}});
  const Pose<Ego, Sensor> ego_from_cloud(Eigen::Quaterniond::Identity(), {0, 0, 1});
  const Box3<Ego> box = upright_box(Point<Ego>(10, 0, 1), std::numbers::pi / 2, {4, 2, 1.5});
  const std::vector<Eigen::Vector3d> points = local_points(cloud, ego_from_cloud, box, 0.1);
  ASSERT_EQ(points.size(), 2u);
  EXPECT_NEAR((points[0] - Eigen::Vector3d(0, 0, 0)).norm(), 0, 1e-6);
  EXPECT_NEAR((points[1] - Eigen::Vector3d(2.05, 0, 0)).norm(), 0, 1e-6);
}

TEST(Shrink, TakesTheFaceToTheOutermostPointInside) {
  const Box3<Ego> box = upright_box(Point<Ego>(10, 5, 0), 0.4, {4, 2, 1.5});
  const std::vector<Eigen::Vector3d> points = {
      {-1, 0, 0}, {1.2, 0.3, 0.2}, {5, 0, 0}};  // the last is outside
  const auto result = shrunk_to_points(box, {1, 0, 0}, points);
  ASSERT_TRUE(result);
  EXPECT_NEAR(result->length(), 2 + 1.2 + 0.02, 1e-9);
  EXPECT_NEAR((face_centre(*result, {-1, 0, 0}) - face_centre(box, {-1, 0, 0})).norm(), 0, 1e-9);
}

TEST(Shrink, NeverGrowsABoxAndNeedsAPoint) {
  const Box3<Ego> box = upright_box(Point<Ego>(0, 0, 0), 0, {4, 2, 1.5});
  const std::vector<Eigen::Vector3d> at_border = {{1.995, 0, 0}}, none = {{9, 9, 9}};
  EXPECT_DOUBLE_EQ(shrunk_to_points(box, {1, 0, 0}, at_border)->length(), 4.0);
  EXPECT_FALSE(shrunk_to_points(box, {1, 0, 0}, none));
}

TEST(Evidence, CountsPointsInsideAndBesideEachFace) {
  const Box3<Ego> box = upright_box(Point<Ego>(0, 0, 0), 0, {4, 2, 1.5});
  const std::vector<Eigen::Vector3d> points = {
      {0, 0, 0}, {1.9, 0, 0}, {2.1, 0, 0}, {0, -0.9, 0.7}, {2.4, 0, 0}};
  const BoxEvidence evidence = evidence_for(box, points);
  EXPECT_EQ(evidence.inside, 3u);
  EXPECT_EQ(evidence.near_face, (std::array<std::size_t, 6>{2, 0, 0, 1, 1, 0}));
}

TEST(Evidence, TheGroundBesideABoxDoesNotSpeakForItsSides) {
  const Box3<Ego> box = upright_box(Point<Ego>(0, 0, 0), 0, {4, 2, 1.5});
  const std::vector<Eigen::Vector3d> ground = {{2.05, 0, -0.75}, {2.1, 0.5, -0.74}, {2.0, 1, -0.7}};
  const BoxEvidence evidence = evidence_for(box, ground);
  EXPECT_FALSE(is_seen(evidence, {1, 0, 0}));
  EXPECT_EQ(count_at(evidence, {0, 0, -1}), 3u);
}

std::vector<Eigen::Vector3d> wall(int axis, double at) {
  std::vector<Eigen::Vector3d> points;
  for (double u = -0.4; u <= 0.4; u += 0.1) {
    Eigen::Vector3d p(u, u, 0.3 + u);
    p[axis] = at;
    points.push_back(p);
  }
  return points;
}

TEST(Pulled, SidesThatWereSeenGoToThePointsAndTheOthersStay) {
  const Box3<Ego> box = upright_box(Point<Ego>(10, 5, 0), 0.4, {4, 2, 1.5});
  std::vector<Eigen::Vector3d> points = wall(0, 2.2);                   // 20 cm before the front
  for (const Eigen::Vector3d& p : wall(1, -0.85)) points.push_back(p);  // 15 cm inside the right side
  const auto pulled = pulled_to_points(box, points);
  ASSERT_TRUE(pulled);
  EXPECT_NEAR((face_centre(*pulled, {-1, 0, 0}) - face_centre(box, {-1, 0, 0}))
                  .dot(box.pose.rotation() * Eigen::Vector3d::UnitX()),
              0, 1e-9);
  EXPECT_NEAR(pulled->length(), 4.22, 1e-9);
  EXPECT_NEAR(pulled->width(), 2 - 0.13, 1e-9);
  EXPECT_NEAR(pulled->yaw(), box.yaw(), 1e-12);
}

TEST(Pulled, StraysAndTheGroundMoveNothing) {
  const Box3<Ego> box = upright_box(Point<Ego>(0, 0, 0), 0, {4, 2, 1.5});
  const std::vector<Eigen::Vector3d> strays = {
      {2.2, 0, 0}, {2.1, 0, 0.1}, {2.2, 0, -0.74}, {2.15, 0.1, -0.75}};
  EXPECT_FALSE(pulled_to_points(box, strays));
}

RC_GTEST_PROP(Extended, ChangesOneDimensionAndTheBottomStays, ()) {
  const Box3<Ego> box = any_box();
  const int axis = *rc::gen::inRange(0, 3);
  const double metres = between(-0.2, 1);
  const Box3<Ego> result = extended(box, axis, metres);
  Eigen::Vector3d size = box.size;
  size[axis] = result.size[axis];
  RC_ASSERT((result.size - size).norm() < 1e-12);
  RC_ASSERT(std::abs(result.size[axis] - std::max(box.size[axis] + metres, smallest_box_side)) < 0.2);
  if (axis == 2)
    RC_ASSERT((face_centre(result, {0, 0, -1}) - face_centre(box, {0, 0, -1})).norm() < 1e-9);
  else
    RC_ASSERT((result.centre().metres - box.centre().metres).norm() < 0.2);
}

RC_GTEST_PROP(OnGround, TheBoxStandsUprightOnASlopeWithItsHeading, ()) {
  const Box3<Ego> box = upright_box(Point<Ego>(vector_within(20)), between(-3, 3), {4, 2, 1.5});
  const Eigen::Vector3d normal = Eigen::Vector3d(between(-0.2, 0.2), between(-0.2, 0.2), 1).normalized();
  const Box3<Ego> laid = placed(box, placement_on_ground(box, -1.6, normal));
  RC_ASSERT((laid.pose.rotation() * Eigen::Vector3d::UnitZ() - normal).norm() < 1e-9);
  RC_ASSERT(std::abs(wrapped_angle(laid.yaw() - box.yaw())) < 0.05);
  RC_ASSERT((laid.centre().metres - box.centre().metres).head<2>().norm() < 1e-12);
  RC_ASSERT(std::abs(laid.centre().z() - (-1.6 + 0.75 * normal.z())) < 1e-9);
}

TEST(Handles, EverySideViewHasItsFourFacesFourCornersAndCentreUnderNamesOfTheirOwn) {
  for (const BoxSide side : {BoxSide::top, BoxSide::side, BoxSide::rear}) {
    const std::vector<BoxHandle> handles = handles_of(side);
    std::set<std::string> names;
    for (const BoxHandle& handle : handles) names.insert(name_of(handle));
    EXPECT_EQ(names.size(), handles.size());
    EXPECT_EQ(handles.size(), side == BoxSide::top ? 10u : 9u);
    EXPECT_TRUE(names.contains("centre"));
  }
  EXPECT_EQ(name_of({BoxHandle::Kind::corner, {1, -1, 0}}), "corner+x-y");
}

RC_GTEST_PROP(Handles, AHandleThatIsDraggedStaysUnderTheHand, ()) {
  const Box3<Ego> box = upright_box(Point<Ego>(vector_within(50)), between(-3, 3), {4, 2, 1.5});
  const std::vector<BoxHandle> handles = handles_of(BoxSide::top);
  const BoxHandle handle =
      handles[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(handles.size())))];
  RC_PRE(handle.kind == BoxHandle::Kind::corner || handle.kind == BoxHandle::Kind::centre);
  const Eigen::Vector3d motion = Eigen::Vector3d(between(-0.8, 0.8), between(-0.8, 0.8), 0);
  const Box3<Ego> result = dragged(box, handle, motion, 1.0);
  const Eigen::Vector3d before = (box.pose * place_of(handle, box.size, 1.0)).metres;
  const Eigen::Vector3d after = (result.pose * place_of(handle, result.size, 1.0)).metres;
  RC_ASSERT((after - before - motion).norm() < 1e-9);
}

}  // namespace
}  // namespace sweepmark::gui
