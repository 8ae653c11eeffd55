#include "core/labels/patch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sweepmark {

namespace {

Failure conflict(std::string what) {
  return fail(ErrorCode::conflict, std::move(what));
}

bool same_motion(const std::shared_ptr<const Trajectory>& a, const std::shared_ptr<const Trajectory>& b) {
  return a == b || (a && b && *a == *b);
}

// Each applies one change to a document that is thrown away if a later one fails.
struct Applier {
  Document& document;
  ChangeSet& touched;

  // The track for writing: copied once where it is shared with another document, then changed in place, so
  // that a patch of a thousand keyframes costs a thousand steps and not their square.
  Track& owned(TrackId id) const {
    std::shared_ptr<const Track>& shared = document.tracks[id];
    if (shared.use_count() > 1) shared = std::make_shared<Track>(*shared);
    return const_cast<Track&>(
        *shared);  // made as a plain Track (see every make_shared here), and nobody else holds it
  }

  bool related(TrackId id) const {
    return std::ranges::any_of(document.relations, [id](const Relation& relation) {
      return relation.from == id || relation.to == id;
    });
  }

  Result<void> operator()(const ClassChange& change) const {
    const auto found = document.taxonomy.find(change.id);
    const bool there = found != document.taxonomy.end();
    if (there != change.before.has_value() || (there && found->second != *change.before))
      return conflict(fmt::format("class {} has been changed meanwhile", change.id.value));
    if (change.after)
      document.taxonomy[change.id] = *change.after;
    else
      document.taxonomy.erase(change.id);
    touched.taxonomy = true;
    return {};
  }

  Result<void> operator()(const TrackChange& change) const {
    const Track* track = document.track(change.id);
    if ((track != nullptr) != change.before.has_value() || (track && track->properties != *change.before))
      return conflict(fmt::format("object {} has been changed meanwhile", change.id.value));
    if (!change.after) {
      if (track && (!track->keyframes.empty() || !track->attribute_events.empty() || related(change.id)))
        return conflict(fmt::format("object {} has gained keyframes, attributes or relations meanwhile",
                                    change.id.value));
      document.tracks.erase(change.id);
    } else {
      if (!track) document.tracks[change.id] = std::make_shared<Track>(Track{change.id, {}, {}, {}});
      owned(change.id).properties = *change.after;
    }
    touched.tracks.insert(change.id);
    return {};
  }

  Result<void> operator()(const KeyframeChange& change) const {
    const Track* track = document.track(change.track);
    if (!track) return conflict(fmt::format("object {} is no longer there", change.track.value));
    const Keyframe* present = track->keyframe_at(change.time);
    if ((present != nullptr) != change.before.has_value() || (present && !(*present == *change.before)))
      return conflict(
          fmt::format("object {} has been changed meanwhile at {} ns", change.track.value, change.time.ns));
    if (change.after && change.after->time != change.time)
      return fail(ErrorCode::internal, "a keyframe change whose times differ");
    const bool replaces = present != nullptr;
    std::vector<Keyframe>& keyframes = owned(change.track).keyframes;
    const auto at = std::ranges::lower_bound(keyframes, change.time, {}, &Keyframe::time);
    if (replaces && change.after)
      *at = *change.after;
    else if (replaces)
      keyframes.erase(at);
    else if (change.after)
      keyframes.insert(at, *change.after);
    touched.tracks.insert(change.track);
    return {};
  }

  Result<void> operator()(const AttributeChange& change) const {
    const Track* track = document.track(change.track);
    if (!track) return conflict(fmt::format("object {} is no longer there", change.track.value));
    const auto found = track->attribute_events.find(change.event);
    const bool there = found != track->attribute_events.end();
    if (there != change.before.has_value() || (there && found->second != *change.before))
      return conflict(fmt::format("'{}' of object {} has been changed meanwhile at {} ns", change.event.name,
                                  change.track.value, change.event.time.ns));
    AttributeEvents& events = owned(change.track).attribute_events;
    if (change.after)
      events[change.event] = *change.after;
    else
      events.erase(change.event);
    touched.tracks.insert(change.track);
    return {};
  }

  Result<void> operator()(const RelationChange& change) const {
    const auto& [kind, from, to] = change.relation;
    if (document.relations.contains(change.relation) != change.before)
      return conflict(
          fmt::format("the relation of objects {} and {} has been changed meanwhile", from.value, to.value));
    if (change.after && (!document.track(from) || !document.track(to)))
      return conflict(fmt::format("object {} is no longer there", (document.track(from) ? to : from).value));
    if (change.after)
      document.relations.insert(change.relation);
    else
      document.relations.erase(change.relation);
    touched.tracks.insert({from, to});
    return {};
  }

  Result<void> operator()(const JobChange& change) const {
    if (document.job != change.before) return conflict("the ontology has been changed meanwhile");
    document.job = change.after;
    touched.taxonomy = true;
    return {};
  }

  Result<void> operator()(const EgoMotionChange& change) const {
    if (!same_motion(document.ego_motion, change.before))
      return conflict("the estimated ego motion has been changed meanwhile");
    document.ego_motion = change.after;
    touched.ego_motion = true;
    return {};
  }

