#include "core/labels/point_labels.hpp"

#include <algorithm>

namespace sweepmark {

PointLabel PointLabels::at(std::size_t row) const {
  const std::size_t chunk = row / chunk_points;
  return chunk < chunks_.size() && chunks_[chunk] ? (*chunks_[chunk])[row % chunk_points] : 0;
}

void PointLabels::apply(std::span<const LabelRun> runs) {
  for (const LabelRun& run : runs) {
    const std::size_t end = std::size_t{run.first} + run.count;
    if (end > row_limit()) chunks_.resize((end + chunk_points - 1) / chunk_points);
    for (std::size_t row = run.first; row < end;) {
      std::shared_ptr<const Chunk>& shared = chunks_[row / chunk_points];
      const std::size_t stop = std::min(end, (row / chunk_points + 1) * chunk_points);
      auto own = shared ? std::make_shared<Chunk>(*shared) : std::make_shared<Chunk>(Chunk{});
      std::fill(own->begin() + static_cast<std::ptrdiff_t>(row % chunk_points),
                own->begin() + static_cast<std::ptrdiff_t>(row % chunk_points + stop - row), run.after);
      shared = std::move(own);
      row = stop;
    }
  }
}

bool PointLabels::holds_before(std::span<const LabelRun> runs) const {
  return std::ranges::all_of(runs, [this](const LabelRun& run) {
    for (std::size_t row = run.first; row < std::size_t{run.first} + run.count; ++row)
      if (at(row) != run.before) return false;
    return true;
  });
}

std::size_t PointLabels::labelled() const {
  std::size_t count = 0;
  for (const auto& chunk : chunks_)
    if (chunk)
      count += static_cast<std::size_t>(
          std::ranges::count_if(*chunk, [](PointLabel label) { return label != 0; }));
  return count;
}

bool PointLabels::operator==(const PointLabels& other) const {
  const std::size_t chunks = std::max(chunks_.size(), other.chunks_.size());
  static const Chunk unlabelled{};
  const auto content = [](const PointLabels& labels, std::size_t i) -> const Chunk& {
    return i < labels.chunks_.size() && labels.chunks_[i] ? *labels.chunks_[i] : unlabelled;
  };
  for (std::size_t i = 0; i < chunks; ++i) {
    const Chunk &mine = content(*this, i), &theirs = content(other, i);
    if (&mine != &theirs && mine != theirs) return false;
  }
  return true;
}

std::vector<LabelRun> PointLabels::runs_to_set(std::span<const std::uint32_t> rows, PointLabel label) const {
  std::vector<LabelRun> runs;
  for (const std::uint32_t row : rows) {
    const PointLabel before = at(row);
    if (before == label) continue;
    const bool continues =
        !runs.empty() && runs.back().first + runs.back().count == row && runs.back().before == before;
    if (continues)
      ++runs.back().count;
    else
      runs.push_back({row, 1, before, label});
  }
  return runs;
}

}  // namespace sweepmark
