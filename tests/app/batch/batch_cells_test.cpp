#include "app/gui/batch_cells.hpp"

#include <gtest/gtest.h>

namespace sweepmark::gui {
namespace {

using State = BatchCell::State;

Drive drive_of(std::size_t sweeps) {
  Drive drive;
  for (std::size_t i = 0; i < sweeps; ++i)
    drive.sweeps.push_back(
        {SensorId{"lidar"}, TimestampNs{static_cast<std::int64_t>(i) * 100'000'000}, "sweep.bin"});
  return drive;
}

Keyframe keyframe(const Drive& drive, std::size_t sweep, Origin origin) {
  Keyframe made;
  made.time = drive.sweeps[sweep].time;
  made.box = upright_box(Point<Ego>(static_cast<double>(sweep), 0, 0), 0, {4, 2, 1.5});
  made.origin = origin;
  return made;
}

Track a_track(const Drive& drive) {
  Track track;
  track.id = TrackId{1};
  track.properties.motion = Motion::linear;
  track.keyframes = {keyframe(drive, 2, Origin::human), keyframe(drive, 4, Origin::imported),
                     keyframe(drive, 8, Origin::automatic)};
  track.properties.absences = {{drive.sweeps[6].time, drive.sweeps[6].time}};
  return track;
}

TEST(BatchCells, SayWhatTheBoxIsAtEachSweep) {
  const Drive drive = drive_of(12);
  const auto cells = batch_cells(a_track(drive), drive, {}, page_from(0, 12));
  ASSERT_EQ(cells.size(), 12u);
  const std::vector<State> expected = {State::outside,      State::outside,      State::human,
                                       State::interpolated, State::imported,     State::interpolated,
                                       State::absent,       State::interpolated, State::automatic,
                                       State::outside,      State::outside,      State::outside};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    EXPECT_EQ(cells[i].state, expected[i]) << i;
    EXPECT_EQ(cells[i].sweep, i);
    EXPECT_EQ(cells[i].time, drive.sweeps[i].time);
  }
  EXPECT_NEAR(cells[3].box.centre().x(), 3, 1e-9);
  EXPECT_NEAR(cells[6].box.centre().x(), 6, 1e-9);   // where it would be
  EXPECT_NEAR(cells[11].box.centre().x(), 8, 1e-9);  // held
  EXPECT_TRUE(cells[2].keyframe() && cells[4].keyframe() && cells[8].keyframe());
  EXPECT_FALSE(cells[3].keyframe() || cells[6].keyframe() || cells[0].keyframe());
  EXPECT_TRUE(cells[3].there());
  EXPECT_FALSE(cells[6].there() || cells[0].there());
}

TEST(BatchCells, OfALaterPageAreThatPages) {
  const Drive drive = drive_of(12);
  const auto cells = batch_cells(a_track(drive), drive, {}, page_from(8, 4));
  ASSERT_EQ(cells.size(), 4u);
  EXPECT_EQ(cells.front().sweep, 8u);
  EXPECT_EQ(cells.front().state, State::automatic);
}

TEST(BatchCells, SayHowSureAnAlgorithmWas) {
  const Drive drive = drive_of(12);
  Track track = a_track(drive);
  track.keyframes[2].confidence = 0.7;
  const auto cells = batch_cells(track, drive, {}, page_from(0, 12));
  EXPECT_EQ(cells[8].confidence, 0.7);
  EXPECT_FALSE(cells[2].confidence || cells[7].confidence);
}

TEST(BatchCells, OfATrackWithoutKeyframesAreNone) {
  const Drive drive = drive_of(3);
  EXPECT_TRUE(batch_cells(Track{}, drive, {}, page_from(0, 3)).empty());
}

TEST(UsualSize, IsNotLedAstrayByOneWrongBox) {
  std::vector<BatchCell> cells(5);
  for (BatchCell& cell : cells) cell.box.size = {4, 2, 1.5};
  cells[2].box.size = {40, 0.1, 9};
  EXPECT_EQ(usual_size(cells), Eigen::Vector3d(4, 2, 1.5));
  EXPECT_EQ(usual_size({}), Eigen::Vector3d::Ones());
}

}  // namespace
}  // namespace sweepmark::gui
