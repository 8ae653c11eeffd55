// What a cell of the batch view keeps of its sweep: the points about one place. Loaded in the background by a
// cache of the workspace; the sweep itself is let go.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/result.hpp"
#include "core/cloud/point_cloud.hpp"
#include "core/geometry/box3.hpp"

namespace sweepmark::gui {

// Which part of which sweep: an upright cube in the ego frame of that sweep, on a grid so that it is a key.
// It says nothing of labels: what a box becomes within it changes no crop.
struct CropKey {
  std::size_t sweep = 0;
  std::array<std::int32_t, 3> centre{};  // quarter metres
  std::int32_t reach = 0;                // whole metres from the centre to each side
  auto operator<=>(const CropKey&) const = default;

  Point<Ego> middle() const { return Point<Ego>(0.25 * centre[0], 0.25 * centre[1], 0.25 * centre[2]); }
};

// About a box with room round what is to be seen: `radius` metres from its centre.
CropKey crop_about(std::size_t sweep, const Box3<Ego>& box, double radius);
// Nothing that is to be seen lies outside the crop.
bool covers(const CropKey& key, const Box3<Ego>& box, double radius);

inline constexpr std::size_t most_crop_points = 60'000;

struct CloudCrop {
  CropKey key;
  std::vector<Eigen::Vector3f> points;  // ego frame, metres about key.middle(), in the sweep's order
  // Of dense recordings every n-th point is kept, so that a page is drawn in time whatever the sensor.
  std::size_t every = 1;
  std::optional<double> ground;  // height of the ground there, ego frame; empty where nothing tells

  std::size_t bytes() const { return points.capacity() * sizeof(Eigen::Vector3f); }
  // The points within a box, in its own frame.
  std::vector<Eigen::Vector3d> inside(const Box3<Ego>& box) const;
};

// The crop's points back in the frame of the cloud they were taken from.
PointCloud cloud_of(const CloudCrop& crop, const Pose<Ego, Sensor>& ego_from_cloud);

CloudCrop cropped(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud, const CropKey& key);

}  // namespace sweepmark::gui
