// Colours for things that only have a number, as many as one likes: neighbouring numbers look unlike, and
// none comes near the background.
#pragma once

#include <array>
#include <cstdint>

#include "core/labels/point_labels.hpp"
#include "render/colour.hpp"

namespace sweepmark {

inline constexpr std::size_t instance_colour_count = 1024;
using InstanceColours = std::array<Rgba, instance_colour_count>;

// Hues a golden angle apart on three levels of lightness, all lighter than a dark background or darker than a
// light one; in OKLab (B. Ottosson 2020), so that all look equally strong.
InstanceColours instance_colours(Rgba background);

// Where in the table a labelled instance is. One instance number of two classes gives two colours.
constexpr std::uint32_t instance_colour_index(PointLabel label) {
  return (instance_of(label) + 37u * class_of(label)) % instance_colour_count;
}

}  // namespace sweepmark
