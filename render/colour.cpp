#include "render/colour.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark {

namespace {

// One polynomial a channel, lowest power first, over 0 … 1.
using Polynomial = std::array<double, 7>;
struct ColourPolynomial {
  Polynomial r, g, b;
};

// Least-squares fit of degree 6 to matplotlib's viridis (S. van der Walt, N. Smith 2015), by M. Zucker (CC0).
constexpr ColourPolynomial viridis = {
    {0.2777273272234177, 0.1050930431085774, -0.3308618287255563, -4.634230498983486, 6.228269936347081,
     4.776384997670288, -5.435455855934631},
    {0.005407344544966578, 1.404613529898575, 0.214847559468213, -5.799100973351585, 14.17993336680509,
     -13.74514537774601, 4.645852612178535},
    {0.3340998053353061, 1.384590162594685, 0.09509516302823659, -19.33244095627987, 56.69055260068105,
     -65.35303263337234, 26.3124352495832}};

// A. Mikhailov, "Turbo, an improved rainbow colormap for visualization", 2019: the published approximation of
// degree 5.
constexpr ColourPolynomial turbo = {
    {0.13572138, 4.61539260, -42.66032258, 132.13108234, -152.94239396, 59.28637943, 0.0},
    {0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604, 0.0},
    {0.10667330, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973, 0.0}};

// Least-squares fits of degree 6 to the published tables, as OpenCV has them: cividis (J. Nuñez, C. Anderton,
// R. Renslow 2018), made to look alike with and without red-green colour blindness, within 11 of 255 at its
// dark end and closer elsewhere; magma (S. van der Walt, N. Smith 2015) within 7.
constexpr ColourPolynomial cividis = {
    {-0.008858, -0.386427, 15.413400, -58.825466, 101.965621, -82.754682, 25.614439},
    {0.136454, 0.649158, 0.301009, -1.110220, 2.118362, -1.766351, 0.577927},
    {0.294261, 2.980851, -22.333112, 74.727579, -121.064401, 93.794310, -28.214357}};
constexpr ColourPolynomial magma = {
    {-0.001987, 0.241666, 8.449572, -28.110293, 53.044493, -51.566369, 18.947161},
    {-0.000316, 0.690063, -3.590202, 14.304882, -28.125122, 29.263498, -11.571926},
    {-0.009129, 2.489209, 0.386312, -13.901638, 13.410927, 3.767793, -5.395072}};

constexpr ColourPolynomial grey = {{0.0, 1.0}, {0.0, 1.0}, {0.0, 1.0}};

std::uint8_t byte_at(const Polynomial& polynomial, double t) {
  double value = 0.0;
  for (auto c = polynomial.rbegin(); c != polynomial.rend(); ++c) value = value * t + *c;
  return static_cast<std::uint8_t>(std::lround(255.0 * std::clamp(value, 0.0, 1.0)));
}

std::array<Rgba, 256> table_of(const ColourPolynomial& map) {
  std::array<Rgba, 256> table;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double t = static_cast<double>(i) / 255.0;
    table[i] = Rgba{byte_at(map.r, t), byte_at(map.g, t), byte_at(map.b, t), 255};
  }
  return table;
}

}  // namespace

std::span<const Rgba, 256> colour_table(ColourMap map) {
  static const std::array tables = {table_of(viridis), table_of(turbo), table_of(cividis), table_of(magma),
                                    table_of(grey)};
  return tables[static_cast<std::size_t>(map)];
}

std::string_view name_of(ColourMap map) {
  switch (map) {
    case ColourMap::viridis:
      return "viridis";
    case ColourMap::turbo:
      return "turbo";
    case ColourMap::cividis:
      return "cividis";
    case ColourMap::magma:
      return "magma";
    case ColourMap::grey:
      break;
  }
  return "grey";
}

Rgba colour_at(ColourMap map, double value, double low, double high) {
  const std::span<const Rgba, 256> table = colour_table(map);
  if (!(value > low)) return table[0];
  if (value >= high) return table[255];
  return table[static_cast<std::size_t>(256.0 * (value - low) / (high - low))];
}

}  // namespace sweepmark
