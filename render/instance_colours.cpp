#include "render/instance_colours.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sweepmark {

namespace {

double linear(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

std::uint8_t srgb(double value) {
  const double c = std::clamp(value, 0.0, 1.0);
  return static_cast<std::uint8_t>(
      std::lround(255.0 * (c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1.0 / 2.4) - 0.055)));
}

double cube(double x) {
  return x * x * x;
}

Rgba from_oklab(double lightness, double a, double b) {
  const double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b),
               m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b),
               s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
  return {srgb(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
          srgb(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
          srgb(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s), 255};
}

// Near enough to OKLab's lightness to tell which side of the middle a background is on.
double lightness_of(Rgba colour) {
  return std::cbrt(0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b));
}

}  // namespace

InstanceColours instance_colours(Rgba background) {
  constexpr std::array<double, 3> light = {0.74, 0.86, 0.65}, dark = {0.45, 0.55, 0.36};
  const std::array<double, 3>& levels = lightness_of(background) < 0.6 ? light : dark;
  constexpr double chroma = 0.13, golden_angle = std::numbers::pi * (3.0 - 2.2360679774997896);
  InstanceColours colours;
  for (std::size_t i = 0; i < colours.size(); ++i) {
    const double hue = golden_angle * static_cast<double>(i);
    // Hues come close again 21 numbers on; the levels are counted so that those differ.
    colours[i] =
        from_oklab(levels[(i + i / 13) % levels.size()], chroma * std::cos(hue), chroma * std::sin(hue));
  }
  return colours;
}

}  // namespace sweepmark
