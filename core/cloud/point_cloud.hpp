// Points of a sweep as a structure of arrays: each coordinate and each channel lies together in memory.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/geometry/box3.hpp"

namespace sweepmark {

// One value a point. The alternatives are what the formats hold; a reader keeps the file's own type.
using ChannelValues =
    std::variant<std::vector<float>, std::vector<double>, std::vector<std::uint8_t>,
                 std::vector<std::uint16_t>, std::vector<std::uint32_t>, std::vector<std::int8_t>,
                 std::vector<std::int16_t>, std::vector<std::int32_t>>;

// Names with a fixed meaning, where a cloud has them:
//   "intensity"  as recorded, any scale        "ring"  laser number, 0 is the lowest or the recorder's first
//   "time"       seconds relative to the sweep's timestamp, float     "rgb"  0x00RRGGBB, uint32
struct Channel {
  std::string name;
  ChannelValues values;
};

// A part of a large cloud that lies together in space and is drawn as far as a picture needs it.
struct CloudChunk {
  std::uint32_t begin = 0, end = 0;  // points of the cloud
  Eigen::Vector3f low = Eigen::Vector3f::Zero(),
                  high = Eigen::Vector3f::Zero();  // metres about the cloud's origin
  // Points of the same chunk that lie in coarser layers of a stack; 0 elsewhere.
  std::uint32_t before = 0;
};

// Coordinates are float32 about a float64 origin: UTM-sized coordinates keep their millimetres.
// The frame is said by whoever hands the cloud out (a sweep's points are in its Sensor's frame).
struct PointCloud {
  Eigen::Vector3d origin = Eigen::Vector3d::Zero();  // metres
  std::vector<float> x, y, z;     // metres about the origin, same length; never NaN or infinite
  std::vector<Channel> channels;  // each as long as x
  std::size_t dropped = 0;        // rows of the file that had no finite coordinates
  // Where rows were dropped: the row in the file of each point. Empty means point i is row i.
  std::vector<std::uint32_t> file_row;
  // Empty: the points are in the recorder's order. Otherwise chunks cover them in order, and any beginning of
  // a chunk is an even, thinner picture of it (detail_order.hpp).
  std::vector<CloudChunk> chunks;

  std::size_t size() const { return x.size(); }
  std::size_t bytes() const;

  const Channel* channel(std::string_view name) const;
  // The channel's values as floats, or empty where there is no such channel.
  std::vector<float> channel_as_float(std::string_view name) const;
  Eigen::Vector3d position(std::size_t i) const { return origin + Eigen::Vector3d(x[i], y[i], z[i]); }
};

// Builds a cloud from rows in double precision: picks the origin (zero unless coordinates exceed 10 km, then
// the first sound point rounded to whole metres), drops rows that are not finite from the coordinates and
// from every channel.
PointCloud make_point_cloud(const std::vector<double>& x, const std::vector<double>& y,
                            const std::vector<double>& z, std::vector<Channel> channels);

// The same for float rows about the zero origin; drops rows that are not finite. No copy where all are.
PointCloud make_point_cloud(std::vector<float> x, std::vector<float> y, std::vector<float> z,
                            std::vector<Channel> channels);

// Indices of the points inside a box given in the cloud's frame, ascending. The border belongs to the box.
template <class F>
std::vector<std::uint32_t> points_in_box(const PointCloud& cloud, const Box3<F>& box);
std::vector<std::uint32_t> points_in_box_at(const PointCloud& cloud, const Eigen::Matrix4d& box_from_cloud,
                                            const Eigen::Vector3d& size);

template <class F>
std::vector<std::uint32_t> points_in_box(const PointCloud& cloud, const Box3<F>& box) {
  return points_in_box_at(cloud, box.pose.inverse().matrix(), box.size);
}

}  // namespace sweepmark
