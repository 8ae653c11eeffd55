// What a command does to a document: a list of changes that knows the way back.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/labels/document.hpp"

namespace sweepmark {

// Each change holds both sides. nullopt means "was not there" or "is gone".
struct ClassChange {
  ClassId id;
  std::optional<ClassDefinition> before, after;
};
// A track comes into being bare and goes only when it is: no keyframe, attribute event or relation is left.
struct TrackChange {
  TrackId id;
  std::optional<TrackProperties> before, after;
};
struct KeyframeChange {
  TrackId track;
  TimestampNs time;
  std::optional<Keyframe> before, after;
};
struct AttributeChange {
  TrackId track;
  AttributeEvent event;
  std::optional<std::string> before, after;
};
struct RelationChange {
  Relation relation;
  bool before = false, after = false;  // whether it holds
};
struct JobChange {
  JobDefinition before, after;
};
// Shared, because a copy of a patch should not copy a drive's poses. Null means that there is none.
struct EgoMotionChange {
  std::shared_ptr<const Trajectory> before, after;
};
struct PointLabelChange {
  TimestampNs sweep;
  std::vector<LabelRun> runs;  // ascending, disjoint
};
using Change = std::variant<ClassChange, TrackChange, KeyframeChange, PointLabelChange, AttributeChange,
                            RelationChange, JobChange, EgoMotionChange>;
using Patch = std::vector<Change>;

// What a patch touched, for whoever draws or caches.
struct ChangeSet {
  std::set<TrackId> tracks;
  std::set<TimestampNs> point_labels;
  bool taxonomy = false;    // or the job's attributes and rules
  bool ego_motion = false;  // derived boxes of every track may lie elsewhere
  bool everything = false;  // another document altogether

  void merge(const ChangeSet& other);
  bool empty() const {
    return tracks.empty() && point_labels.empty() && !taxonomy && !ego_motion && !everything;
  }
};

// All of the patch or none of it: where a `before` is not what the document holds, a conflict says which
// change did not fit and the document is as it was.
Result<ChangeSet> apply_patch(Document& document, const Patch& patch);

// Before and after swapped, order reversed: apply_patch(d, p) then apply_patch(d, inverted(p)) leaves d as it
// was.
Patch inverted(const Patch& patch);

// JSON text; decode(encode(p)) is p, numbers included to the last bit.
std::string encode(const Patch& patch);
Result<Patch> decode_patch(std::string_view text);

Result<Document> document_from_json(std::string_view text);

// Puts patches together. Reads through to the changes already added, so that several edits of one track
// compose.
class PatchBuilder {
 public:
  explicit PatchBuilder(const Document& document) : working_(document) {}

  // Each records the present state as `before`. No change is recorded where nothing would change.
  void set_class(ClassId id, std::optional<ClassDefinition> definition);
  void set_properties(TrackId id, TrackProperties properties);  // creates the track where there is none
  void set_keyframe(TrackId id, Keyframe keyframe);             // the track must exist
  void remove_keyframe(TrackId id, TimestampNs time);
  void remove_track(TrackId id);  // its relations, attribute events and keyframes first
  // Empty: no event. The track must exist.
  void set_attribute_event(TrackId id, const AttributeEvent& event, std::optional<std::string> value);
  void set_relation(const Relation& relation, bool holds);
  void set_job(JobDefinition job);
  void set_ego_motion(std::shared_ptr<const Trajectory> motion);  // null: none
  void set_point_labels(TimestampNs sweep, std::vector<LabelRun> runs);
  TrackId new_track_id() const { return working_.next_track_id(); }

  const Document& document() const { return working_; }
  Patch take() && { return std::move(patch_); }

 private:
  void add(Change change);
  void remove_relations_of(TrackId id);

  Document working_;
  Patch patch_;
};

}  // namespace sweepmark
