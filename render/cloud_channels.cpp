#include "render/cloud_channels.hpp"

namespace sweepmark {

std::span<const float> CloudChannels::values(const std::shared_ptr<const PointCloud>& cloud,
                                             std::string_view channel) {
  const Channel* found = cloud->channel(channel);
  if (!found) return {};
  if (const auto* floats = std::get_if<std::vector<float>>(&found->values)) return *floats;
  Converted& converted = converted_[cloud.get()];
  converted.owner = cloud;
  auto kept = converted.channels.find(channel);
  if (kept == converted.channels.end())
    kept = converted.channels.emplace(std::string(channel), cloud->channel_as_float(channel)).first;
  return kept->second;
}

void CloudChannels::forget_gone() {
  std::erase_if(converted_, [](const auto& entry) { return entry.second.owner.expired(); });
}

std::string_view channel_of(PointColouring colouring) {
  switch (colouring) {
    case PointColouring::intensity:
      return "intensity";
    case PointColouring::ring:
      return "ring";
    case PointColouring::time:
      return "time";
    case PointColouring::height:
    case PointColouring::range:
    case PointColouring::label:
    case PointColouring::instance:
    case PointColouring::label_age:
    case PointColouring::camera:
    case PointColouring::flat:
      break;
  }
  return {};
}

}  // namespace sweepmark
