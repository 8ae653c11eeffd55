#include "app/gui/label_placement.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace sweepmark::gui {
namespace {

const Area window{0, 0, 400, 300};

bool overlap(const Area& a, const Area& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

RC_GTEST_PROP(LabelPlacement, NoShownLabelCoversAnotherOrLeavesTheView, ()) {
  std::vector<LabelWish> wishes;
  const int count = *rc::gen::inRange(0, 40);
  for (int i = 0; i < count; ++i)
    wishes.push_back({{static_cast<float>(*rc::gen::inRange(-50, 450)), static_cast<float>(*rc::gen::inRange(-50, 350)),
                       static_cast<float>(*rc::gen::inRange(10, 120)), 16},
                      static_cast<double>(*rc::gen::inRange(0, 100))});
  const Area legend{0, 250, 120, 50};
  const std::vector<PlacedLabel> placed = place_labels(wishes, window, {&legend, 1});
  RC_ASSERT(placed.size() == wishes.size());
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (!placed[i].shown) continue;
    const Area& a = placed[i].area;
    RC_ASSERT(a.x >= 0 && a.y >= 0 && a.x + a.width <= window.width && a.y + a.height <= window.height);
    RC_ASSERT(!overlap(a, legend));
    RC_ASSERT(a.x == wishes[i].area.x);
    for (std::size_t j = 0; j < i; ++j) RC_ASSERT(!placed[j].shown || !overlap(a, placed[j].area));
  }
}

TEST(LabelPlacement, TheMoreImportantLabelKeepsItsPlaceAndTheOtherMovesAside) {
  const std::vector<LabelWish> wishes = {{{100, 100, 60, 16}, 1}, {{110, 104, 60, 16}, 2}};
  const std::vector<PlacedLabel> placed = place_labels(wishes, window);
  EXPECT_TRUE(placed[1].shown);
  EXPECT_EQ(placed[1].area, wishes[1].area);
  EXPECT_TRUE(placed[0].shown);
  EXPECT_NE(placed[0].area.y, wishes[0].area.y);
}

TEST(LabelPlacement, WhatFindsNoRoomIsLeftOut) {
  const std::vector<LabelWish> wishes = {{{100, 100, 60, 16}, 2}, {{-30, 100, 60, 16}, 3}};
  const Area everything{0, 0, 400, 300};
  EXPECT_FALSE(place_labels(wishes, window, {&everything, 1})[0].shown);
  EXPECT_FALSE(place_labels(wishes, window)[1].shown);
}

}  // namespace
}  // namespace sweepmark::gui
