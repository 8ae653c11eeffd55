#include "core/stack/stack_view.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "core/stack/stack_file.hpp"
#include "tests/core/stack/made_up_sweeps.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using test::made_up_source;
using test::TemporaryFolder;

constexpr std::size_t plenty = 100 << 20;

template <class Condition>
bool waited_for(const Condition& condition) {
  for (int i = 0; i < 3000 && !condition(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return condition();
}

std::size_t loaded(const StackView& view, std::uint32_t level) {
  std::size_t count = 0;
  for (const StackLayer& layer : view.layers()) count += layer.key.level == level && layer.cloud;
  return count;
}

TEST(StackView, HasCoarseLayersAndLoadsWhatIsWanted) {
  const TemporaryFolder folder;
  build_stack(made_up_source(1000, 40), folder / "a.stack").value();
  std::atomic<int> ready = 0;
  const auto view = StackView::open(folder / "a.stack", plenty, [&] { ++ready; }).value();
  ASSERT_TRUE(waited_for([&] { return view->complete(); }));
  EXPECT_EQ(view->blocks(), 4u);
  EXPECT_EQ(loaded(*view, 0), 4u);
  EXPECT_EQ(loaded(*view, 1) + loaded(*view, 2), 0u);
  EXPECT_EQ(view->slots(1).front().sweep, 768u);
  view->want({{2, 2}, {0, 1}, {9, 1}, {0, 0}, {0, 7}});  // those there are none of are passed over
  ASSERT_TRUE(waited_for([&] { return loaded(*view, 1) + loaded(*view, 2) == 2; }));
  EXPECT_TRUE(waited_for([&] { return view->idle(); }));
  EXPECT_GE(ready, 3);
  std::size_t points = 0;
  for (const StackLayer& layer : view->layers()) {
    points += layer.points;
    EXPECT_EQ(layer.cloud ? layer.cloud->size() : layer.points, layer.points);
    EXPECT_EQ(layer.cloud != nullptr,
              layer.key.level == 0 || layer.key == StackKey(2, 2) || layer.key == StackKey(0, 1));
  }
  EXPECT_EQ(points, 40'000u);
  EXPECT_FALSE(view->trouble());
}

TEST(StackView, KeepsWithinItsLimit) {
  const TemporaryFolder folder;
  build_stack(made_up_source(1000, 40), folder / "a.stack").value();
  const auto file = StackFile::open(folder / "a.stack").value();
  file->refresh();
  const std::size_t limit = 5 * file->block(0).layer_bytes(2) / 2;
  const auto view = StackView::open(folder / "a.stack", limit).value();
  ASSERT_TRUE(waited_for([&] { return view->complete(); }));
  const std::size_t coarse = view->bytes();
  for (std::uint32_t first = 0; first < 4; ++first) {
    std::vector<StackKey> keys;
    for (std::uint32_t b = 0; b < 4; ++b) keys.push_back({(first + b) % 4, 2});
    view->want(keys);
    ASSERT_TRUE(waited_for([&] { return view->idle(); }));
    EXPECT_LE(view->bytes(), coarse + limit);
    EXPECT_EQ(loaded(*view, 2), 2u);
    EXPECT_TRUE(view->layers()[3 * first + 2].cloud);
  }
}

TEST(StackView, ShowsAStackWhileItIsBuilt) {
  const TemporaryFolder folder;
  StackSource source = made_up_source(900, 30);
  std::atomic<bool> go_on = false;
  const auto read = source.read;
  source.read = [&](std::size_t sweep) {
    if (sweep == 3 * 600) waited_for([&] { return go_on.load(); });
    return read(sweep);
  };
  Result<StackBuilt> built;
  {
    const std::jthread builder([&] { built = build_stack(source, folder / "a.stack"); });
    ASSERT_TRUE(waited_for([&] { return StackFile::open(folder / "a.stack").has_value(); }));
    const auto view = StackView::open(folder / "a.stack", plenty).value();
    EXPECT_TRUE(waited_for([&] { return view->blocks() == 2; }));
    EXPECT_FALSE(view->complete());
    EXPECT_EQ(view->layers().size(), 6u);
    go_on = true;
    EXPECT_TRUE(waited_for([&] { return view->complete(); }));
    EXPECT_EQ(view->blocks(), 4u);
  }
  EXPECT_TRUE(built);
}

TEST(StackView, HandsOutMoversOnceItIsComplete) {
  const TemporaryFolder folder;
  StackSource source = made_up_source(600, 40);
  source.movers = Movers::own_frame;
  source.boxes = [](std::size_t sweep) {
    return std::vector<StackBox>{
        {TrackId(sweep < 900 ? 4 : 5), upright_box(Point<Ego>(0, 0, 0), 0.0, {30, 30, 30}), true}};
  };
  const StackBuilt built = build_stack(source, folder / "a.stack").value();
  const auto view = StackView::open(folder / "a.stack", plenty).value();
  ASSERT_TRUE(waited_for([&] { return view->complete(); }));
  EXPECT_EQ(view->movers(), (std::vector{TrackId(4), TrackId(5)}));
  ASSERT_TRUE(waited_for([&] { return view->mover(TrackId(4)) && view->mover(TrackId(5)); }));
  EXPECT_EQ(view->mover(TrackId(4))->size() + view->mover(TrackId(5))->size(), built.mover_points);
}

TEST(StackView, TellsOfDamageAndShowsTheRest) {
  const TemporaryFolder folder;
  build_stack(made_up_source(600, 40), folder / "a.stack").value();
  const auto file = StackFile::open(folder / "a.stack").value();
  file->refresh();
  std::string bytes = test::bytes_of(folder / "a.stack");
  bytes[file->block(1).layers[0].offset] ^= 64;
  folder.write("b.stack", bytes);
  const auto view = StackView::open(folder / "b.stack", plenty).value();
  ASSERT_TRUE(waited_for([&] { return view->complete(); }));
  ASSERT_TRUE(view->trouble());
  EXPECT_EQ(view->trouble()->code, ErrorCode::malformed);
  EXPECT_EQ(loaded(*view, 0), 2u);
}

TEST(StackView, SaysWhyAFileCannotBeOpened) {
  const TemporaryFolder folder;
  EXPECT_FALSE(StackView::open(folder / "none", plenty));
}

}  // namespace
}  // namespace sweepmark
