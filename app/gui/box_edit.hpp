// What dragging a handle does to a box. Pure functions; a box's faces are named by signs along its own axes.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/cloud/point_cloud.hpp"
#include "core/geometry/box3.hpp"
#include "render/view_camera.hpp"

namespace sweepmark::gui {

// A face has one sign that is not 0 (+x is the front, +y the left side, +z the top), a corner of a side view
// has two. All zero is the box itself.
using FaceSigns = Eigen::Vector3i;

inline constexpr double smallest_box_side = 0.05;  // metres

// Moves the named faces by `motion` (ego frame, metres) as far as it runs along their normals; all other
// faces stay where they are. A face stops before it meets the opposite one.
Box3<Ego> with_faces_moved(const Box3<Ego>& box, const FaceSigns& faces, const Eigen::Vector3d& motion);
// Moves the whole box.
Box3<Ego> moved(const Box3<Ego>& box, const Eigen::Vector3d& motion);
// Turns about the vertical through the centre.
Box3<Ego> turned(const Box3<Ego>& box, double radians);
// Turns so that the front faces `place` on the ground. Unchanged where that is the centre itself.
Box3<Ego> facing(const Box3<Ego>& box, const Point<Ego>& place);

// The points of a cloud near a box, in the box's own frame: those within `margin` metres of it.
std::vector<Eigen::Vector3d> local_points(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                                          const Box3<Ego>& box, double margin);

// Moves one face inwards to the outermost point inside the box, and leaves 2 cm. Empty where no point is
// inside.
std::optional<Box3<Ego>> shrunk_to_points(const Box3<Ego>& box, const FaceSigns& face,
                                          std::span<const Eigen::Vector3d> local_points);

// All faces in the order of BoxEvidence.
inline const std::array<FaceSigns, 6> box_faces = {FaceSigns(1, 0, 0), FaceSigns(-1, 0, 0),
                                                   FaceSigns(0, 1, 0), FaceSigns(0, -1, 0),
                                                   FaceSigns(0, 0, 1), FaceSigns(0, 0, -1)};

// What the points say about a box: how many are inside, and how many lie within 15 cm of each face (inside or
// out). Of the sides only what stands clear of the ground counts: 15 cm over the bottom.
struct BoxEvidence {
  std::size_t inside = 0;
  std::array<std::size_t, 6> near_face{};  // +x −x +y −y +z −z
  bool operator==(const BoxEvidence&) const = default;
};
inline constexpr double evidence_reach = 0.15;  // metres
BoxEvidence evidence_for(const Box3<Ego>& box, std::span<const Eigen::Vector3d> local_points);
// Fewer points may be strays.
inline constexpr std::size_t fewest_at_face = 3;
std::size_t count_at(const BoxEvidence& evidence, const FaceSigns& face);
inline bool is_seen(const BoxEvidence& evidence, const FaceSigns& face) {
  return count_at(evidence, face) >= fewest_at_face;
}

// Takes each side and the top to the points that stand near it: to the third outermost, 2 cm spare. A face
// without points within `pull_reach` was not seen and stays where it is, and so does the bottom. Empty where
// no face was seen. `local_points` as local_points() gives them for `box` with that margin.
inline constexpr double pull_reach = 0.3;  // metres
std::optional<Box3<Ego>> pulled_to_points(const Box3<Ego>& box,
                                          std::span<const Eigen::Vector3d> local_points);

// Longer, wider or higher by `metres`: about the middle, and upwards from the bottom.
Box3<Ego> extended(const Box3<Ego>& box, int axis, double metres);

// Roll and pitch of the ground whose upward normal is `normal` (ego frame), heading and middle seen from
// above as they were, the bottom on `ground` beneath it.
struct GroundPlacement {
  double roll = 0, pitch = 0;  // radians
  double z = 0;                // of the centre, metres
};
Box3<Ego> placed(const Box3<Ego>& box, const GroundPlacement& placement);
GroundPlacement placement_on_ground(const Box3<Ego>& box, double ground, const Eigen::Vector3d& normal);

// A handle of a box as a side view shows it.
struct BoxHandle {
  enum class Kind { face, corner, centre, heading };
  Kind kind = Kind::centre;
  FaceSigns faces = FaceSigns::Zero();
  bool operator==(const BoxHandle&) const = default;
};
// "face+x", "corner+x-y", "centre", "heading"
std::string name_of(const BoxHandle& handle);
// The handles a side view has, those that win where they overlap first.
std::vector<BoxHandle> handles_of(BoxSide side);
// How far the tip of a box's heading arrow is ahead of its front; metres.
double heading_reach(const Eigen::Vector3d& size);
// Where a handle sits, in the box's frame. The heading handle is ahead of the front by `reach` metres.
Point<BoxLocal> place_of(const BoxHandle& handle, const Eigen::Vector3d& size, double reach);
// The box after a handle was dragged by `motion` (ego frame) from where it was.
Box3<Ego> dragged(const Box3<Ego>& start, const BoxHandle& handle, const Eigen::Vector3d& motion,
                  double reach);

}  // namespace sweepmark::gui
