#include "core/cloud/detail_order.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <span>
#include <utility>

#include "core/base/parallel.hpp"
#include "core/cloud/morton_grid.hpp"

namespace sweepmark {

namespace {

// Code in the upper half, number of the point in the lower: equal codes stay in the recorder's order.
using Keys = std::vector<std::uint64_t>;

constexpr unsigned bucket_bits = 12, digit_bits = 10;
constexpr std::size_t slice_points = 1 << 18;  // a slice of work in the passes over all points
constexpr std::size_t few_keys = 512;          // below this a comparing sort is the faster one

struct Slice {
  std::size_t begin, end;
};
Slice slice_of(std::size_t number, std::size_t points, std::size_t slices) {
  return {points * number / slices, points * (number + 1) / slices};
}

// Points in buckets by the upper bits of their codes, in the recorder's order within each. Sliced, so that
// slices count and then scatter without meeting.
class Buckets {
 public:
  Buckets(const PointCloud& cloud, const MortonGrid& grid, unsigned threads)
      : cloud_(cloud), grid_(grid), shift_(grid.bits() - std::min(bucket_bits, grid.bits())) {
    const std::size_t slices = std::clamp<std::size_t>(cloud.size() / slice_points, 1, 8 * threads);
    begins_.assign(slices, std::vector<std::uint32_t>(buckets() + 1));
    for_each_piece(slices, threads, [&](std::size_t s) { count(s); });
    lay_out();
    keys_.resize(cloud.size());
    for_each_piece(slices, threads, [&](std::size_t s) { scatter(s); });
  }

  std::size_t buckets() const { return std::size_t{1} << (grid_.bits() - shift_); }
  unsigned bits_below() const { return shift_; }  // of a code, that tell the points of a bucket apart
  std::span<std::uint64_t> bucket(std::size_t b) {
    return std::span(keys_).subspan(starts_[b], starts_[b + 1] - starts_[b]);
  }
  Keys take_keys() { return std::move(keys_); }

 private:
  std::uint32_t code(std::size_t i) const { return grid_.code(cloud_.x[i], cloud_.y[i], cloud_.z[i]); }
  void count(std::size_t slice) {
    const auto [begin, end] = slice_of(slice, cloud_.size(), begins_.size());
    for (std::size_t i = begin; i < end; ++i) ++begins_[slice][code(i) >> shift_];
  }
  void lay_out() {
    std::uint32_t place = 0;
    for (std::size_t b = 0; b < buckets(); ++b) {
      starts_.push_back(place);
      for (auto& of_slice : begins_) place += std::exchange(of_slice[b], place);
    }
    starts_.push_back(place);
  }
  void scatter(std::size_t slice) {
    const auto [begin, end] = slice_of(slice, cloud_.size(), begins_.size());
    std::vector<std::uint32_t>& place = begins_[slice];
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t c = code(i);
      keys_[place[c >> shift_]++] = std::uint64_t{c} << 32 | i;
    }
  }

  const PointCloud& cloud_;
  const MortonGrid& grid_;
  unsigned shift_;
  std::vector<std::vector<std::uint32_t>> begins_;  // by slice and bucket: a count, then the next free place
  std::vector<std::uint32_t> starts_;
  Keys keys_;
};

void sort_by_digit(std::span<const std::uint64_t> from, std::span<std::uint64_t> to, unsigned shift) {
  std::array<std::uint32_t, 1u << digit_bits> place{};
  const auto digit = [shift](std::uint64_t key) { return key >> shift & ((1u << digit_bits) - 1); };
  for (const std::uint64_t key : from) ++place[digit(key)];
  std::exclusive_scan(place.begin(), place.end(), place.begin(), 0u);
  for (const std::uint64_t key : from) to[place[digit(key)]++] = key;
}

// Radix sort from the lowest digit of the codes up; the keys come in the order of their points.
void sort_bucket(std::span<std::uint64_t> keys, unsigned bits) {
  if (keys.size() < few_keys) {
    std::ranges::sort(keys);
    return;
  }
  Keys other(keys.size());
  std::span<std::uint64_t> from = keys, to = other;
  for (unsigned done = 0; done < bits; done += digit_bits) {
    sort_by_digit(from, to, 32 + done);
    std::swap(from, to);
  }
  if (from.data() != keys.data()) std::ranges::copy(from, keys.begin());
}

Keys sorted_keys(const PointCloud& cloud, unsigned threads) {
  const MortonGrid grid = MortonGrid::over(cloud);
  Buckets buckets(cloud, grid, threads);
  for_each_piece(buckets.buckets(), threads,
                 [&](std::size_t b) { sort_bucket(buckets.bucket(b), buckets.bits_below()); });
  return buckets.take_keys();
}

// The first place of first … last before which the code changes in its highest bit.
std::size_t best_cut(const Keys& keys, std::size_t first, std::size_t last) {
  std::size_t best = first;
  std::uint64_t highest = 0;
  for (std::size_t i = first; i <= last; ++i) {
    const std::uint64_t changed = (keys[i - 1] ^ keys[i]) >> 32;
    if (changed <= highest || std::bit_width(changed) == std::bit_width(highest)) continue;
    best = i;
    highest = changed;
  }
  return best;
}

std::vector<CloudChunk> cut_in_chunks(const Keys& keys) {
  std::vector<CloudChunk> chunks;
  for (std::size_t begin = 0; begin < keys.size();) {
    const std::size_t rest = keys.size() - begin;
    std::size_t end = keys.size();
    // What remains must again be a chunk of sound size.
    if (rest > chunk_points_most)
      end = best_cut(keys, begin + chunk_points_least,
                     begin + std::min(chunk_points_most, rest - chunk_points_least));
    chunks.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), {}, {}, 0});
    begin = end;
  }
  return chunks;
}

