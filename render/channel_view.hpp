// A channel of a cloud read as floats without a copy of it.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/cloud/point_cloud.hpp"
#include "render/point_backend.hpp"

namespace sweepmark {

class ChannelView {
 public:
  ChannelView() = default;
  // Borrows. A null channel gives an empty view.
  explicit ChannelView(const Channel* channel) : values_(channel ? &channel->values : nullptr) {}

  bool empty() const { return values_ == nullptr; }
  float operator[](std::size_t i) const {
    return std::visit([i](const auto& values) { return static_cast<float>(values[i]); }, *values_);
  }
  // Asks for the memory of a value.
  void expect(std::size_t i) const {
    std::visit([i](const auto& values) { __builtin_prefetch(values.data() + i); }, *values_);
  }

 private:
  const ChannelValues* values_ = nullptr;
};

// The channel a colouring reads, or empty where it reads something else.
std::string_view channel_of(PointColouring colouring);

}  // namespace sweepmark
