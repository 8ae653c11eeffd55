#include "app/gui/shell/layout.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace sweepmark::gui {
namespace {

constexpr std::array<Splitter, 5> all_splitters = {Splitter::left, Splitter::right, Splitter::bottom,
                                                   Splitter::sides, Splitter::right_top};

bool overlap(const Area& a, const Area& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

bool within(const Area& inner, const Area& outer) {
  constexpr float rounding = 0.51f;
  return inner.x >= outer.x - rounding && inner.y >= outer.y - rounding &&
         inner.x + inner.width <= outer.x + outer.width + rounding &&
         inner.y + inner.height <= outer.y + outer.height + rounding;
}

ViewState any_view() {
  ViewState view;
  for (float* share : {&view.left, &view.right, &view.bottom, &view.sides, &view.right_top})
    *share = static_cast<float>(*rc::gen::inRange(2, 99)) / 100;
  return view;
}

RC_GTEST_PROP(Layout, NothingOverlapsAndNothingLeavesTheWindow, ()) {
  const float scale = static_cast<float>(*rc::gen::inRange(2, 9)) / 4;
  const Area all{0, 24, static_cast<float>(*rc::gen::inRange(800, 5000)),
                 static_cast<float>(*rc::gen::inRange(450, 3000))};
  const Layout layout = arrange(all, scale, any_view());
  for (std::size_t i = 0; i < layout.slots.size(); ++i) {
    RC_ASSERT(layout.slots[i].width > 20);
    RC_ASSERT(layout.slots[i].height > 20);
    RC_ASSERT(within(layout.slots[i], all));
    for (std::size_t j = i + 1; j < layout.slots.size(); ++j)
      RC_ASSERT(!overlap(layout.slots[i], layout.slots[j]));
    for (const SplitterPlace& splitter : layout.splitters)
      RC_ASSERT(!overlap(layout.slots[i], splitter.grip));
  }
}

RC_GTEST_PROP(Layout, EverySlotIsUsableFrom1280By720On, ()) {
  const float scale = static_cast<float>(*rc::gen::inRange(4, 9)) / 4;
  const Area all{0, 0, static_cast<float>(*rc::gen::inRange(1280, 3840)) * scale,
                 static_cast<float>(*rc::gen::inRange(670, 2160)) * scale};
  const Layout layout = arrange(all, scale, any_view());
  RC_ASSERT(layout[Slot::left].width >= 185 * scale);
  RC_ASSERT(layout[Slot::right_top].width >= 225 * scale);
  RC_ASSERT(layout[Slot::main_view].width >= 330 * scale);
  RC_ASSERT(layout[Slot::main_view].height >= 120 * scale);
  RC_ASSERT(layout[Slot::timeline].height >= 88 * scale);
  RC_ASSERT(layout[Slot::side_rear].width >= 100 * scale);
}

RC_GTEST_PROP(Layout, ASplitterFollowsTheHandUnlessItIsAtItsLimit, ()) {
  const Area all{0, 24, 1600, 940};
  ViewState view;
  const Splitter which = *rc::gen::elementOf(all_splitters);
  const float by = static_cast<float>(*rc::gen::inRange(-30, 31));
  const auto place = [&] {
    const Layout layout = arrange(all, 1, view);
    const SplitterPlace& splitter = layout.splitters[static_cast<std::size_t>(which)];
    return splitter.moves_sideways ? splitter.grip.x : splitter.grip.y;
  };
  const float before = place();
  move_splitter(view, which, by, all, 1);
  RC_ASSERT(std::abs(place() - before - by) <= 1.01f);
}

TEST(Layout, ASplitterAtItsLimitAnswersAtOnceWhenItIsDraggedBack) {
  const Area all{0, 0, 1280, 680};
  ViewState view;
  for (int i = 0; i < 100; ++i) move_splitter(view, Splitter::left, -50, all, 1);
  const float least = arrange(all, 1, view)[Slot::left].width;
  move_splitter(view, Splitter::left, 20, all, 1);
  EXPECT_NEAR(arrange(all, 1, view)[Slot::left].width, least + 20, 1.01f);
}

}  // namespace
}  // namespace sweepmark::gui
