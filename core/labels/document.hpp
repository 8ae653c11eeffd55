// The labels of one drive as a value: a copy is a snapshot, cheap because its parts are shared and never
// change.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/labels/point_labels.hpp"
#include "core/labels/taxonomy.hpp"
#include "core/labels/track.hpp"

namespace sweepmark {

struct Document {
  Taxonomy taxonomy;
  std::map<TrackId, std::shared_ptr<const Track>> tracks;
  std::map<TimestampNs, PointLabels> point_labels;  // by the sweep's timestamp

  const Track* track(TrackId id) const;
  // One more than the greatest id in use.
  TrackId next_track_id() const;
};
// Compares content, not sharing.
bool operator==(const Document& a, const Document& b);

// The empty document every layer starts from: the default taxonomy, nothing else.
Document new_document();

// Whole documents as text, for snapshots: document_from_json(to_json(d)) == d (see patch.hpp).
std::string to_json(const Document& document);

}  // namespace sweepmark
