#include "render/instance_colours.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace sweepmark {
namespace {

// Straight distance in sRGB, 0 … 442: no measure of what is seen, but one that is not the one under test.
double apart(Rgba a, Rgba b) {
  return std::hypot(a.r - b.r, a.g - b.g, a.b - b.b);
}

TEST(InstanceColours, KeepAwayFromAnyBackground) {
  for (int grey = 0; grey <= 255; grey += 5) {
    const auto level = static_cast<std::uint8_t>(grey);
    const Rgba background{level, level, level, 255};
    for (const Rgba colour : instance_colours(background)) EXPECT_GT(apart(colour, background), 30.0) << grey;
  }
  const Rgba window{24, 26, 30, 255};
  for (const Rgba colour : instance_colours(window)) EXPECT_GT(apart(colour, window), 120.0);
}

TEST(InstanceColours, TheFirstInstancesOfAClassLookUnlike) {
  const InstanceColours colours = instance_colours({24, 26, 30, 255});
  for (std::uint16_t i = 1; i <= 24; ++i)
    for (std::uint16_t j = 1; j < i; ++j)
      EXPECT_GT(apart(colours[instance_colour_index(packed_label(3, i))],
                      colours[instance_colour_index(packed_label(3, j))]),
                12.0)
          << i << ' ' << j;
  for (std::uint16_t i = 1; i < 500; ++i)
    EXPECT_GT(apart(colours[instance_colour_index(packed_label(3, i))],
                    colours[instance_colour_index(packed_label(3, static_cast<std::uint16_t>(i + 1)))]),
              50.0)
        << i;
}

TEST(InstanceColours, AnyLabelHasAnEntry) {
  EXPECT_LT(instance_colour_index(packed_label(0xffff, 0xffff)), instance_colour_count);
  EXPECT_NE(instance_colour_index(packed_label(1, 1)), instance_colour_index(packed_label(2, 1)));
}

}  // namespace
}  // namespace sweepmark
