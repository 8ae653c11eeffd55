// The first thing a ray meets.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <optional>

#include "sample_data/mesh.hpp"

namespace sweepmark::sample {

struct RayHit {
  double distance = 0.0;  // metres
  std::uint32_t triangle = 0;
};

// A search structure over one mesh, in that mesh's frame. The mesh must outlive it. Casting is thread-safe.
class RayCaster {
 public:
  explicit RayCaster(const Mesh& mesh);
  ~RayCaster();
  RayCaster(RayCaster&&) noexcept;
  RayCaster& operator=(RayCaster&&) noexcept;

  const Mesh& mesh() const { return *mesh_; }
  // `direction` is a unit vector. Both faces of a triangle are met.
  std::optional<RayHit> cast(const Eigen::Vector3d& origin, const Eigen::Vector3d& direction,
                             double reach) const;
  // Cosine of the angle between the ray and the face it met, in 0…1.
  double incidence(const RayHit& hit, const Eigen::Vector3d& direction) const;

 private:
  struct Locator;
  const Mesh* mesh_;
  std::unique_ptr<Locator> locator_;
};

}  // namespace sweepmark::sample
