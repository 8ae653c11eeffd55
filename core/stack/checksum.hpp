// A number that tells torn and damaged data from sound. Against accidents, not against intent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace sweepmark {

// Words of eight bytes go through four chains of FNV-1a's step (Fowler, Noll, Vo), as fast as memory gives
// them. `seed` chains pieces that belong together.
std::uint64_t checksum(std::span<const std::byte> bytes, std::uint64_t seed = 0);

}  // namespace sweepmark
