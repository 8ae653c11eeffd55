// The labels of one drive as a value: a copy is a snapshot, cheap because its parts are shared and never
// change.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "core/geometry/trajectory.hpp"
#include "core/labels/ontology.hpp"
#include "core/labels/point_labels.hpp"
#include "core/labels/relation.hpp"
#include "core/labels/taxonomy.hpp"
#include "core/labels/track.hpp"

namespace sweepmark {

struct Document {
  Taxonomy taxonomy;
  std::map<TrackId, std::shared_ptr<const Track>> tracks;
  std::map<TimestampNs, PointLabels> point_labels;  // by the sweep's timestamp
  JobDefinition job = default_job();                // what the ontology says beside the classes
  std::set<Relation> relations = {};
  // The vehicle's motion as it was estimated from the sweeps; null: it was not. Labels lie on it only where
  // the drive recorded none (trajectory_of in core/drive).
  std::shared_ptr<const Trajectory> ego_motion = nullptr;

  const Track* track(TrackId id) const;
  // One more than the greatest id in use.
  TrackId next_track_id() const;
};
// Compares content, not sharing.
bool operator==(const Document& a, const Document& b);

// The empty document every layer starts from: the default taxonomy and attributes, nothing else.
Document new_document();

// The document's classes with their ids, attributes and rules.
Ontology ontology_of(const Document& document);

// Whole documents as text, for snapshots: document_from_json(to_json(d)) == d (see patch.hpp).
std::string to_json(const Document& document);

}  // namespace sweepmark
