#include "app/gui/image_resample.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace sweepmark::gui {

namespace {

constexpr int most_taps = 8;
constexpr int weight_bits = 8, weight_one = 1 << weight_bits;

// Where a row or a column of the canvas takes its pixels from.
struct Tap {
  int first = -1, second = -1;  // pixels of the decoded image; −1: outside
  int weight = 0;               // of the second, of weight_one
};

// `taps` for each pixel of the canvas along one axis. One: interpolated. Several: pixels to be averaged.
std::vector<Tap> taps_along(int shown, double start, double scale, int full, int decoded, int taps) {
  std::vector<Tap> result(static_cast<std::size_t>(shown * taps));
  const double share = static_cast<double>(decoded) / full;
  for (int i = 0; i < shown * taps; ++i) {
    const double stored = start + (i + 0.5) / (taps * scale);
    if (stored < -0.5 || stored >= full - 0.5) continue;
    const double at = (stored + 0.5) * share - 0.5;
    Tap& tap = result[static_cast<std::size_t>(i)];
    if (taps > 1) {
      tap.first = tap.second = std::clamp(static_cast<int>(std::lround(at)), 0, decoded - 1);
      continue;
    }
    const double low = std::floor(at);
    tap.first = std::clamp(static_cast<int>(low), 0, decoded - 1);
    tap.second = std::clamp(static_cast<int>(low) + 1, 0, decoded - 1);
    tap.weight = static_cast<int>((at - low) * weight_one);
  }
  return result;
}

const std::uint8_t* row_of(const ReducedImage& image, int y) {
  return image.pixels.rgba.data() +
         static_cast<std::size_t>(y) * static_cast<std::size_t>(image.pixels.width) * 4;
}

struct Colour {
  int r, g, b;
};

Colour interpolated(const ReducedImage& image, const Tap& x, const Tap& y) {
  const std::uint8_t *above = row_of(image, y.first), *below = row_of(image, y.second);
  const auto channel = [&](int c) {
    const int upper = above[4 * x.first + c] * (weight_one - x.weight) + above[4 * x.second + c] * x.weight;
    const int lower = below[4 * x.first + c] * (weight_one - x.weight) + below[4 * x.second + c] * x.weight;
    return (upper * (weight_one - y.weight) + lower * y.weight) >> (2 * weight_bits);
  };
  return {channel(0), channel(1), channel(2)};
}

// Of those taps that meet the image; a pixel at its border is not darkened.
Colour averaged(const ReducedImage& image, std::span<const Tap> xs, std::span<const Tap> ys) {
  Colour sum{0, 0, 0};
  int count = 0;
  for (const Tap& y : ys) {
    if (y.first < 0) continue;
    const std::uint8_t* const row = row_of(image, y.first);
    for (const Tap& x : xs) {
      if (x.first < 0) continue;
      const std::uint8_t* const pixel = row + 4 * x.first;
      sum = {sum.r + pixel[0], sum.g + pixel[1], sum.b + pixel[2]};
      ++count;
    }
  }
  return {sum.r / count, sum.g / count, sum.b / count};
}

std::uint32_t packed_over(std::uint32_t above, const Colour& below) {
  const int alpha = static_cast<int>(above >> 24);
  const auto mix = [&](unsigned shift, int under) {
    const int over = static_cast<int>(above >> shift & 0xff);
    return static_cast<std::uint32_t>(under + ((over - under) * alpha + 127) / 255);
  };
  return mix(0, below.r) | mix(8, below.g) << 8 | mix(16, below.b) << 16 | 0xff000000u;
}

bool any_inside(std::span<const Tap> taps) {
  return std::ranges::any_of(taps, [](const Tap& tap) { return tap.first >= 0; });
}

}  // namespace

void put_image_under(std::span<std::uint32_t> canvas, int width, int height, const ReducedImage& image,
                     const ImageWindow& window, std::uint32_t background) {
  const double pixels = static_cast<double>(image.pixels.width) / (image.full_width * window.scale);
  const int taps = std::clamp(static_cast<int>(std::ceil(pixels - 0.01)), 1, most_taps);
  const std::vector<Tap> columns =
      taps_along(width, window.left, window.scale, image.full_width, image.pixels.width, taps);
  const std::vector<Tap> rows =
      taps_along(height, window.top, window.scale, image.full_height, image.pixels.height, taps);
  const auto of = [taps](const std::vector<Tap>& all, int i) {
    return std::span(all).subspan(static_cast<std::size_t>(i * taps), static_cast<std::size_t>(taps));
  };
  const Colour around{static_cast<int>(background & 0xff), static_cast<int>(background >> 8 & 0xff),
                      static_cast<int>(background >> 16 & 0xff)};
  std::uint32_t* pixel = canvas.data();
  for (int y = 0; y < height; ++y) {
    const std::span<const Tap> ys = of(rows, y);
    const bool row_inside = any_inside(ys);
    for (int x = 0; x < width; ++x, ++pixel) {
      const std::span<const Tap> xs = of(columns, x);
      if (!row_inside || !any_inside(xs))
        *pixel = packed_over(*pixel, around);
      else
        *pixel = packed_over(*pixel, taps == 1 ? interpolated(image, xs[0], ys[0]) : averaged(image, xs, ys));
    }
  }
}

}  // namespace sweepmark::gui