  Result<void> operator()(const PointLabelChange& change) const {
    PointLabels& labels = document.point_labels[change.sweep];
    if (!labels.holds_before(change.runs))
      return conflict(
          fmt::format("point labels of the sweep at {} ns have been changed meanwhile", change.sweep.ns));
    labels.apply(change.runs);
    // A sweep whose last label went is as if it had never had one: undo must lead back to an equal document.
    if (labels.labelled() == 0) document.point_labels.erase(change.sweep);
    touched.point_labels.insert(change.sweep);
    return {};
  }
};

struct Inverter {
  Change operator()(const ClassChange& c) const { return ClassChange{c.id, c.after, c.before}; }
  Change operator()(const TrackChange& c) const { return TrackChange{c.id, c.after, c.before}; }
  Change operator()(const KeyframeChange& c) const {
    return KeyframeChange{c.track, c.time, c.after, c.before};
  }
  Change operator()(const AttributeChange& c) const {
    return AttributeChange{c.track, c.event, c.after, c.before};
  }
  Change operator()(const RelationChange& c) const { return RelationChange{c.relation, c.after, c.before}; }
  Change operator()(const JobChange& c) const { return JobChange{c.after, c.before}; }
  Change operator()(const EgoMotionChange& c) const { return EgoMotionChange{c.after, c.before}; }
  Change operator()(const PointLabelChange& c) const {
    PointLabelChange inverse = c;
    for (LabelRun& run : inverse.runs) std::swap(run.before, run.after);
    return inverse;
  }
};

}  // namespace

void ChangeSet::merge(const ChangeSet& other) {
  tracks.insert(other.tracks.begin(), other.tracks.end());
  point_labels.insert(other.point_labels.begin(), other.point_labels.end());
  taxonomy = taxonomy || other.taxonomy;
  ego_motion = ego_motion || other.ego_motion;
  everything = everything || other.everything;
}

Result<ChangeSet> apply_patch(Document& document, const Patch& patch) {
  Document changed = document;
  ChangeSet touched;
  for (const Change& change : patch) SWEEPMARK_CHECK(std::visit(Applier{changed, touched}, change));
  document = std::move(changed);
  return touched;
}

Patch inverted(const Patch& patch) {
  Patch result;
  result.reserve(patch.size());
  for (auto change = patch.rbegin(); change != patch.rend(); ++change)
    result.push_back(std::visit(Inverter{}, *change));
  return result;
}

void PatchBuilder::add(Change change) {
  ChangeSet ignored;
  // The change was built from `working_` itself, so it fits.
  if (std::visit(Applier{working_, ignored}, change)) patch_.push_back(std::move(change));
}

void PatchBuilder::set_class(ClassId id, std::optional<ClassDefinition> definition) {
  const auto found = working_.taxonomy.find(id);
  std::optional<ClassDefinition> before;
  if (found != working_.taxonomy.end()) before = found->second;
  if (before != definition) add(ClassChange{id, std::move(before), std::move(definition)});
}

void PatchBuilder::set_properties(TrackId id, TrackProperties properties) {
  const Track* track = working_.track(id);
  if (track && track->properties == properties) return;
  add(TrackChange{id, track ? std::optional(track->properties) : std::nullopt, std::move(properties)});
}

void PatchBuilder::set_keyframe(TrackId id, Keyframe keyframe) {
  const Track* track = working_.track(id);
  const Keyframe* present = track ? track->keyframe_at(keyframe.time) : nullptr;
  if (!track || (present && *present == keyframe)) return;
  const TimestampNs time = keyframe.time;
  add(KeyframeChange{id, time, present ? std::optional(*present) : std::nullopt, std::move(keyframe)});
}

void PatchBuilder::remove_keyframe(TrackId id, TimestampNs time) {
  const Track* track = working_.track(id);
  if (const Keyframe* present = track ? track->keyframe_at(time) : nullptr)
    add(KeyframeChange{id, time, *present, std::nullopt});
}

void PatchBuilder::remove_track(TrackId id) {
  const Track* track = working_.track(id);
  if (!track) return;
  const std::vector<Keyframe> keyframes = track->keyframes;
  const AttributeEvents events = track->attribute_events;
  const TrackProperties properties = track->properties;
  remove_relations_of(id);
  for (const auto& [event, value] : events) set_attribute_event(id, event, std::nullopt);
  for (const Keyframe& keyframe : keyframes) remove_keyframe(id, keyframe.time);
  add(TrackChange{id, properties, std::nullopt});
}

void PatchBuilder::remove_relations_of(TrackId id) {
  const std::set<Relation> relations = working_.relations;
  for (const Relation& relation : relations)
    if (relation.from == id || relation.to == id) set_relation(relation, false);
}

void PatchBuilder::set_attribute_event(TrackId id, const AttributeEvent& event,
                                       std::optional<std::string> value) {
  const Track* track = working_.track(id);
  if (!track) return;
  const auto found = track->attribute_events.find(event);
  std::optional<std::string> before;
  if (found != track->attribute_events.end()) before = found->second;
  if (before != value) add(AttributeChange{id, event, std::move(before), std::move(value)});
}

void PatchBuilder::set_relation(const Relation& relation, bool holds) {
  const bool before = working_.relations.contains(relation);
  if (before != holds) add(RelationChange{relation, before, holds});
}

void PatchBuilder::set_job(JobDefinition job) {
  if (working_.job != job) add(JobChange{working_.job, std::move(job)});
}

void PatchBuilder::set_ego_motion(std::shared_ptr<const Trajectory> motion) {
  if (!same_motion(working_.ego_motion, motion)) add(EgoMotionChange{working_.ego_motion, std::move(motion)});
}

void PatchBuilder::set_point_labels(TimestampNs sweep, std::vector<LabelRun> runs) {
  if (!runs.empty()) add(PointLabelChange{sweep, std::move(runs)});
}

}  // namespace sweepmark
