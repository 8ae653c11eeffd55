// Clouds on the graphics card: uploaded when first drawn, gone when the cloud is.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "render/opengl/gl_objects.hpp"
#include "render/point_backend.hpp"
#include "render/point_colours.hpp"

namespace sweepmark {

class GlClouds {
 public:
  // Buffers for drawing `points`; 0 where there is nothing of the kind, or nobody asks.
  struct Buffers {
    unsigned coordinates = 0;  // all x, then all y, then all z; float
    unsigned channel = 0;      // float a point: a channel of the cloud, or its values
    unsigned labels = 0;       // uint32 a point
    unsigned painted = 0;      // uint32 a point
    unsigned ranges = 0;       // float a point
  };
  Buffers buffers_of(const ScenePoints& points, const PointStyle& style);
  // Deletes what belonged to clouds that are gone.
  void forget_gone();
  // Bytes sent to the card since this was made.
  std::size_t uploaded_bytes() const { return uploaded_bytes_; }

 private:
  // An array of the caller's by point. When another takes its place, only the parts that differ are sent; the
  // last one is kept to tell them.
  template <class Value>
  struct Mirror {
    GlName buffer;
    std::shared_ptr<const std::vector<Value>> content;
  };
  struct Cloud {
    std::weak_ptr<const PointCloud> owner;
    GlName coordinates;
    std::map<std::string, GlName, std::less<>> channels;
    Mirror<float> values, ranges;
    Mirror<PointLabel> labels;
    Mirror<std::uint32_t> painted;
  };

  Cloud& uploaded(const std::shared_ptr<const PointCloud>& cloud);
  unsigned channel_buffer(Cloud& cloud, const PointCloud& points, std::string_view channel);
  template <class Value>
  unsigned mirrored(Mirror<Value>& mirror, const std::shared_ptr<const std::vector<Value>>& content,
                    std::size_t points);
  GlName coordinate_buffer(const PointCloud& cloud);
  // `points` values, the last of which are 0 where there are less.
  template <class Value>
  GlName buffer_of(const std::vector<Value>& values, std::size_t points);

  std::map<const PointCloud*, Cloud> clouds_;
  std::size_t uploaded_bytes_ = 0;
};

}  // namespace sweepmark
