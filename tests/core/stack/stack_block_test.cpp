#include "core/stack/stack_block.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "core/cloud/detail_order.hpp"
#include "tests/core/stack/made_up_sweeps.hpp"

namespace sweepmark {
namespace {

PointCloud numbered(std::size_t points) {
  PointCloud cloud = test::made_up_sweep(5, points);
  std::vector<std::uint32_t> number(points);
  std::iota(number.begin(), number.end(), 0u);
  cloud.channels.push_back({"source", std::move(number)});
  cloud.origin = {7, 8, 9};
  return cloud;
}

const std::vector<std::uint32_t>& sources(const PointCloud& cloud) {
  return std::get<std::vector<std::uint32_t>>(cloud.channel("source")->values);
}

// What the layers make together, chunk by chunk, is the whole cloud in detail order.
void expect_layers_make(const PointCloud& ordered, const std::array<PointCloud, stack_levels>& layers) {
  for (std::size_t c = 0; c < ordered.chunks.size(); ++c) {
    std::uint32_t place = ordered.chunks[c].begin;
    for (const PointCloud& layer : layers) {
      ASSERT_EQ(layer.chunks.size(), ordered.chunks.size());
      const CloudChunk& chunk = layer.chunks[c];
      ASSERT_EQ(chunk.before, place - ordered.chunks[c].begin);
      ASSERT_EQ(chunk.low, ordered.chunks[c].low);
      ASSERT_EQ(chunk.high, ordered.chunks[c].high);
      for (std::uint32_t i = chunk.begin; i < chunk.end; ++i, ++place) {
        ASSERT_EQ(layer.x[i], ordered.x[place]);
        ASSERT_EQ(sources(layer)[i], sources(ordered)[place]);
        ASSERT_EQ(layer.channel_as_float("intensity")[i], ordered.channel_as_float("intensity")[place]);
      }
    }
    ASSERT_EQ(place, ordered.chunks[c].end);
  }
}

RC_GTEST_PROP(StackBlock, LayersOfSmallCloudsMakeTheWhole, ()) {
  const PointCloud cloud = numbered(*rc::gen::inRange<std::size_t>(0, 200));
  PointCloud ordered = cloud;
  put_in_detail_order(ordered);
  expect_layers_make(ordered, in_layers(cloud));
}

TEST(StackBlock, LayersAreASixteenthAQuarterAndTheRest) {
  const PointCloud cloud = numbered(160'000);
  const auto layers = in_layers(cloud);
  EXPECT_GT(layers[0].chunks.size(), 2u);
  EXPECT_NEAR(static_cast<double>(layers[0].size()), 10'000, 10);
  EXPECT_NEAR(static_cast<double>(layers[0].size() + layers[1].size()), 40'000, 10);
  EXPECT_EQ(layers[0].size() + layers[1].size() + layers[2].size(), 160'000u);
  for (const PointCloud& layer : layers) {
    EXPECT_EQ(layer.origin, cloud.origin);
    EXPECT_TRUE(layer.file_row.empty());
    EXPECT_EQ(layer.chunks.back().end, layer.size());
  }
}

TEST(StackBlock, SourcesLeadToRowsAndBack) {
  const std::vector<StackSlot> slots = {{9, 0}, {12, 0}, {12, 1u << 24}};
  EXPECT_EQ(row_of(slots, 5), (StackRow{9, 5}));
  EXPECT_EQ(row_of(slots, 2u << 24 | 7), (StackRow{12, (1u << 24) + 7}));
  EXPECT_FALSE(row_of(slots, 3u << 24));
  PointCloud layer = numbered(4);
  std::get<std::vector<std::uint32_t>>(layer.channels.back().values) = {2u << 24 | 7, 5, 1u << 24, 9u << 24};
  EXPECT_EQ(points_of_sweep(slots, layer, 12), (std::vector<StackPoint>{{0, (1u << 24) + 7}, {2, 0}}));
  EXPECT_EQ(points_of_sweep(slots, layer, 9), (std::vector<StackPoint>{{1, 5}}));
  EXPECT_TRUE(points_of_sweep(slots, layer, 10).empty());
}

}  // namespace
}  // namespace sweepmark
