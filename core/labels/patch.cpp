#include "core/labels/patch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sweepmark {

namespace {

Failure conflict(std::string what) {
  return fail(ErrorCode::conflict, std::move(what));
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
      if (track && !track->keyframes.empty())
        return conflict(fmt::format("object {} has gained keyframes meanwhile", change.id.value));
      document.tracks.erase(change.id);
    } else {
      if (!track) document.tracks[change.id] = std::make_shared<Track>(Track{change.id, {}, {}});
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
  const TrackProperties properties = track->properties;
  for (const Keyframe& keyframe : keyframes) remove_keyframe(id, keyframe.time);
  add(TrackChange{id, properties, std::nullopt});
}

void PatchBuilder::set_point_labels(TimestampNs sweep, std::vector<LabelRun> runs) {
  if (!runs.empty()) add(PointLabelChange{sweep, std::move(runs)});
}

}  // namespace sweepmark
