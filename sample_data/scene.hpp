// The sample scene: a crossing of two streets, what stands along them and what moves on them. Pure data; no
// VTK.
//
// World: x along the first street, y along the second, z up from the road; the crossing's middle is the
// origin. Traffic keeps to the right. Time is in seconds from the start of the drive.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/geometry/box3.hpp"
#include "core/geometry/pose.hpp"
#include "sample_data/mesh.hpp"
#include "sample_data/motion.hpp"

namespace sweepmark::sample {

struct SceneObject {
  std::string name;            // "car_03"
  std::string type;            // class as labels call it: "Car"
  std::uint16_t instance = 0;  // from 1, in the order of Scene::objects
  PointClass point_class = PointClass::unlabelled;
  bool moves = false;
  Motion motion;                                   // of the middle of the box's bottom
  std::vector<Mesh> phases;                        // box-local; one mesh, or the phases of a gait
  double stride = 1.0;                             // metres in which all phases pass once
  Eigen::Vector3d size = Eigen::Vector3d::Zero();  // tight about all phases; length, width, height

  std::uint32_t label() const {
    return static_cast<std::uint32_t>(instance) << 16 | static_cast<std::uint32_t>(point_class);
  }
};

struct Scene {
  Mesh ground;    // roads, kerbs, pavements, lots
  Mesh street;    // buildings, trees, poles, signs, street furniture
  Mesh backdrop;  // far away: seen by cameras, out of the lidar's reach
  std::vector<SceneObject> objects;
  Motion ego;  // of the vehicle's origin: on the road below the middle of the rear axle
};

inline constexpr double longest_drive_s = 20.0;  // the traffic is planned this far
inline constexpr double road_half_width = 6.0;
inline constexpr double kerb_height = 0.14;
inline constexpr double street_reach = 130.0;  // metres from the crossing to the streets' ends

Scene make_scene(std::uint64_t seed);

Pose<World, Ego> world_from_ego(const Scene& scene, double time);
Pose<World, BoxLocal> world_from_box(const SceneObject& object, double time);
const Mesh& shape_at(const SceneObject& object, double time);
std::size_t phase_at(const SceneObject& object, double time);

// Of the ground people walk on: the kerb is climbed within a step.
double walking_height(const Eigen::Vector2d& position);

}  // namespace sweepmark::sample
