// Clouds on the graphics card: uploaded when first drawn, gone when the cloud is.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "render/gl_objects.hpp"
#include "render/point_backend.hpp"

namespace sweepmark {

class GlClouds {
 public:
  // Buffers for drawing `points`; 0 where there is nothing of the kind.
  struct Buffers {
    unsigned coordinates = 0;  // all x, then all y, then all z; float
    unsigned channel = 0;      // float a point
    unsigned labels = 0;       // uint32 a point, exactly as many as the cloud has points
  };
  Buffers buffers_of(const ScenePoints& points, PointColouring colouring);
  // Deletes what belonged to clouds and labels that are gone.
  void forget_gone();

 private:
  struct Cloud {
    std::weak_ptr<const PointCloud> owner;
    GlName coordinates;
    std::map<std::string, GlName, std::less<>> channels;  // an empty name: the cloud has no such channel
  };
  struct Labels {
    std::weak_ptr<const std::vector<PointLabel>> owner;
    GlName buffer;
    std::size_t points = 0;
  };

  Cloud& uploaded(const std::shared_ptr<const PointCloud>& cloud);
  unsigned channel_buffer(Cloud& cloud, const PointCloud& points, std::string_view channel);
  unsigned label_buffer(const std::shared_ptr<const std::vector<PointLabel>>& labels, std::size_t points);

  std::map<const PointCloud*, Cloud> clouds_;
  std::map<const std::vector<PointLabel>*, Labels> labels_;
};

}  // namespace sweepmark
