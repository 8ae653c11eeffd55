// A spinning lidar: where its beams point, what comes back of them, and whole sweeps of a scene.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/geometry/pose.hpp"
#include "sample_data/random.hpp"
#include "sample_data/scene.hpp"

namespace sweepmark::sample {

struct LidarModel {
  std::vector<double> elevations;                   // radians, by ring, the lowest first
  int columns = 1440;                               // firings of all rings a turn
  double period = 0.1;                              // seconds a turn
  double nearest = 2.0, farthest = 110.0;           // metres
  double noise = 0.012, noise_per_metre = 0.00012;  // standard deviation of ranges, metres
  Pose<Ego, Sensor> ego_from_sensor;

  // The sensor turns clockwise seen from above, from the rear over the left and the front; a sweep's
  // timestamp is the moment it faces forward. Seconds relative to it, −period/2 … +period/2.
  double time_of(int column) const { return period * ((column + 0.5) / columns - 0.5); }
  double azimuth_of(int column) const;  // radians, left positive
};

// 32 or 64 rings, closest together about the horizon as real sensors have them.
LidarModel make_lidar(int rings);

// What a pulse brings back from a surface met at `distance` under an angle with cosine `incidence`; nothing
// where it is lost.
struct Return {
  double range;  // metres, with noise
  std::uint8_t intensity;
};
std::optional<Return> observe(const LidarModel& lidar, Surface surface, double distance, double incidence,
                              Random& random);

struct SweepPoint {
  Eigen::Vector3f position;  // in the sensor's frame at the moment of the point
  float time = 0;            // seconds relative to the sweep's timestamp
  std::uint8_t intensity = 0;
  std::uint8_t ring = 0;
  std::uint32_t label = 0;
};

// Casts sweeps of a scene whose vehicle and objects move while the sensor turns: each column at its own
// moment. The scene must outlive it.
class SweepCaster {
 public:
  explicit SweepCaster(const Scene& scene);
  ~SweepCaster();
  SweepCaster(const SweepCaster&) = delete;
  SweepCaster& operator=(const SweepCaster&) = delete;

  // `time` is the moment of the sweep; `seed` decides noise and losses. Points by time, then ring. The same
  // on any number of threads.
  std::vector<SweepPoint> sweep(const LidarModel& lidar, double time, std::uint64_t seed) const;
  // Whether something of the street or a standing object lies between a point and the sun.
  bool in_shadow(const Eigen::Vector3d& point, const Eigen::Vector3d& towards_sun) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace sweepmark::sample
