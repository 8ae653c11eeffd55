#include "core/formats/lzf.hpp"

#include <cstring>

namespace sweepmark {

// A control byte below 32 announces that many + 1 literal bytes. Any other names a match: its length in the
// upper three bits (7: a further byte is added to it) and its distance back in the lower five bits and the
// next byte.
bool lzf_unpack(std::span<const std::byte> packed, std::span<std::byte> unpacked) {
  std::size_t in = 0, out = 0;
  while (in < packed.size()) {
    const auto control = std::to_integer<std::size_t>(packed[in++]);
    if (control < 32) {
      const std::size_t length = control + 1;
      if (length > packed.size() - in || length > unpacked.size() - out) return false;
      std::memcpy(unpacked.data() + out, packed.data() + in, length);
      in += length;
      out += length;
      continue;
    }
    std::size_t length = (control >> 5) + 2;
    if (in + (length == 9 ? 2 : 1) > packed.size()) return false;
    if (length == 9) length += std::to_integer<std::size_t>(packed[in++]);
    const std::size_t distance = ((control & 31u) << 8 | std::to_integer<std::size_t>(packed[in++])) + 1;
    if (distance > out || length > unpacked.size() - out) return false;
    // Byte by byte, for a match may run into the bytes it is writing.
    for (const std::size_t end = out + length; out < end; ++out) unpacked[out] = unpacked[out - distance];
  }
  return out == unpacked.size();
}

}  // namespace sweepmark
