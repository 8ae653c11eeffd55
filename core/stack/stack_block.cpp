#include "core/stack/stack_block.hpp"

#include <algorithm>

#include "core/cloud/detail_order.hpp"

namespace sweepmark {

namespace {

// How many points of a chunk of `size` lie in the layers 0 … level.
std::uint32_t points_up_to(std::size_t level, std::uint32_t size) {
  constexpr std::array<std::uint32_t, stack_levels> parts = {16, 4, 1};
  return (size + parts[level] - 1) / parts[level];
}

struct Piece {
  std::uint32_t begin, end;  // of the order
};

template <class Value>
std::vector<Value> gathered(const std::vector<Value>& values, const std::vector<std::uint32_t>& order,
                            const std::vector<Piece>& pieces, std::size_t size) {
  std::vector<Value> result(size);
  std::size_t place = 0;
  for (const Piece& piece : pieces)
    for (std::uint32_t i = piece.begin; i < piece.end; ++i) result[place++] = values[order[i]];
  return result;
}

PointCloud layer_of(const PointCloud& cloud, const DetailOrder& detail, std::size_t level) {
  PointCloud layer;
  layer.origin = cloud.origin;
  std::vector<Piece> pieces;
  std::uint32_t place = 0;
  for (const CloudChunk& chunk : detail.chunks) {
    const std::uint32_t size = chunk.end - chunk.begin;
    const std::uint32_t before = level == 0 ? 0 : points_up_to(level - 1, size);
    const std::uint32_t here = points_up_to(level, size) - before;
    pieces.push_back({chunk.begin + before, chunk.begin + before + here});
    layer.chunks.push_back({place, place + here, chunk.low, chunk.high, before});
    place += here;
  }
  const auto of_layer = [&](const auto& values) { return gathered(values, detail.order, pieces, place); };
  layer.x = of_layer(cloud.x);
  layer.y = of_layer(cloud.y);
  layer.z = of_layer(cloud.z);
  for (const Channel& channel : cloud.channels)
    layer.channels.push_back(
        {channel.name,
         std::visit([&](const auto& values) -> ChannelValues { return of_layer(values); }, channel.values)});
  return layer;
}

}  // namespace

std::size_t StackBlock::points() const {
  std::size_t sum = 0;
  for (const PointCloud& layer : layers) sum += layer.size();
  return sum;
}

std::array<PointCloud, stack_levels> in_layers(const PointCloud& cloud, unsigned threads) {
  const DetailOrder detail = detail_order_of(cloud, threads);
  std::array<PointCloud, stack_levels> layers;
  for (std::size_t level = 0; level < stack_levels; ++level) layers[level] = layer_of(cloud, detail, level);
  return layers;
}

std::optional<StackRow> row_of(std::span<const StackSlot> slots, std::uint32_t source) {
  const std::uint32_t slot = source >> stack_row_bits;
  if (slot >= slots.size()) return std::nullopt;
  return StackRow{slots[slot].sweep, slots[slot].first_row + (source & ((1u << stack_row_bits) - 1))};
}

std::vector<StackPoint> points_of_sweep(std::span<const StackSlot> slots, const PointCloud& layer,
                                        std::uint32_t sweep) {
  std::vector<StackPoint> points;
  const Channel* channel = layer.channel("source");
  const auto* sources = channel ? std::get_if<std::vector<std::uint32_t>>(&channel->values) : nullptr;
  if (!sources || std::ranges::find(slots, sweep, &StackSlot::sweep) == slots.end()) return points;
  for (std::uint32_t i = 0; i < sources->size(); ++i)
    if (const auto row = row_of(slots, (*sources)[i]); row && row->sweep == sweep)
      points.push_back({i, row->row});
  return points;
}

}  // namespace sweepmark
