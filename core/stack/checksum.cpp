#include "core/stack/checksum.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace sweepmark {

namespace {

constexpr std::uint64_t prime = 0x9e3779b97f4a7c15u;

// The rotation brings the product's upper bits, on which all of the word has worked, to where the next
// product spreads them.
std::uint64_t step(std::uint64_t chain, std::uint64_t word) {
  return std::rotl((chain ^ word) * prime, 29);
}

}  // namespace

std::uint64_t checksum(std::span<const std::byte> bytes, std::uint64_t seed) {
  std::array<std::uint64_t, 4> chains = {seed + 1, seed + 2, seed + 3, seed + 4};
  std::size_t at = 0;
  for (; at + sizeof(chains) <= bytes.size(); at += sizeof(chains)) {
    std::array<std::uint64_t, 4> words;
    std::memcpy(words.data(), bytes.data() + at, sizeof(words));
    for (std::size_t i = 0; i < 4; ++i) chains[i] = step(chains[i], words[i]);
  }
  std::uint64_t result = step(seed, bytes.size());
  for (; at < bytes.size(); ++at) result = step(result, std::to_integer<std::uint64_t>(bytes[at]));
  for (const std::uint64_t chain : chains) result = step(result, chain);
  return result;
}

}  // namespace sweepmark
