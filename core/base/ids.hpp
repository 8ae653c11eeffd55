// Ids that cannot be mixed up: a TrackId is never a ClassId, though both are numbers.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace sweepmark {

template <class Tag, class Value>
struct StrongId {
  Value value{};

  StrongId() = default;
  explicit StrongId(Value v) : value(std::move(v)) {}
  auto operator<=>(const StrongId&) const = default;
};

using SensorId = StrongId<struct SensorTag, std::string>;     // "lidar_top", "image_02"
using TrackId = StrongId<struct TrackTag, std::uint32_t>;     // unique within a document; 0 is no track
using ClassId = StrongId<struct ClassTag, std::uint16_t>;     // unique within a taxonomy; 0 is unlabelled
using LayerName = StrongId<struct LayerTag, std::string>;     // one line of history: "main", "alice", "model"
using Revision = StrongId<struct RevisionTag, std::int64_t>;  // of a layer; 0 is the empty document

}  // namespace sweepmark

template <class Tag, class Value>
struct std::hash<sweepmark::StrongId<Tag, Value>> {
  std::size_t operator()(const sweepmark::StrongId<Tag, Value>& id) const noexcept {
    return std::hash<Value>{}(id.value);
  }
};
