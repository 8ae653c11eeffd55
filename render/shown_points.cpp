#include "render/shown_points.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstring>
#include <thread>

#include "render/cloud_filter.hpp"

namespace sweepmark {

namespace {

// What is worked out at once. Small, for a coarse picture takes a few points here and there.
constexpr std::size_t points_a_block = 1024;
enum BlockState : std::uint8_t { block_open, block_taken, block_done };

template <class T>
bool same_owner(const std::weak_ptr<T>& kept, const std::shared_ptr<T>& now) {
  return !kept.owner_before(now) && !now.owner_before(kept);
}

// Eight bytes of 0 or 1 to eight bits, the first byte to the lowest.
std::uint8_t packed(const std::uint8_t* bytes) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t eight;
  std::memcpy(&eight, bytes, sizeof eight);
  return static_cast<std::uint8_t>(eight * 0x0102040810204080u >> 56);
}

void work_out(const ScenePoints& points, const CloudFilter& filter, std::size_t block, std::uint8_t* bits) {
  std::array<std::uint8_t, points_a_block> passes{};
  const std::size_t begin = block * points_a_block;
  const std::size_t count = std::min(points_a_block, points.cloud->size() - begin);
  filter.test(points, begin, std::span(passes).first(count));
  for (std::size_t i = 0; i < count; i += 8) bits[(begin + i) / 8] = packed(passes.data() + i);
}

}  // namespace

bool ShownPoints::Cloud::is_of(const ScenePoints& points) const {
  return same_owner(cloud, points.cloud) && same_owner(labels, points.labels) &&
         same_owner(ranges, points.ranges) && world_from_cloud == points.world_from_cloud;
}

void ShownPoints::Cloud::restart(const ScenePoints& points) {
  cloud = points.cloud;
  labels = points.labels;
  ranges = points.ranges;
  world_from_cloud = points.world_from_cloud;
  bits.assign(points.cloud->size() / 8 + 3, 0);  // a step of eight reads two bytes past the last
  blocks.assign(points.cloud->size() / points_a_block + 1, block_open);
}

void ShownPoints::prepare(std::span<const ScenePoints> scene, const PointFilter& filter) {
  scene_ = scene;
  filters_ = !filter.lets_all_through();
  if (!filters_ || !(filter == filter_)) clouds_.clear();
  filter_ = filter;
  if (!filters_) return;
  const std::size_t known = std::min(clouds_.size(), scene.size());
  clouds_.resize(scene.size());
  for (std::size_t i = 0; i < scene.size(); ++i)
    if (i >= known || !clouds_[i].is_of(scene[i])) clouds_[i].restart(scene[i]);
}

const std::uint8_t* ShownPoints::bits(std::uint32_t scene_index, std::size_t begin, std::size_t end) {
  if (!filters_) return nullptr;
  const ScenePoints& points = scene_[scene_index];
  Cloud& kept = clouds_[scene_index];
  std::optional<CloudFilter> filter;
  for (std::size_t block = begin / points_a_block; block * points_a_block < end; ++block) {
    const std::atomic_ref<std::uint8_t> state(kept.blocks[block]);
    std::uint8_t found = block_open;
    if (state.load(std::memory_order_acquire) == block_done) continue;
    if (state.compare_exchange_strong(found, block_taken)) {
      if (!filter) filter.emplace(points, filter_);
      work_out(points, *filter, block, kept.bits.data());
      state.store(block_done, std::memory_order_release);
    }
    // Two runs may share a block: then the other thread has it nearly done.
    while (state.load(std::memory_order_acquire) != block_done) std::this_thread::yield();
  }
  return kept.bits.data();
}

}  // namespace sweepmark