// Every 16-bit number with its bits in reverse; a shift makes it that of fewer bits.
const std::vector<std::uint16_t>& reversed_bits() {
  static const std::vector<std::uint16_t> table = [] {
    std::vector<std::uint16_t> reversed(1 << 16);
    for (std::uint32_t i = 1; i < reversed.size(); ++i)
      reversed[i] = static_cast<std::uint16_t>(reversed[i / 2] / 2u | (i & 1u) << 15);
    return reversed;
  }();
  return table;
}

void spread_chunk(std::span<const std::uint64_t> keys, std::uint32_t* order) {
  static_assert(chunk_points_most <= 1 << 16);
  const std::vector<std::uint16_t>& reversed = reversed_bits();
  const auto bits = static_cast<unsigned>(std::bit_width(keys.size() - 1));
  for (std::size_t i = 0; i < std::size_t{1} << bits; ++i)
    if (const std::size_t rank = reversed[i] >> (16 - bits); rank < keys.size())
      *order++ = static_cast<std::uint32_t>(keys[rank]);
}

template <class Value>
void put_in_order(std::vector<Value>& values, const std::vector<std::uint32_t>& order, unsigned threads) {
  std::vector<Value> ordered(values.size());
  const std::size_t slices = std::clamp<std::size_t>(order.size() / slice_points, 1, 8 * threads);
  for_each_piece(slices, threads, [&](std::size_t s) {
    const auto [begin, end] = slice_of(s, order.size(), slices);
    for (std::size_t i = begin; i < end; ++i) ordered[i] = values[order[i]];
  });
  values = std::move(ordered);
}

void measure_bounds(const PointCloud& cloud, const std::vector<std::uint32_t>& order, CloudChunk& chunk) {
  chunk.low.setConstant(std::numeric_limits<float>::max());
  chunk.high.setConstant(std::numeric_limits<float>::lowest());
  for (std::uint32_t i = chunk.begin; i < chunk.end; ++i) {
    const Eigen::Vector3f point(cloud.x[order[i]], cloud.y[order[i]], cloud.z[order[i]]);
    chunk.low = chunk.low.cwiseMin(point);
    chunk.high = chunk.high.cwiseMax(point);
  }
}

}  // namespace

DetailOrder detail_order_of(const PointCloud& cloud, unsigned threads) {
  if (threads == 0) threads = core_count();
  const Keys keys = sorted_keys(cloud, threads);
  DetailOrder result{std::vector<std::uint32_t>(keys.size()), cut_in_chunks(keys)};
  for_each_piece(result.chunks.size(), threads, [&](std::size_t c) {
    CloudChunk& chunk = result.chunks[c];
    spread_chunk(std::span(keys).subspan(chunk.begin, chunk.end - chunk.begin), &result.order[chunk.begin]);
    measure_bounds(cloud, result.order, chunk);
  });
  return result;
}

void put_in_detail_order(PointCloud& cloud, unsigned threads) {
  if (threads == 0) threads = core_count();
  DetailOrder detail = detail_order_of(cloud, threads);
  const auto order = [&](auto& values) { put_in_order(values, detail.order, threads); };
  for (std::vector<float>* axis : {&cloud.x, &cloud.y, &cloud.z}) order(*axis);
  for (Channel& channel : cloud.channels) std::visit(order, channel.values);
  cloud.chunks = std::move(detail.chunks);
  if (cloud.file_row.empty())
    cloud.file_row = std::move(detail.order);
  else
    order(cloud.file_row);
}

}  // namespace sweepmark
