// Where the file of a stack lies.
#pragma once

#include <filesystem>

#include "core/stack/stack_source.hpp"

namespace sweepmark {

// $XDG_CACHE_HOME/sweepmark/stacks (~/.cache where that is not set), never in the drive: it can always be
// built again. The name is the drive's and the fingerprint.
std::filesystem::path stack_cache_folder();
std::filesystem::path default_stack_path(const Drive& drive, const StackSource& source);

}  // namespace sweepmark
