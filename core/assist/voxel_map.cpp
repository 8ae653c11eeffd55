#include "core/assist/voxel_map.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

namespace sweepmark {

namespace {

constexpr int cell_bits = 21;  // three of them fill a key
constexpr std::int32_t farthest_cell = (1 << (cell_bits - 1)) - 2;
constexpr std::size_t fewest_slots = 1024;

// Never 0: the top bit says that the slot is taken.
std::uint64_t key_of(const Cell& cell) {
  constexpr std::uint64_t mask = (std::uint64_t{1} << cell_bits) - 1;
  const auto part = [](std::int32_t c) { return static_cast<std::uint64_t>(static_cast<std::uint32_t>(c)); };
  return std::uint64_t{1} << 63 | (part(cell.x) & mask) << (2 * cell_bits) |
         (part(cell.y) & mask) << cell_bits | (part(cell.z) & mask);
}

std::int64_t floor_to_integer(double value) {
  const auto truncated = static_cast<std::int64_t>(value);
  return truncated - (static_cast<double>(truncated) > value ? 1 : 0);
}

}  // namespace

void Moments::add(std::int64_t x, std::int64_t y, std::int64_t z) {
  ++count;
  sum[0] += x, sum[1] += y, sum[2] += z;
  squares[0] += x * x, squares[1] += x * y, squares[2] += x * z;
  squares[3] += y * y, squares[4] += y * z, squares[5] += z * z;
}

void Moments::add(const Moments& other) {
  count += other.count;
  for (std::size_t i = 0; i < 3; ++i) sum[i] += other.sum[i];
  for (std::size_t i = 0; i < 6; ++i) squares[i] += other.squares[i];
}

Moments Moments::moved(std::int64_t x, std::int64_t y, std::int64_t z) const {
  Moments m = *this;
  m.sum[0] += count * x, m.sum[1] += count * y, m.sum[2] += count * z;
  m.squares[0] += 2 * x * sum[0] + count * x * x;
  m.squares[1] += x * sum[1] + y * sum[0] + count * x * y;
  m.squares[2] += x * sum[2] + z * sum[0] + count * x * z;
  m.squares[3] += 2 * y * sum[1] + count * y * y;
  m.squares[4] += y * sum[2] + z * sum[1] + count * y * z;
  m.squares[5] += 2 * z * sum[2] + count * z * z;
  return m;
}

VoxelMap::VoxelMap(double edge_m) : edge_(edge_m), per_edge_(1.0 / edge_m), quantum_(edge_m / (1 << bits_)) {
  rebuild(fewest_slots);
}

std::uint32_t VoxelMap::add(const Eigen::Vector3d& point, std::int64_t limit) {
  const Eigen::Vector3d cells = point * per_edge_;
  const auto within_reach = [](double c) {
    return std::abs(c) < farthest_cell;
  };  // false for what is no number
  if (!within_reach(cells.x()) || !within_reach(cells.y()) || !within_reach(cells.z())) return none;
  const double quanta = static_cast<double>(quanta_per_edge());
  const std::int64_t x = floor_to_integer(cells.x() * quanta + 0.5),
                     y = floor_to_integer(cells.y() * quanta + 0.5),
                     z = floor_to_integer(cells.z() * quanta + 0.5);
  const std::uint32_t index =
      index_or_new({static_cast<std::int32_t>(x >> bits_), static_cast<std::int32_t>(y >> bits_),
                    static_cast<std::int32_t>(z >> bits_)});
  Moments& moments = voxels_[index].moments;
  if (moments.count >= limit) return none;
  const std::int64_t within = quanta_per_edge() - 1;
  moments.add(x & within, y & within, z & within);
  return index;
}

std::size_t VoxelMap::home_of(std::uint64_t key) const {
  return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15u) >> shift_);
}

std::uint32_t VoxelMap::index_of_key(std::uint64_t key) const {
  for (std::size_t slot = home_of(key); slots_[slot].key != 0; slot = (slot + 1) & (slots_.size() - 1))
    if (slots_[slot].key == key) return slots_[slot].index;
  return none;
}

std::uint32_t VoxelMap::index_of(const Cell& cell) const {
  return index_of_key(key_of(cell));
}

std::uint32_t VoxelMap::index_or_new(const Cell& cell) {
  const std::uint64_t key = key_of(cell);
  if (key == last_key_) return last_index_;
  std::uint32_t index = index_of_key(key);
  if (index == none) {
    index = static_cast<std::uint32_t>(voxels_.size());
    voxels_.push_back({cell, {}});
    if (2 * voxels_.size() > slots_.size()) {
      rebuild(2 * slots_.size());
    } else {
      std::size_t slot = home_of(key);
      while (slots_[slot].key != 0) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = {key, index};
    }
  }
  last_key_ = key;
  last_index_ = index;
  return index;
}

void VoxelMap::rebuild(std::size_t slots) {
  slots_.assign(slots, {});
  shift_ = 64 - std::countr_zero(slots);
  last_key_ = 0;
  for (std::uint32_t index = 0; index < voxels_.size(); ++index) {
    const std::uint64_t key = key_of(voxels_[index].cell);
    std::size_t slot = home_of(key);
    while (slots_[slot].key != 0) slot = (slot + 1) & (slots - 1);
    slots_[slot] = {key, index};
  }
}

Cell VoxelMap::cell_of(const Eigen::Vector3d& point) const {
  const Eigen::Vector3d cells =
      (point * per_edge_).cwiseMax(-double{farthest_cell}).cwiseMin(double{farthest_cell});
  return {static_cast<std::int32_t>(floor_to_integer(cells.x())),
          static_cast<std::int32_t>(floor_to_integer(cells.y())),
          static_cast<std::int32_t>(floor_to_integer(cells.z()))};
}

Eigen::Vector3d VoxelMap::low_corner(const Cell& cell) const {
  return edge_ * Eigen::Vector3d(cell.x, cell.y, cell.z);
}

VoxelMap VoxelMap::coarser() const {
  VoxelMap result(2.0 * edge_);
  result.bits_ = bits_ + 1;
  result.quantum_ = quantum_;
  for (const Voxel& voxel : voxels_) {
    const Cell& cell = voxel.cell;
    const std::uint32_t index = result.index_or_new({cell.x >> 1, cell.y >> 1, cell.z >> 1});
    result.voxels_[index].moments.add(voxel.moments.moved((cell.x & 1) * quanta_per_edge(),
                                                          (cell.y & 1) * quanta_per_edge(),
                                                          (cell.z & 1) * quanta_per_edge()));
  }
  return result;
}

void VoxelMap::sort() {
  std::ranges::sort(voxels_, {}, &Voxel::cell);
  rebuild(slots_.size());
}

std::vector<std::uint32_t> VoxelMap::keep_within(const Eigen::Vector3d& centre, double range) {
  std::vector<std::uint32_t> kept;
  for (std::uint32_t index = 0; index < voxels_.size(); ++index)
    if ((low_corner(voxels_[index].cell) - centre).squaredNorm() <= range * range) {
      voxels_[kept.size()] = voxels_[index];
      kept.push_back(index);
    }
  if (kept.size() == voxels_.size()) return kept;
  voxels_.resize(kept.size());
  rebuild(std::bit_ceil(std::max(2 * kept.size() + 1, fewest_slots)));
  return kept;
}

}  // namespace sweepmark
