#include "core/commands/stack_boxes.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_drive.hpp"

namespace sweepmark {
namespace {

// The vehicle goes on a metre a sweep, so what stays in place beside it moves along.
std::shared_ptr<const Track> track(std::uint32_t id, double metres_a_sweep, bool standing = false) {
  Track made{TrackId(id), {}, {}};
  made.properties.standing = standing;
  for (const int sweep : {1, 6}) {
    Keyframe& keyframe = made.keyframes.emplace_back();
    keyframe.time = TimestampNs{sweep * 100'000'000};
    keyframe.box = upright_box(Point<Ego>((metres_a_sweep - 1) * sweep, 5, 0), 0.0, {4, 2, 2});
  }
  return std::make_shared<const Track>(std::move(made));
}

TEST(StackBoxes, TellsWhatMovesFromWhatWasDrawnTwice) {
  auto document = std::make_shared<Document>(new_document());
  document->tracks = {{TrackId(1), track(1, 1.0)},
                      {TrackId(2), track(2, 0.0)},
                      {TrackId(3), track(3, 0.15)},
                      {TrackId(4), track(4, 1.0, true)}};
  const BoxesAt boxes = stack_boxes(document, test::small_drive());
  EXPECT_TRUE(boxes(0).empty());
  EXPECT_TRUE(boxes(7).empty());
  const std::vector<StackBox> found = boxes(3);
  ASSERT_EQ(found.size(), 4u);
  for (const StackBox& box : found) EXPECT_EQ(box.moving, box.track == TrackId(1));
  EXPECT_NEAR(found[0].box.centre().x(), 0.0, 1e-6);
  EXPECT_NEAR(found[1].box.centre().x(), -3.0, 1e-6);
}

}  // namespace
}  // namespace sweepmark
