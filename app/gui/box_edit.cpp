#include "app/gui/box_edit.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/geometry/attitude.hpp"

namespace sweepmark::gui {

Box3<Ego> with_faces_moved(const Box3<Ego>& box, const FaceSigns& faces, const Eigen::Vector3d& motion) {
  const Eigen::Vector3d local = box.pose.rotation().conjugate() * motion;
  Eigen::Vector3d size = box.size, shift = Eigen::Vector3d::Zero();
  for (int axis = 0; axis < 3; ++axis) {
    const double sign = faces[axis];
    if (sign == 0) continue;
    size[axis] = std::max(smallest_box_side, box.size[axis] + sign * local[axis]);
    shift[axis] = 0.5 * sign * (size[axis] - box.size[axis]);
  }
  const Eigen::Vector3d centre = box.pose.translation() + box.pose.rotation() * shift;
  return {Pose<Ego, BoxLocal>(box.pose.rotation(), centre), size};
}

Box3<Ego> moved(const Box3<Ego>& box, const Eigen::Vector3d& motion) {
  return {Pose<Ego, BoxLocal>(box.pose.rotation(), box.pose.translation() + motion), box.size};
}

Box3<Ego> turned(const Box3<Ego>& box, double radians) {
  return {Pose<Ego, BoxLocal>(rotation_about_z(radians) * box.pose.rotation(), box.pose.translation()),
          box.size};
}

Box3<Ego> facing(const Box3<Ego>& box, const Point<Ego>& place) {
  const Eigen::Vector2d towards = (place.metres - box.pose.translation()).head<2>();
  if (towards.norm() < 1e-6) return box;
  return turned(box, wrapped_angle(std::atan2(towards.y(), towards.x()) - box.yaw()));
}

std::vector<Eigen::Vector3d> local_points(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                                          const Box3<Ego>& box, double margin) {
  const Pose<BoxLocal, Sensor> box_from_cloud = box.pose.inverse() * ego_from_cloud;
  const Eigen::Vector3d size = box.size + Eigen::Vector3d::Constant(2 * margin);
  std::vector<Eigen::Vector3d> result;
  for (const std::uint32_t i : points_in_box_at(cloud, box_from_cloud.matrix(), size))
    result.push_back((box_from_cloud * Point<Sensor>(cloud.position(i))).metres);
  return result;
}

namespace {

bool inside(const Eigen::Vector3d& local, const Eigen::Vector3d& size) {
  return (local.cwiseAbs().array() <= 0.5 * size.array()).all();
}

// Clear of the ground; of what is very low the upper half counts.
bool stands(const Eigen::Vector3d& local, const Eigen::Vector3d& size) {
  return local.z() > -0.5 * size.z() + std::min(evidence_reach, 0.5 * size.z());
}

}  // namespace

std::optional<Box3<Ego>> shrunk_to_points(const Box3<Ego>& box, const FaceSigns& face,
                                          std::span<const Eigen::Vector3d> local_points) {
  constexpr double spare = 0.02;
  const Eigen::Vector3d normal = face.cast<double>();
  std::optional<double> outermost;
  for (const Eigen::Vector3d& p : local_points)
    if (inside(p, box.size)) outermost = std::max(outermost.value_or(p.dot(normal)), p.dot(normal));
  if (!outermost) return std::nullopt;
  const double half = 0.5 * normal.cwiseAbs().dot(box.size);
  const double inwards = std::min(0.0, *outermost + spare - half);
  return with_faces_moved(box, face, box.pose.rotation() * (inwards * normal));
}

BoxEvidence evidence_for(const Box3<Ego>& box, std::span<const Eigen::Vector3d> local_points) {
  BoxEvidence evidence;
  const Eigen::Vector3d reach = 0.5 * box.size + Eigen::Vector3d::Constant(evidence_reach);
  for (const Eigen::Vector3d& p : local_points) {
    if (inside(p, box.size)) ++evidence.inside;
    if ((p.cwiseAbs().array() > reach.array()).any()) continue;
    for (std::size_t face = 0; face < 6; ++face) {
      const double out =
          box_faces[face].cast<double>().dot(p - 0.5 * box_faces[face].cast<double>().cwiseProduct(box.size));
      if (std::abs(out) <= evidence_reach && (face >= 4 || stands(p, box.size))) ++evidence.near_face[face];
    }
  }
  return evidence;
}

std::size_t count_at(const BoxEvidence& evidence, const FaceSigns& face) {
  const auto found = std::ranges::find(box_faces, face);
  return found == box_faces.end() ? 0
                                  : evidence.near_face[static_cast<std::size_t>(found - box_faces.begin())];
}

std::optional<Box3<Ego>> pulled_to_points(const Box3<Ego>& box,
                                          std::span<const Eigen::Vector3d> local_points) {
  constexpr double spare = 0.02;
  const Eigen::Vector3d reach = 0.5 * box.size + Eigen::Vector3d::Constant(pull_reach);
  Box3<Ego> pulled = box;
  bool any = false;
  for (const FaceSigns& face : box_faces) {
    if (face.z() < 0) continue;
    const Eigen::Vector3d normal = face.cast<double>();
    const double half = 0.5 * normal.cwiseAbs().dot(box.size);
    std::vector<double> near;  // metres outside of the face
    for (const Eigen::Vector3d& p : local_points)
      if (stands(p, box.size) && (p.cwiseAbs().array() <= reach.array()).all() &&
          p.dot(normal) - half >= -pull_reach)
        near.push_back(p.dot(normal) - half);
    if (near.size() < fewest_at_face) continue;
    const auto third = near.begin() + (fewest_at_face - 1);
    std::ranges::nth_element(near, third, std::greater{});
    pulled = with_faces_moved(pulled, face, box.pose.rotation() * ((*third + spare) * normal));
    any = true;
  }
  return any ? std::optional(pulled) : std::nullopt;
}

Box3<Ego> extended(const Box3<Ego>& box, int axis, double metres) {
  const Eigen::Vector3d along = box.pose.rotation() * Eigen::Vector3d::Unit(axis);
  if (axis == 2) return with_faces_moved(box, {0, 0, 1}, metres * along);
  const FaceSigns face = FaceSigns::Unit(axis);
  return with_faces_moved(with_faces_moved(box, face, 0.5 * metres * along), -face, -0.5 * metres * along);
}

Box3<Ego> placed(const Box3<Ego>& box, const GroundPlacement& placement) {
  return with_attitude(box, placement.roll, placement.pitch, placement.z);
}

// With R = Rz(yaw) Ry(pitch) Rx(roll), R e_z is the normal where, in the frame turned by the yaw alone, its
// components are (sin pitch cos roll, −sin roll, cos pitch cos roll).
GroundPlacement placement_on_ground(const Box3<Ego>& box, double ground, const Eigen::Vector3d& normal) {
  const Eigen::Vector3d ahead = rotation_about_z(-box.yaw()) * normal.normalized();
  const double roll = -std::asin(std::clamp(ahead.y(), -1.0, 1.0));
  return {roll, std::atan2(ahead.x(), ahead.z()), ground + 0.5 * box.height() * ahead.z()};
}

std::string name_of(const BoxHandle& handle) {
  if (handle.kind == BoxHandle::Kind::centre) return "centre";
  if (handle.kind == BoxHandle::Kind::heading) return "heading";
  std::string name = handle.kind == BoxHandle::Kind::face ? "face" : "corner";
  for (int axis = 0; axis < 3; ++axis)
    if (handle.faces[axis] != 0) name += {handle.faces[axis] > 0 ? '+' : '-', "xyz"[axis]};
  return name;
}

std::vector<BoxHandle> handles_of(BoxSide side) {
  const int first = side == BoxSide::rear ? 1 : 0, second = side == BoxSide::top ? 1 : 2;
  std::vector<BoxHandle> handles;
  if (side == BoxSide::top) handles.push_back({BoxHandle::Kind::heading, FaceSigns::Zero()});
  for (const int a : {1, -1})
    for (const int b : {1, -1})
      handles.push_back({BoxHandle::Kind::corner, a * FaceSigns::Unit(first) + b * FaceSigns::Unit(second)});
  for (const int axis : {first, second})
    for (const int sign : {1, -1}) handles.push_back({BoxHandle::Kind::face, sign * FaceSigns::Unit(axis)});
  handles.push_back({BoxHandle::Kind::centre, FaceSigns::Zero()});
  return handles;
}

double heading_reach(const Eigen::Vector3d& size) {
  return std::clamp(0.4 * size.x(), 0.3, 2.5);
}

Point<BoxLocal> place_of(const BoxHandle& handle, const Eigen::Vector3d& size, double reach) {
  if (handle.kind == BoxHandle::Kind::heading) return Point<BoxLocal>(0.5 * size.x() + reach, 0, 0);
  return Point<BoxLocal>(0.5 * handle.faces.cast<double>().cwiseProduct(size));
}

Box3<Ego> dragged(const Box3<Ego>& start, const BoxHandle& handle, const Eigen::Vector3d& motion,
                  double reach) {
  switch (handle.kind) {
    case BoxHandle::Kind::centre:
      return moved(start, motion);
    case BoxHandle::Kind::heading: {
      const Point<Ego> place = start.pose * place_of(handle, start.size, reach);
      return facing(start, Point<Ego>(place.metres + motion));
    }
    case BoxHandle::Kind::face:
    case BoxHandle::Kind::corner:
      break;
  }
  return with_faces_moved(start, handle.faces, motion);
}

}  // namespace sweepmark::gui
