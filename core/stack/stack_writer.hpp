// Appends to the file of a stack (stack_file.hpp), which stays sound at every moment.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/stack/stack_file.hpp"

namespace sweepmark {

// What a file holds, and where its builder goes on.
struct StackState {
  std::size_t points = 0, mover_points = 0, blocks = 0;
  StackPosition next;
  bool complete = false;
  std::vector<std::uint32_t> unreadable;
  std::uint64_t bytes = 0;
};

class StackWriter {
 public:
  // Takes up the file where it was left, its last block read and checked, or begins it: anew where it belongs
  // to another source or its header is none. What is no file of a stack is never replaced: invalid_argument.
  // While somebody else builds it: conflict. Makes the folder.
  static Result<std::unique_ptr<StackWriter>> open(const std::filesystem::path& file,
                                                   const StackHeader& header);
  ~StackWriter();
  StackWriter(const StackWriter&) = delete;
  StackWriter& operator=(const StackWriter&) = delete;

  const StackState& state() const { return state_; }
  // On the disk when it returns. `next` is where the source goes on after this block. After an error the file
  // is as it was before.
  Result<void> append(const StackBlock& block, StackPosition next);
  Result<void> finish(const std::vector<std::uint32_t>& unreadable, StackPosition next);

 private:
  StackWriter(std::filesystem::path file, int descriptor) : file_(std::move(file)), descriptor_(descriptor) {}
  Result<void> take_up();
  Result<void> append_record(std::span<const std::span<const std::byte>> parts);

  std::filesystem::path file_;
  int descriptor_;
  StackState state_;
};

}  // namespace sweepmark
