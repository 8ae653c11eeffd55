// Colours and colour maps.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace sweepmark {

// sRGB, straight alpha.
struct Rgba {
  std::uint8_t r = 255, g = 255, b = 255, a = 255;
  bool operator==(const Rgba&) const = default;
  // As four bytes r, g, b, a in memory.
  std::uint32_t packed() const { return r | g << 8 | b << 16 | static_cast<std::uint32_t>(a) << 24; }
};

// All but turbo are perceptually uniform: equal steps of value look equally large, and lightness only grows.
enum class ColourMap { viridis, turbo, cividis, magma, grey };
inline constexpr ColourMap last_colour_map = ColourMap::grey;

std::span<const Rgba, 256> colour_table(ColourMap map);
std::string_view name_of(ColourMap map);
// `low` takes the first colour, `high` and above the last.
Rgba colour_at(ColourMap map, double value, double low, double high);

}  // namespace sweepmark
