#include <fmt/format.h>

#include <algorithm>

#include "core/commands/arguments.hpp"
#include "core/commands/intervals.hpp"
#include "core/commands/placing.hpp"
#include "core/commands/registry.hpp"
#include "core/labels/attributes_at.hpp"

namespace sweepmark {

namespace {

enum class Prefer { neither, track, other };

Result<Prefer> prefer_from(const nlohmann::json& args) {
  if (!args.contains("prefer")) return Prefer::neither;
  const auto word = args["prefer"].get<std::string>();
  if (word == "track") return Prefer::track;
  if (word == "other") return Prefer::other;
  return fail(ErrorCode::invalid_argument, fmt::format("'prefer' must be track or other, found '{}'", word));
}

// The times at which the object is there.
std::vector<TimeInterval> presence(const Track& track) {
  const auto lifetime = track.lifetime();
  std::vector<TimeInterval> there;
  if (lifetime) there.push_back(*lifetime);
  for (const TimeInterval& absence : track.properties.absences) there = commands::without(there, absence);
  return there;
}

// Absent where either says so and neither is there.
std::vector<TimeInterval> absences_of_both(const Track& a, const Track& b) {
  std::vector<TimeInterval> absences = a.properties.absences;
  absences.insert(absences.end(), b.properties.absences.begin(), b.properties.absences.end());
  absences = commands::joined(std::move(absences));
  for (const Track* track : {&a, &b})
    for (const TimeInterval& there : presence(*track)) absences = commands::without(absences, there);
  return absences;
}

// A proposal gives way to what a person placed or a file brought; of two alike `prefer` says which stays.
bool takes_others(const Keyframe& present, const Keyframe& others, Prefer prefer) {
  const bool proposed = present.origin == Origin::automatic,
             others_proposed = others.origin == Origin::automatic;
  return proposed != others_proposed ? proposed : prefer == Prefer::other;
}

Result<void> move_keyframes(PatchBuilder& patch, const PlanContext& context, const Track& track,
                            const Track& other, Prefer prefer) {
  for (const Keyframe& keyframe : other.keyframes) {
    const Keyframe* present = track.keyframe_at(keyframe.time);
    const bool both_stand =
        present && present->origin != Origin::automatic && keyframe.origin != Origin::automatic;
    if (both_stand && prefer == Prefer::neither) {
      const auto sweep = context.drive.sweep_at(keyframe.time);
      return fail(
          ErrorCode::conflict,
          fmt::format("objects {} and {} both have a keyframe at sweep {} ({} ns); say which to prefer",
                      track.id.value, other.id.value, sweep ? fmt::format("{}", *sweep) : "?",
                      keyframe.time.ns));
    }
    if (!present || takes_others(*present, keyframe, prefer)) patch.set_keyframe(track.id, keyframe);
  }
  return {};
}

// What the other says of itself holds on from where it begins; what the track says stays.
void move_attributes(PatchBuilder& patch, const Track& track, const Track& other) {
  for (const auto& [event, value] : other.attribute_events)
    if (!track.attribute_events.contains(event)) patch.set_attribute_event(track.id, event, value);
  TrackProperties properties = patch.document().track(track.id)->properties;
  for (const auto& [name, value] : other.properties.attributes)
    if (name != "source_id") properties.attributes.try_emplace(name, value);
  if (properties.name.empty()) properties.name = other.properties.name;
  properties.absences = absences_of_both(track, other);
  patch.set_properties(track.id, std::move(properties));
}

void move_relations(PatchBuilder& patch, TrackId track, TrackId other) {
  const std::set<Relation> relations = patch.document().relations;
  for (Relation relation : relations) {
    if (relation.from != other && relation.to != other) continue;
    if (relation.from == other) relation.from = track;
    if (relation.to == other) relation.to = track;
    if (relation.from != relation.to) patch.set_relation(relation, true);
  }
}

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  SWEEPMARK_TRY(other, commands::track_from(context, args, "other"));
  SWEEPMARK_TRY(prefer, prefer_from(args));
  if (track == other) return fail(ErrorCode::invalid_argument, "'track' and 'other' must be two objects");
  PatchBuilder patch(context.document);
  SWEEPMARK_CHECK(move_keyframes(patch, context, *track, *other, prefer));
  move_attributes(patch, *track, *other);
  move_relations(patch, track->id, other->id);
  patch.remove_track(other->id);
  if (const Track merged = *patch.document().track(track->id);
      merged.properties.standing && !merged.keyframes.empty())
    commands::hold_still(patch, context.drive, merged.id, merged.keyframes.front());
  return std::move(patch).take();
}

}  // namespace

Command command_track_merge() {
  return {"track.merge",
          "Merge objects",
          {{"track", ArgumentType::integer, true, "number of the object that stays"},
           {"other", ArgumentType::integer, true, "number of the object that goes into it"},
           {"prefer", ArgumentType::text, false,
            "whose keyframe stays where both have one: track or other; without it that is an error"}},
          R"({"track": 1, "other": 2, "prefer": "track"})",
          plan};
}

}  // namespace sweepmark
