// LZF, the byte compression of PCD's binary_compressed bodies (the stream of Marc Lehmann's liblzf, decoding
// only).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace sweepmark {

// No LZF stream unpacks to more than this many bytes for each byte of its own: the longest match is 264 bytes
// from 3.
inline constexpr std::uint64_t lzf_largest_ratio = 88;

// Unpacks into `unpacked` and returns whether the stream was sound and filled it exactly.
bool lzf_unpack(std::span<const std::byte> packed, std::span<std::byte> unpacked);

}  // namespace sweepmark
