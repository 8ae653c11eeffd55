// Builds the file of a stack, or what is missing of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.hpp"
#include "core/stack/stack_source.hpp"

namespace sweepmark {

struct StackBuilt {
  std::size_t points = 0, blocks = 0;  // of the whole file
  std::size_t mover_points = 0;
  std::size_t resumed_points = 0;         // of them, were there before
  std::uintmax_t bytes = 0;               // of the file
  std::vector<std::uint32_t> unreadable;  // sweeps that could not be read, and are not in it
  bool was_complete = false;              // there was nothing to do
};

// Goes on where a build of the same fingerprint was cut off; a file of another is replaced. When it returns
// successfully the file is complete and on the disk. Cancelled: what is complete stays, and the next call
// goes on from there. One builder of a file at a time: a second gets a conflict. A sweep that cannot be read
// is left out and reported. Reads on one thread, orders on the caller's, writes on a third; memory is a few
// blocks.
Result<StackBuilt> build_stack(const StackSource& source, const std::filesystem::path& file,
                               const Progress& progress = {});

}  // namespace sweepmark
