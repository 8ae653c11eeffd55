#include "render/colour.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>

namespace sweepmark {
namespace {

double linear(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

// CIE 1976 lightness, 0 … 100.
double lightness(Rgba c) {
  const double y = 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
  return y > 0.008856 ? 116.0 * std::cbrt(y) - 16.0 : 903.3 * y;
}

void expect_near(Rgba found, Rgba expected, int tolerance) {
  EXPECT_LE(std::abs(found.r - expected.r), tolerance);
  EXPECT_LE(std::abs(found.g - expected.g), tolerance);
  EXPECT_LE(std::abs(found.b - expected.b), tolerance);
}

TEST(Colour, UniformMapsGetLighterStepByStep) {
  for (const ColourMap map : {ColourMap::viridis, ColourMap::cividis, ColourMap::magma, ColourMap::grey}) {
    const auto table = colour_table(map);
    for (std::size_t i = 1; i < 256; ++i)
      EXPECT_GE(lightness(table[i]), lightness(table[i - 1]) - 0.15) << name_of(map) << ' ' << i;
    for (std::size_t i = 16; i < 256; i += 16)
      EXPECT_GT(lightness(table[i]), lightness(table[i - 16]) + 2.0) << name_of(map) << ' ' << i;
  }
}

TEST(Colour, TurboGetsLighterToTheMiddleAndDarkerAfterIt) {
  const auto table = colour_table(ColourMap::turbo);
  for (std::size_t i = 16; i <= 112; i += 16) EXPECT_GT(lightness(table[i]), lightness(table[i - 16])) << i;
  for (std::size_t i = 176; i < 256; i += 16) EXPECT_LT(lightness(table[i]), lightness(table[i - 16])) << i;
}

TEST(Colour, TablesMeetThePublishedAnchors) {
  const auto viridis = colour_table(ColourMap::viridis), turbo = colour_table(ColourMap::turbo);
  expect_near(viridis[0], {68, 1, 84}, 6);
  expect_near(viridis[64], {59, 82, 139}, 6);
  expect_near(viridis[128], {33, 145, 140}, 6);
  expect_near(viridis[191], {94, 201, 98}, 6);
  expect_near(viridis[255], {253, 231, 37}, 6);
  const auto cividis = colour_table(ColourMap::cividis), magma = colour_table(ColourMap::magma);
  expect_near(cividis[0], {0, 34, 78}, 11);
  expect_near(cividis[64], {67, 78, 108}, 11);
  expect_near(cividis[128], {125, 124, 120}, 11);
  expect_near(cividis[192], {188, 174, 108}, 11);
  expect_near(cividis[255], {254, 232, 56}, 11);
  expect_near(magma[0], {0, 0, 4}, 7);
  expect_near(magma[64], {81, 18, 124}, 7);
  expect_near(magma[128], {183, 55, 121}, 7);
  expect_near(magma[192], {252, 137, 97}, 7);
  expect_near(magma[255], {252, 253, 191}, 7);
  expect_near(turbo[64], {40, 188, 235}, 20);
  expect_near(turbo[128], {164, 252, 60}, 20);
  expect_near(turbo[192], {251, 126, 33}, 20);
}

TEST(Colour, GreyIsItsOwnIndex) {
  const auto table = colour_table(ColourMap::grey);
  for (std::size_t i = 0; i < 256; ++i) {
    const auto level = static_cast<std::uint8_t>(i);
    EXPECT_EQ(table[i], (Rgba{level, level, level, 255}));
  }
}

TEST(Colour, ValuesAreSpreadOverTheTableAndKeptWithinIt) {
  const auto table = colour_table(ColourMap::turbo);
  const auto at = [](double value) { return colour_at(ColourMap::turbo, value, -2.0, 2.0); };
  EXPECT_EQ(at(-2.0), table[0]);
  EXPECT_EQ(at(-1e300), table[0]);
  EXPECT_EQ(at(0.0), table[128]);
  EXPECT_EQ(at(1.999), table[255]);
  EXPECT_EQ(at(2.0), table[255]);
  EXPECT_EQ(at(std::numeric_limits<double>::infinity()), table[255]);
  EXPECT_EQ(at(std::nan("")), table[0]);
  EXPECT_EQ(colour_at(ColourMap::turbo, 1.5, 1.0, 1.0), table[255]);  // an empty span splits at its value
  EXPECT_EQ(colour_at(ColourMap::turbo, 1.0, 1.0, 1.0), table[0]);
}

}  // namespace
}  // namespace sweepmark
