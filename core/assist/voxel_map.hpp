// Points gathered in cubes of space, each cube with the sums that give mean and scatter of what it holds.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace sweepmark {

// Number of a cube along each axis; cube 0 begins at the frame's origin.
struct Cell {
  std::int32_t x = 0, y = 0, z = 0;
  auto operator<=>(const Cell&) const = default;
};

// Sums of integers: exact, so that neither the order of the points nor of the additions shows.
struct Moments {
  std::int64_t count = 0;
  std::array<std::int64_t, 3> sum{};      // of x y z from the low corner of a cube, in quanta
  std::array<std::int64_t, 6> squares{};  // of xx xy xz yy yz zz

  void add(std::int64_t x, std::int64_t y, std::int64_t z);
  void add(const Moments& other);
  // The same points, counted from a corner that lies `x y z` quanta lower.
  Moments moved(std::int64_t x, std::int64_t y, std::int64_t z) const;
};

struct Voxel {
  Cell cell;
  Moments moments;
};

// A hashed grid of cubes that hold at least one point. Places are stored to 1/2048 of a cube's edge: a
// quarter of a millimetre where the edge is half a metre.
class VoxelMap {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFFu;

  explicit VoxelMap(double edge_m);

  double edge() const { return edge_; }  // metres
  double quantum() const { return quantum_; }
  std::int64_t quanta_per_edge() const { return std::int64_t{1} << bits_; }

  // Points that are not finite, or a million cubes and more from the frame's origin, are passed over. A cube
  // that holds `limit` points takes no more. Returns the cube's index where the point was taken, else `none`.
  std::uint32_t add(const Eigen::Vector3d& point, std::int64_t limit = 1 << 20);

  std::span<const Voxel> voxels() const { return voxels_; }
  std::size_t size() const { return voxels_.size(); }
  std::uint32_t index_of(const Cell& cell) const;  // `none` where no point lies there
  Cell cell_of(const Eigen::Vector3d& point) const;
  Eigen::Vector3d low_corner(const Cell& cell) const;

  // Cubes of twice the edge with the same points.
  VoxelMap coarser() const;
  // By cell, so that the map no longer shows in which order its points came.
  void sort();
  // What lies farther from `centre` than `range` metres is forgotten. The rest keeps its order. Returns for
  // each cube that stays the index it had.
  std::vector<std::uint32_t> keep_within(const Eigen::Vector3d& centre, double range);

 private:
  struct Slot {
    std::uint64_t key = 0;  // 0: empty
    std::uint32_t index = 0;
  };

  std::size_t home_of(std::uint64_t key) const;
  std::uint32_t index_of_key(std::uint64_t key) const;
  std::uint32_t index_or_new(const Cell& cell);
  void rebuild(std::size_t slots);

  int bits_ = 11;  // of a place within a cube
  double edge_, per_edge_, quantum_;
  std::vector<Voxel> voxels_;
  std::vector<Slot> slots_;     // open addressing, linear probing, at most half full
  int shift_ = 0;               // of the hash, so that it falls into the slots
  std::uint64_t last_key_ = 0;  // points that follow each other mostly lie in one cube
  std::uint32_t last_index_ = 0;
};

}  // namespace sweepmark
