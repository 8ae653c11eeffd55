// A class and an instance for every point of a sweep, in chunks that are shared until they change.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace sweepmark {

// Low 16 bits class, high 16 bits instance, as SemanticKITTI packs them; 0 is unlabelled.
using PointLabel = std::uint32_t;
constexpr PointLabel packed_label(std::uint16_t class_id, std::uint16_t instance) {
  return static_cast<PointLabel>(instance) << 16 | class_id;
}
constexpr std::uint16_t class_of(PointLabel label) {
  return static_cast<std::uint16_t>(label & 0xffffu);
}
constexpr std::uint16_t instance_of(PointLabel label) {
  return static_cast<std::uint16_t>(label >> 16);
}

// `count` points from `first` on that carried `before` and now carry `after`.
struct LabelRun {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  PointLabel before = 0;
  PointLabel after = 0;
  bool operator==(const LabelRun&) const = default;
};

// Labels of one sweep, by row in the sweep's file. Copies share chunks; a change copies only the chunks it
// touches. Rows never written are unlabelled, so the number of points need not be known.
class PointLabels {
 public:
  static constexpr std::size_t chunk_points = 4096;

  PointLabel at(std::size_t row) const;
  // Sets `after` over each run. The caller has checked `before` (see holds_before).
  void apply(std::span<const LabelRun> runs);
  bool holds_before(std::span<const LabelRun> runs) const;
  std::size_t labelled() const;  // rows that are not 0
  // One past the last row that may be labelled.
  std::size_t row_limit() const { return chunks_.size() * chunk_points; }
  bool operator==(const PointLabels& other) const;

  // The runs that set the given rows (ascending) to `label`, leaving out those that carry it already.
  std::vector<LabelRun> runs_to_set(std::span<const std::uint32_t> rows, PointLabel label) const;

 private:
  using Chunk = std::array<PointLabel, chunk_points>;
  std::vector<std::shared_ptr<const Chunk>> chunks_;  // null: all unlabelled
};

}  // namespace sweepmark
