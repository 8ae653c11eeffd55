#include "sample_data/cloud_files.hpp"

#include <cstdint>
#include <vector>

namespace sweepmark::sample {

PointCloud cloud_of(std::span<const SweepPoint> points) {
  std::vector<float> x, y, z, time;
  std::vector<std::uint8_t> intensity, ring;
  for (const SweepPoint& point : points) {
    x.push_back(point.position.x());
    y.push_back(point.position.y());
    z.push_back(point.position.z());
    intensity.push_back(point.intensity);
    ring.push_back(point.ring);
    time.push_back(point.time);
  }
  std::vector<Channel> channels = {
      {"intensity", std::move(intensity)}, {"ring", std::move(ring)}, {"time", std::move(time)}};
  return make_point_cloud(std::move(x), std::move(y), std::move(z), std::move(channels));
}

std::string label_bytes(std::span<const SweepPoint> points) {
  std::string bytes;
  bytes.reserve(points.size() * 4);
  for (const SweepPoint& point : points) {
    for (int byte = 0; byte < 4; ++byte) bytes += static_cast<char>(point.label >> (8 * byte) & 0xffu);
  }
  return bytes;
}

}  // namespace sweepmark::sample
