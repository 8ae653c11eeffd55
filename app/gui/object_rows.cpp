#include "app/gui/object_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "core/base/text.hpp"

namespace sweepmark::gui {
namespace {

std::size_t sweeps_within(const Drive& drive, const TimeInterval& interval) {
  const auto first = std::ranges::lower_bound(drive.sweeps, interval.first, {}, &SweepEntry::time);
  const auto last = std::ranges::upper_bound(drive.sweeps, interval.last, {}, &SweepEntry::time);
  return static_cast<std::size_t>(last - first);
}

void count_keyframes(ObjectRow& row, const Track& track) {
  for (const Keyframe& keyframe : track.keyframes) {
    const bool proposed = keyframe.origin == Origin::automatic;
    ++(proposed ? row.automatic : row.placed);
    if (proposed && keyframe.confidence)
      row.least_confidence = std::min(row.least_confidence.value_or(1.0), *keyframe.confidence);
  }
}

ObjectRow row_of(const Document& document, const Drive& drive, const Track& track) {
  const auto found = document.taxonomy.find(track.properties.class_id);
  ObjectRow row;
  row.track = track.id;
  row.class_id = track.properties.class_id;
  row.class_name = found == document.taxonomy.end() ? "?" : found->second.name;
  row.name = track.properties.name;
  row.standing = track.properties.standing;
  count_keyframes(row, track);
  row.lifetime = track.lifetime();
  if (row.lifetime) row.sweeps = sweeps_within(drive, *row.lifetime);
  return row;
}

std::string words_of(const ObjectRow& row) {
  return lowered(fmt::format("{} {} {}{}{}{}", row.class_name, row.track.value, row.name,
                             row.standing ? " standing" : "", row.automatic > 0 ? " proposed" : "",
                             row.has_findings ? " findings" : ""));
}

// Smaller first; descending columns count from the other end.
double rank(const ObjectRow& row, ObjectColumn column) {
  switch (column) {
    case ObjectColumn::placed:
      return static_cast<double>(row.placed);
    case ObjectColumn::automatic:
      return static_cast<double>(row.automatic);
    case ObjectColumn::confidence:
      return row.least_confidence.value_or(0);
    case ObjectColumn::sweeps:
      return static_cast<double>(row.sweeps);
    case ObjectColumn::name:
      break;
  }
  return 0;
}

}  // namespace

std::vector<ObjectRow> object_rows(const Document& document, const Drive& drive,
                                   const std::set<TrackId>& with_findings) {
  std::set<TrackId> related;
  for (const Relation& relation : document.relations) related.insert({relation.from, relation.to});
  std::vector<ObjectRow> rows;
  rows.reserve(document.tracks.size());
  for (const auto& [id, track] : document.tracks) {
    ObjectRow row = row_of(document, drive, *track);
    row.related = related.contains(id);
    row.has_findings = with_findings.contains(id);
    row.found_by = words_of(row);
    rows.push_back(std::move(row));
  }
  return rows;
}

bool passes(const ObjectRow& row, const std::string& filter) {
  const std::string wanted = lowered(filter);
  return std::ranges::all_of(split(wanted, ' '), [&](std::string_view word) {
    return row.found_by.find(word) != std::string::npos;
  });
}

void sort_rows(std::vector<ObjectRow>& rows, ObjectColumn column, bool ascending) {
  std::ranges::stable_sort(rows, [&](const ObjectRow& a, const ObjectRow& b) {
    if (column == ObjectColumn::name) {
      const auto key = [](const ObjectRow& row) { return std::tie(row.class_name, row.track); };
      return ascending ? key(a) < key(b) : key(b) < key(a);
    }
    if (column == ObjectColumn::confidence &&
        a.least_confidence.has_value() != b.least_confidence.has_value())
      return a.least_confidence.has_value();
    return ascending ? rank(a, column) < rank(b, column) : rank(b, column) < rank(a, column);
  });
}

void ObjectList::take(Revision revision, std::vector<ObjectRow> rows) {
  of_ = revision;
  rows_ = std::move(rows);
  in_order_ = false;
}

const std::vector<ObjectRow>& ObjectList::shown(const ObjectWish& wish) {
  if (in_order_ && wish == wish_) return shown_;
  wish_ = wish;
  shown_.clear();
  std::ranges::copy_if(rows_, std::back_inserter(shown_),
                       [this](const ObjectRow& row) { return passes(row, wish_.filter); });
  sort_rows(shown_, wish_.column, wish_.ascending);
  in_order_ = true;
  return shown_;
}

}  // namespace sweepmark::gui
