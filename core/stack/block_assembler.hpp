// Sweeps put together into the blocks of a stack.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/stack/stack_block.hpp"
#include "core/stack/stack_source.hpp"

namespace sweepmark {

// A sweep made ready for being laid into the world.
struct SweepPoints {
  const StackSweep* sweep = nullptr;
  PointCloud cloud;
  std::vector<float> intensity;  // empty: none
  // Boxes whose points are not to be where they were measured, with the margin.
  std::vector<StackBox> movers;
  std::vector<std::uint16_t>
      mover_of;  // each point's, one more than its number in `movers`; empty: no movers

  std::uint32_t size() const { return static_cast<std::uint32_t>(cloud.size()); }
};
// An error where the sweep cannot be read or its pose is no pose.
Result<SweepPoints> sweep_points(const StackSource& source, const StackSweep& sweep);

// What there is of a block before its points are put in order.
struct BlockPoints {
  PointCloud cloud;  // world frame; "intensity" where a sweep has it, "source"
  std::vector<StackSlot> slots;
  std::vector<StackMover> movers;
};

// Takes sweeps one after the other, each from where the last block left it, until the block is full: of
// points, of slots, or of distance, since float32 about one origin keeps a millimetre for a few kilometres.
class BlockAssembler {
 public:
  explicit BlockAssembler(Movers movers) : mode_(movers) {}

  // Takes points from `from` on, and says which is the first it did not take.
  std::uint32_t add(const SweepPoints& sweep, std::uint32_t from);
  bool full() const { return full_; }
  bool empty() const { return slots_.empty() && movers_.empty(); }
  BlockPoints take();

 private:
  struct MoverPoints {
    PointCloud cloud;
    std::vector<float> intensity;
    std::size_t passed = 0, stride = 1;  // every stride-th point that passes is kept
  };

  bool has_room_for(const SweepPoints& sweep);
  void make_room(std::size_t points);
  std::uint32_t slot_of(std::uint32_t sweep, std::uint32_t row);
  void keep_mover_point(const StackBox& box, const Point<Ego>& point, float intensity);

  Movers mode_;
  PointCloud cloud_;  // arrays of which count_ values are used
  std::vector<float> intensity_;
  std::vector<std::uint32_t> source_;
  std::size_t count_ = 0;
  bool has_intensity_ = false, full_ = false;
  std::vector<StackSlot> slots_;
  std::map<TrackId, MoverPoints> movers_;
};

// Of each track in each block.
inline constexpr std::size_t mover_points_a_block = 20'000;

}  // namespace sweepmark
