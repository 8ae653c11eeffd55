#include "core/commands/placing.hpp"

#include "core/assist/interpolate.hpp"
#include "core/commands/intervals.hpp"
#include "core/drive/trajectory_of.hpp"
#include "core/labels/attributes_at.hpp"

namespace sweepmark::commands {

namespace {

// From the end of an object's life to a box beyond it, or that box's moment alone.
TimeInterval there_with(const Track& track, TimestampNs time) {
  const auto life = track.lifetime();
  if (life && life->last < time) return {{life->last.ns + 1}, time};
  if (life && time < life->first) return {time, {life->first.ns - 1}};
  return {time, time};
}

}  // namespace

void place_box(PatchBuilder& patch, const Drive& drive, TrackId id, TimestampNs time, const Box3<Ego>& box) {
  const Track& track = *patch.document().track(id);
  TrackProperties properties = track.properties;
  if (properties.size) properties.size = box.size;
  properties.absences = without(properties.absences, there_with(track, time));
  const Keyframe* present = track.keyframe_at(time);
  const Keyframe keyframe{time, box, Origin::human, present ? present->attributes : Attributes{}};
  const bool standing = properties.standing;
  patch.set_properties(id, std::move(properties));
  patch.set_keyframe(id, keyframe);
  if (standing) hold_still(patch, drive, id, keyframe);
}

TrackId create_object(PatchBuilder& patch, ClassId class_id, TimestampNs time, const Box3<Ego>& box) {
  const TrackId id = patch.new_track_id();
  TrackProperties properties;
  properties.class_id = class_id;
  if (patch.document().taxonomy.at(class_id).rigid) properties.size = box.size;
  patch.set_properties(id, properties);
  patch.set_keyframe(id, {time, box, Origin::human, {}});
  return id;
}

void hold_still(PatchBuilder& patch, const Drive& drive, TrackId id, const Keyframe& reference) {
  const Trajectory& trajectory = trajectory_of(patch.document(), drive);
  const Track before = *patch.document().track(id);
  const Track held{id, {}, {reference}};
  for (const Keyframe& keyframe : before.keyframes) {
    if (keyframe.time == reference.time) continue;
    Keyframe moved = keyframe;
    moved.box = *box_held_at(held, trajectory, keyframe.time);
    patch.set_keyframe(id, std::move(moved));
  }
}

void pin_derived_box(PatchBuilder& patch, const Drive& drive, TrackId id, TimestampNs time) {
  const Track& track = *patch.document().track(id);
  if (track.keyframe_at(time)) return;
  if (const auto box = box_held_at(track, trajectory_of(patch.document(), drive), time))
    patch.set_keyframe(id, {time, *box, Origin::automatic, {}});
}

void pin_attributes(PatchBuilder& patch, TrackId id, TimestampNs time, const Attributes& wanted) {
  const Attributes present = attributes_at(*patch.document().track(id), time);
  for (const auto& [name, value] : wanted)
    if (const auto found = present.find(name); found == present.end() || found->second != value)
      patch.set_attribute_event(id, {time, name}, value);
  for (const auto& [name, value] : present)
    if (!wanted.contains(name)) patch.set_attribute_event(id, {time, name}, std::string());
}

}  // namespace sweepmark::commands
