// Sweeps that are asked for again and again.
#pragma once

#include <cstddef>

#include "core/assist/propagate.hpp"

namespace sweepmark {

// The same sweeps, kept once they are read as long as they take up less than `bytes_limit` together; then the
// one that was asked for longest ago goes. For one thread.
SweepSource kept_in_memory(SweepSource source, std::size_t bytes_limit = std::size_t{1} << 30);

}  // namespace sweepmark
