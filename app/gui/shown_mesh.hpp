// A mesh shown among the points, as it is remembered: which file, and where it stands on the vehicle.
#pragma once

#include <Eigen/Core>
#include <numbers>
#include <string>

#include "core/geometry/pose.hpp"
#include "core/geometry/rotation.hpp"

namespace sweepmark::gui {

struct ShownMesh {
  std::string file;                                 // STL, OBJ, PLY, glTF
  Eigen::Vector3d place = Eigen::Vector3d::Zero();  // metres, of the mesh's own zero in the ego frame
  double yaw_degrees = 0;                           // about the ego frame's z, counter-clockwise from above

  bool operator==(const ShownMesh&) const = default;
};

inline Pose<Ego, BoxLocal> ego_from_mesh(const ShownMesh& mesh) {
  return {rotation_about_z(mesh.yaw_degrees * std::numbers::pi / 180.0), mesh.place};
}

}  // namespace sweepmark::gui
