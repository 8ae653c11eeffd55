#include "sample_data/cloud_files.hpp"

#include <bit>
#include <cstring>

#include <fmt/format.h>

namespace sweepmark::sample {
namespace {

static_assert(std::endian::native == std::endian::little, "values are written as they stand in memory");

template <class T>
void put(std::string& bytes, T value) {
  char raw[sizeof(T)];
  std::memcpy(raw, &value, sizeof(T));
  bytes.append(raw, sizeof(T));
}

}  // namespace

std::string pcd_bytes(std::span<const SweepPoint> points) {
  std::string bytes = fmt::format(
      "# .PCD v0.7 - Point Cloud Data file format\nVERSION 0.7\nFIELDS x y z intensity ring time\nSIZE 4 4 4 "
      "1 1 4\n"
      "TYPE F F F U U F\nCOUNT 1 1 1 1 1 1\nWIDTH {0}\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS {0}\nDATA "
      "binary\n",
      points.size());
  bytes.reserve(bytes.size() + points.size() * 18);
  for (const SweepPoint& point : points) {
    for (int axis = 0; axis < 3; ++axis) put(bytes, point.position[axis]);
    put(bytes, point.intensity);
    put(bytes, point.ring);
    put(bytes, point.time);
  }
  return bytes;
}

std::string label_bytes(std::span<const SweepPoint> points) {
  std::string bytes;
  bytes.reserve(points.size() * 4);
  for (const SweepPoint& point : points) put(bytes, point.label);
  return bytes;
}

}  // namespace sweepmark::sample
