#include "app/gui/trail.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_drive.hpp"

namespace sweepmark::gui {
namespace {

// Ten metres before the vehicle, which goes on a metre a sweep.
Track car_ahead(const Drive& drive) {
  Track track;
  track.id = TrackId{1};
  const Box3<Ego> box = upright_box(Point<Ego>(10, 0, 0), 0, {4, 2, 1.5});
  track.keyframes = {{drive.sweeps[1].time, box, Origin::human, {}},
                     {drive.sweeps[4].time, box, Origin::automatic, {}, 0.5},
                     {drive.sweeps[8].time, box, Origin::imported, {}}};
  return track;
}

TEST(Trail, RunsThroughTheWorldFromTheFirstBoxToTheLast) {
  const Drive drive = test::small_drive();
  const Trail trail = trail_of(car_ahead(drive), drive, drive.trajectory);
  ASSERT_EQ(trail.size(), 8u);
  for (const TrailPoint& point : trail)
    EXPECT_NEAR(point.at.x(), 10.0 + static_cast<double>(point.sweep), 1e-6);
  EXPECT_EQ(trail[0].kind, TrailPoint::Kind::placed);
  EXPECT_EQ(trail[1].kind, TrailPoint::Kind::derived);
  EXPECT_EQ(trail[3].kind, TrailPoint::Kind::automatic);
  EXPECT_EQ(trail[7].kind, TrailPoint::Kind::placed);
  EXPECT_FALSE(trail[0].joined);
  EXPECT_TRUE(trail[7].joined);
}

TEST(Trail, IsBrokenWhereTheObjectIsAbsent) {
  const Drive drive = test::small_drive();
  Track track = car_ahead(drive);
  track.properties.absences = {{drive.sweeps[5].time, drive.sweeps[6].time}};
  const Trail trail = trail_of(track, drive, drive.trajectory);
  ASSERT_EQ(trail.size(), 6u);
  EXPECT_EQ(trail[4].sweep, 7u);
  EXPECT_FALSE(trail[4].joined);
}

TEST(Trail, OfAnObjectWithoutBoxesIsEmpty) {
  const Drive drive = test::small_drive();
  EXPECT_TRUE(trail_of(Track{}, drive, drive.trajectory).empty());
}

}  // namespace
}  // namespace sweepmark::gui
