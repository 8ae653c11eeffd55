#include "sample_data/scene.hpp"

#include <algorithm>
#include <cmath>

#include "core/geometry/rotation.hpp"
#include "sample_data/street.hpp"
#include "sample_data/traffic.hpp"

namespace sweepmark::sample {

Scene make_scene(std::uint64_t seed) {
  Scene scene;
  // Each part has numbers of its own, so that a change to one leaves the others as they were.
  Random ground(seed, 1), houses(seed, 2), trees(seed, 3), furniture(seed, 4), backdrop(seed, 5),
      traffic(seed, 6);
  scene.ground = ground_mesh(ground);
  scene.street = buildings_mesh(houses);
  scene.street.append(trees_mesh(trees));
  scene.street.append(furniture_mesh(furniture));
  scene.backdrop = backdrop_mesh(backdrop);
  scene.ego = ego_motion();
  scene.objects = road_users(traffic);
  return scene;
}

Pose<World, Ego> world_from_ego(const Scene& scene, double time) {
  const PlanarState state = scene.ego.at(time);
  return {rotation_about_z(state.heading), {state.position.x(), state.position.y(), 0.0}};
}

Pose<World, BoxLocal> world_from_box(const SceneObject& object, double time) {
  const PlanarState state = object.motion.at(time);
  const double ground = object.type == "Pedestrian" ? walking_height(state.position) : 0.0;
  return {rotation_about_z(state.heading),
          {state.position.x(), state.position.y(), ground + 0.5 * object.size.z()}};
}

std::size_t phase_at(const SceneObject& object, double time) {
  const auto count = static_cast<double>(object.phases.size());
  const double turns = object.motion.arc_at(time) / object.stride;
  const auto phase = static_cast<std::size_t>((turns - std::floor(turns)) * count);
  return std::min(phase, object.phases.size() - 1);
}

const Mesh& shape_at(const SceneObject& object, double time) {
  return object.phases[phase_at(object, time)];
}

double walking_height(const Eigen::Vector2d& position) {
  constexpr double w = road_half_width, radius = 4.0, step = 0.3;
  const Eigen::Array2d at = position.array().abs();
  double behind_kerb = at.minCoeff() - w;
  if (behind_kerb > 0.0 && at.maxCoeff() < w + radius)
    behind_kerb = radius - (w + radius - at).matrix().norm();
  const double u = std::clamp((behind_kerb + step) / step, 0.0, 1.0);
  return kerb_height * u * u * (3.0 - 2.0 * u);
}

}  // namespace sweepmark::sample
