// The layers of a view that are in memory, in the order they came: a picture that has begun goes on with
// those at the end.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <vector>

#include "core/stack/stack_view.hpp"

namespace sweepmark {

// Takes out of `loaded` what is not in memory any more and puts what is new at its end, by block and level.
// `Layer` begins with a StackKey `key` and the `cloud`; what else it has is kept for a layer that stays.
template <class Layer>
void follow_loaded(std::vector<Layer>& loaded, std::span<const StackLayer> layers) {
  std::map<StackKey, std::shared_ptr<const PointCloud>> now;
  for (const StackLayer& layer : layers)
    if (layer.cloud) now[layer.key] = layer.cloud;
  std::erase_if(loaded, [&](const Layer& each) {
    const auto found = now.find(each.key);
    if (found == now.end() || found->second != each.cloud) return true;
    now.erase(found);
    return false;
  });
  for (auto& [key, cloud] : now) loaded.push_back({key, std::move(cloud)});
}

}  // namespace sweepmark
