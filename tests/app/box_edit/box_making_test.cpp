#include "app/gui/box_making.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numbers>

namespace sweepmark::gui {
namespace {

double between(double low, double high) {
  return low + (high - low) * *rc::gen::inRange(0, 10001) / 10000.0;
}

Point<Ego> on_floor(const Box3<Ego>& box, double x, double y) {
  return box.pose * Point<BoxLocal>(0.5 * x * box.length(), 0.5 * y * box.width(), -0.5 * box.height());
}

// The corners of a box, clicked as the tool asks for them, give its footprint back, heading included.
RC_GTEST_PROP(ThreeClicks, GiveTheFootprintBack, ()) {
  const Box3<Ego> box = upright_box(Point<Ego>(between(-30, 30), between(-30, 30), 0), between(-3, 3),
                                    {between(0.5, 12), between(0.4, 3), 1.5});
  const double side = *rc::gen::element(-1.0, 1.0);
  const auto drawn =
      behind_front_edge(on_floor(box, 1, side), on_floor(box, 1, -side), on_floor(box, -1, between(-1, 1)));
  RC_ASSERT(drawn.has_value());
  RC_ASSERT((drawn->centre - box.pose.translation().head<2>()).norm() < 1e-9);
  RC_ASSERT(std::abs(drawn->length - box.length()) < 1e-9 && std::abs(drawn->width - box.width()) < 1e-9);
  RC_ASSERT(std::abs(wrapped_angle(drawn->yaw - box.yaw())) < 1e-9);
}

TEST(ThreeClicks, OnOneSpotMakeNothing) {
  const Point<Ego> a(5, 1, 0), b(5, 3, 0);
  EXPECT_FALSE(behind_front_edge(a, a, b));
  EXPECT_FALSE(behind_front_edge(a, b, Point<Ego>(5.02, 2, 0)));
}

TEST(TwoCorners, MakeARectangleWithSidesAlongTheSight) {
  const Footprint drawn = rectangle_between(Point<Ego>(1, 1, 0), Point<Ego>(5, 3, 0), std::numbers::pi / 2);
  EXPECT_NEAR(drawn.length, 2, 1e-12);
  EXPECT_NEAR(drawn.width, 4, 1e-12);
  EXPECT_NEAR((drawn.centre - Eigen::Vector2d(3, 2)).norm(), 0, 1e-12);
}

PointCloud column_of(const std::vector<float>& heights) {
  std::vector<float> x(heights.size(), 5.0f), y(heights.size(), 0.0f);
  return make_point_cloud(x, y, heights, {});
}

TEST(Height, IsThatOfTheSecondHighestPointAndAsUsualWhereFewTell) {
  const Footprint drawn{{5, 0}, 0, 2, 2};
  std::vector<float> heights(20, 0.0f);  // ground
  for (int i = 1; i <= 10; ++i) heights.push_back(0.15f * static_cast<float>(i));
  heights.push_back(2.2f);  // a stray
  heights.push_back(9.0f);  // a branch
  EXPECT_NEAR(height_within(column_of(heights), {}, drawn, 0, 1.6), 1.5, 1e-5);
  EXPECT_EQ(height_within(column_of({0, 0, 1, 1.2f}), {}, drawn, 0, 1.6), 1.6);
}

std::shared_ptr<const Track> parked(std::uint32_t id, std::uint16_t class_id, double x) {
  const Box3<Ego> box = upright_box(Point<Ego>(x, 2, 0), 0.3, {4, 2, 1.5});
  Track track{TrackId(id), {}, {{TimestampNs{0}, box, Origin::human, {}}}};
  track.properties.class_id = ClassId(class_id);
  return std::make_shared<const Track>(std::move(track));
}

TEST(LastBox, IsThatOfTheNewestObjectOfTheClassInTheWorld) {
  Document document = new_document();
  for (const auto& track : {parked(1, 1, 10), parked(2, 1, 20), parked(3, 2, 30)})
    document.tracks[track->id] = track;
  const TimestampNs later{100};
  const Pose<World, Ego> turned(rotation_about_z(0.5), Eigen::Vector3d(0, 0, 0));
  const Trajectory trajectory({{TimestampNs{0}, {}}, {later, turned}}, PoseSource::recorded);
  const auto box = last_box_of(document, trajectory, ClassId(1), later);
  ASSERT_TRUE(box);
  EXPECT_NEAR(box->yaw(), 0.3 - 0.5, 1e-9);
  EXPECT_NEAR((turned * box->centre()).x(), 20, 1e-9);
  EXPECT_FALSE(last_box_of(document, trajectory, ClassId(5), later));
}

TEST(IsAt, MeansWithinTheMarginOfTheFootprint) {
  const Box3<Ego> box = upright_box(Point<Ego>(10, 0, 0), 0, {4, 2, 1.5});
  EXPECT_TRUE(is_at(box, Point<Ego>(12.4, 0, -5), 0.5));
  EXPECT_FALSE(is_at(box, Point<Ego>(12.6, 0, 0), 0.5));
  EXPECT_FALSE(is_at(box, Point<Ego>(10, -1.6, 0), 0.5));
}

TEST(SaidOf, TellsWhatWasSeenAndWhatIsAGuess) {
  BoxFit fit;
  fit.confidence = 0.82;
  fit.seen = {true, false, true};
  const std::string said = said_of(fit, "Car");
  EXPECT_NE(said.find("82 %"), std::string::npos);
  EXPECT_NE(said.find("seen: length, height"), std::string::npos);
  EXPECT_NE(said.find("usual for the class: width"), std::string::npos);
  EXPECT_NE(said.find("G turns it round"), std::string::npos);
  fit.heading_sure = true;
  EXPECT_EQ(said_of(fit, "Car").find("G turns"), std::string::npos);
}

}  // namespace
}  // namespace sweepmark::gui
