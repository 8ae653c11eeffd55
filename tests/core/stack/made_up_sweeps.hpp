// Sweeps that are made up as they are asked for, the same at every time.
#pragma once

#include <cmath>
#include <random>
#include <string>

#include "core/base/files.hpp"
#include "core/stack/stack_build.hpp"

namespace sweepmark::test {

inline PointCloud made_up_sweep(std::size_t sweep, std::size_t points) {
  std::mt19937 random(static_cast<unsigned>(sweep) + 1);
  std::uniform_real_distribution<float> angle(0, 6.28f), range(3, 60), height(-1.7f, 4);
  PointCloud cloud;
  std::vector<float> intensity;
  for (std::size_t i = 0; i < points; ++i) {
    const float a = angle(random), r = range(random);
    cloud.x.push_back(r * std::cos(a));
    cloud.y.push_back(r * std::sin(a));
    cloud.z.push_back(height(random));
    intensity.push_back(static_cast<float>(i % 251));
  }
  cloud.channels.push_back({"intensity", std::move(intensity)});
  return cloud;
}

// A vehicle that turns slowly as it goes on, with its lidar on the roof.
inline StackSource made_up_source(std::size_t sweeps, std::size_t points) {
  StackSource source;
  for (std::uint32_t i = 0; i < sweeps; ++i) {
    const double t = 0.1 * i;
    source.sweeps.push_back({3 * i,
                             Pose<World, Ego>(rotation_about_z(0.2 * t), {8 * t, 2 * std::sin(t), 0.1 * t}),
                             Pose<Ego, Sensor>(rotation_about_z(0.03), {0.9, 0, 1.7})});
  }
  source.read = [points](std::size_t sweep) -> Result<PointCloud> { return made_up_sweep(sweep, points); };
  source.fingerprint = 1000 * sweeps + points;
  return source;
}

inline std::string bytes_of(const std::filesystem::path& file) {
  return read_text(file).value();
}

}  // namespace sweepmark::test
