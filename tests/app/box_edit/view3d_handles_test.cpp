#include "app/gui/view3d_handles.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace sweepmark::gui {
namespace {

constexpr Viewport viewport{800, 500};
constexpr double spacing = 20;

double between(double low, double high) {
  return low + (high - low) * *rc::gen::inRange(0, 10001) / 10000.0;
}

Box3<World> any_box() {
  return upright_box(Point<World>(between(-5, 5), between(-5, 5), between(-1, 1)), between(-3, 3),
                     {between(2, 6), between(1, 3), between(1, 3)});
}

ViewCamera any_camera() {
  ViewCamera camera;
  camera.yaw = between(-3, 3);
  camera.pitch = between(-1.4, -0.3);
  camera.distance = between(12, 30);
  return camera;
}

ViewCamera oblique() {
  ViewCamera camera;
  camera.yaw = 0.6;
  camera.pitch = -0.7;
  camera.distance = 14;
  return camera;
}

const Box3<World> car = upright_box(Point<World>(0, 0, 0), 0, {4.2, 1.8, 1.5});

std::set<std::string> names_of(const std::vector<SeenHandle>& handles) {
  std::set<std::string> names;
  for (const SeenHandle& seen : handles) names.insert(name_of(seen.handle));
  return names;
}

TEST(HandlesInView, ABoxCloseByHasItsFacesMiddleHeadingAndUprightEdges) {
  const std::set<std::string> names = names_of(handles_in_view(car, oblique(), viewport, spacing));
  for (const char* name : {"face+x", "face-x", "face+y", "face-y", "face+z", "centre", "heading"})
    EXPECT_TRUE(names.contains(name)) << name;
  EXPECT_TRUE(std::ranges::any_of(names, [](const auto& name) { return name.starts_with("corner"); }));
}

TEST(HandlesInView, ATinyBoxHasNone) {
  ViewCamera far = oblique();
  far.distance = 900;
  EXPECT_TRUE(handles_in_view(car, far, viewport, spacing).empty());
}

TEST(HandlesInView, AFaceThatIsLookedAtStraightOnHasNone) {
  ViewCamera above;
  above.pitch = -1.57;
  above.distance = 14;
  const std::set<std::string> names = names_of(handles_in_view(car, above, viewport, spacing));
  EXPECT_FALSE(names.contains("face+z"));
  EXPECT_TRUE(names.contains("face+x"));
}

TEST(HandlesInView, ABoxBehindTheEyeHasNone) {
  ViewCamera camera = oblique();
  const Eigen::Vector3d back = -3 * camera.distance * camera.forward();
  const Box3<World> behind = upright_box(Point<World>(back), 0, car.size);
  EXPECT_TRUE(handles_in_view(behind, camera, viewport, spacing).empty());
}

RC_GTEST_PROP(HandlesInView, NoTwoAreTooCloseTogetherToTell, ()) {
  const std::vector<SeenHandle> handles = handles_in_view(any_box(), any_camera(), viewport, spacing);
  for (std::size_t i = 0; i < handles.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) RC_ASSERT((handles[i].pixel - handles[j].pixel).norm() >= spacing);
}

RC_GTEST_PROP(HandleNear, FindsEachWhereItIsAndNothingFarFromAll, ()) {
  const std::vector<SeenHandle> handles = handles_in_view(any_box(), any_camera(), viewport, spacing);
  for (const SeenHandle& seen : handles)
    RC_ASSERT(handle_near(handles, seen.pixel + Eigen::Vector2d(2, -2), 8) == seen.handle);
  RC_ASSERT(!handle_near(handles, Eigen::Vector2d(-500, -500), 8));
}

// Whatever is taken hold of follows the mouse: the handle of the dragged box is under it.
RC_GTEST_PROP(DragIn3d, AHandleStaysUnderTheHandAndOnlyItsFacesMove, ()) {
  const Box3<World> box = any_box();
  const ViewCamera camera = any_camera();
  const std::vector<SeenHandle> handles = handles_in_view(box, camera, viewport, spacing);
  RC_PRE(!handles.empty());
  const SeenHandle seen =
      handles[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(handles.size())))];
  RC_PRE(seen.handle.kind != BoxHandle::Kind::heading);
  const ViewRay taken = camera.ray_through(seen.pixel, viewport);
  const ViewRay now =
      camera.ray_through(seen.pixel + Eigen::Vector2d(between(-6, 6), between(-6, 6)), viewport);
  const auto motion = motion_between(box, seen.handle, taken, now);
  RC_PRE(motion.has_value() && motion->norm() < 0.4);
  // The world stands for the vehicle here: the pose between the two is the identity.
  const Box3<Ego> start{{box.pose.rotation(), box.pose.translation()}, box.size};
  const Box3<Ego> result = dragged(start, seen.handle, *motion, heading_reach(box.size));
  const Eigen::Vector3d at = (result.pose * place_of(seen.handle, result.size, 1.0)).metres;
  if (seen.handle.kind == BoxHandle::Kind::face) {
    // Along its normal the face is where the ray comes nearest to that line.
    const Eigen::Vector3d normal = box.pose.rotation() * seen.handle.faces.cast<double>();
    const Eigen::Vector3d between_lines = at - now.origin.metres;
    const Eigen::Vector3d off = between_lines - between_lines.dot(now.direction) * now.direction;
    RC_ASSERT(std::abs(off.dot(normal)) < 1e-6);
  } else {
    const Eigen::Vector3d expected = (start.pose * place_of(seen.handle, start.size, 1.0)).metres + *motion;
    RC_ASSERT((at - expected).norm() < 1e-9);
    const Eigen::Vector3d to = at - now.origin.metres;
    RC_ASSERT((to - to.dot(now.direction) * now.direction).norm() < 1e-6);
  }
  if (seen.handle.kind == BoxHandle::Kind::centre) RC_ASSERT(result.size == start.size);
  for (const FaceSigns& face : box_faces) {
    if (seen.handle.kind == BoxHandle::Kind::centre) break;
    const bool held = (face.array() * seen.handle.faces.array()).sum() > 0;
    const auto middle = [&](const Box3<Ego>& of) {
      return (of.pose.inverse() * start.pose *
              Point<BoxLocal>(0.5 * face.cast<double>().cwiseProduct(start.size)))
                 .metres.dot(face.cast<double>()) -
             0.5 * face.cast<double>().cwiseAbs().dot(of.size);
    };
    if (!held) RC_ASSERT(std::abs(middle(result)) < 1e-9);
  }
}

TEST(DragIn3d, ARayThatNeverMeetsTheGroundTellsNothing) {
  const ViewRay up{Point<World>(0, 0, 5), Eigen::Vector3d(0, 0, 1)};
  EXPECT_FALSE(motion_between(car, {BoxHandle::Kind::centre, FaceSigns::Zero()}, up, up));
}

}  // namespace
}  // namespace sweepmark::gui
