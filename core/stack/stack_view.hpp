// A stack on disk as a window needs it: coarse points always there, finer ones as they are asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/stack/stack_block.hpp"

namespace sweepmark {

// One layer of one block.
struct StackKey {
  std::uint32_t block = 0;
  std::uint32_t level = 0;  // 0 … stack_levels − 1
  auto operator<=>(const StackKey&) const = default;
};

struct StackLayer {
  StackKey key;
  std::size_t points = 0;                   // whether it is loaded or not
  std::shared_ptr<const PointCloud> cloud;  // null: not loaded now
};

// Belongs to one thread, which it never keeps waiting for the disk; files are read on threads of its own.
// Opens a finished file, or one that is being built, by this process or another: new blocks appear as they
// are written.
class StackView {
 public:
  // `bytes_limit` bounds layers 1 and 2; layer 0 of every block stays in memory. `ready` is called from a
  // worker whenever something came in.
  static Result<std::unique_ptr<StackView>> open(const std::filesystem::path& file, std::size_t bytes_limit,
                                                 std::function<void()> ready = {});
  ~StackView();

  // Every layer of the blocks whose layer 0 is there, by block and level.
  std::vector<StackLayer> layers() const;
  // Replaces the list of layers 1 and 2 that a picture lacks most, the most wanted first; what goes beyond
  // the limit is left out, and what is no longer wanted is the first to go.
  void want(const std::vector<StackKey>& keys);

  std::size_t blocks() const;  // whose layer 0 is there
  const std::vector<StackSlot>& slots(std::uint32_t block) const;
  std::vector<TrackId> movers() const;  // tracks that have a cloud of their own
  // In BoxLocal; null until it is loaded, which this asks for, and while the stack is being built.
  std::shared_ptr<const PointCloud> mover(TrackId track);

  bool complete() const;                 // the whole stack is built and all of layer 0 is there
  bool idle() const;                     // nothing wanted that is not there, as far as the file goes now
  std::size_t bytes() const;             // of points in memory
  std::optional<Error> trouble() const;  // the first thing that could not be read

 private:
  struct Parts;
  explicit StackView(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace sweepmark
