// Which points a filter lets through, a bit a point: worked out where it is first drawn and kept until the
// filter or what it looks at changes.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "render/point_backend.hpp"

namespace sweepmark {

class ShownPoints {
 public:
  // Forgets what is no longer true. To be called before each draw; the scene outlives the draw.
  void prepare(std::span<const ScenePoints> scene, const PointFilter& filter);

  // The bits of a cloud of the scene, the lowest of a byte first, right for points begin … end − 1; null
  // where there is nothing to filter. May be called from several threads at once.
  const std::uint8_t* bits(std::uint32_t scene_index, std::size_t begin, std::size_t end);

 private:
  // The bits of one cloud, and what they were worked out from: owned weakly, so that an address that is used
  // again is not taken for the same.
  struct Cloud {
    std::weak_ptr<const PointCloud> cloud;
    std::weak_ptr<const std::vector<PointLabel>> labels;
    std::weak_ptr<const std::vector<float>> ranges;
    Eigen::Matrix4d world_from_cloud;
    std::vector<std::uint8_t> bits;
    std::vector<std::uint8_t> blocks;  // state of each block of points

    bool is_of(const ScenePoints& points) const;
    void restart(const ScenePoints& points);
  };

  PointFilter filter_;
  bool filters_ = false;
  std::span<const ScenePoints> scene_;
  std::vector<Cloud> clouds_;  // by scene index
};

}  // namespace sweepmark
