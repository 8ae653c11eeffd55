// Channels of clouds as floats, converted once and kept as long as the cloud lives.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/cloud/point_cloud.hpp"
#include "render/point_backend.hpp"

namespace sweepmark {

class CloudChannels {
 public:
  // Empty where the cloud has no such channel. Valid as long as the cloud is.
  std::span<const float> values(const std::shared_ptr<const PointCloud>& cloud, std::string_view channel);
  // Drops what belonged to clouds that are gone.
  void forget_gone();

 private:
  struct Converted {
    std::weak_ptr<const PointCloud> owner;
    std::map<std::string, std::vector<float>, std::less<>> channels;
  };
  std::map<const PointCloud*, Converted> converted_;
};

// The channel a colouring reads, or empty where it reads coordinates or labels.
std::string_view channel_of(PointColouring colouring);

}  // namespace sweepmark
