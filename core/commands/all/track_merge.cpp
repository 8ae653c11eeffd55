#include <fmt/format.h>

#include <algorithm>
#include <set>

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

// Whether an attribute holds for the whole life of the object: what one of the two says of itself then is
// said of both.
bool for_life(const Document& document, const Track& track, const std::string& name) {
  const auto definitions = attributes_of_class(document, track.properties.class_id);
  const AttributeDefinition* definition = attribute_named(definitions, name);
  return definition && definition->scope == AttributeScope::track;
}

// What each says of a moment: the track where it is there, else the other where that is.
Attributes said_at(const Track& track, const Track& other, TimestampNs time) {
  const auto lives = [time](const Track& one) { return one.lifetime() && one.lifetime()->contains(time); };
  const bool of_other = lives(other) && (!lives(track) || (track.absent_at(time) && !other.absent_at(time)));
  return attributes_at(of_other ? other : track, time);
}

// Moments after which what is said may be another.
std::set<TimestampNs> turning_points(const Track& track, const Track& other) {
  std::set<TimestampNs> moments;
  for (const Track* one : {&track, &other}) {
    for (const Keyframe& keyframe : one->keyframes) moments.insert(keyframe.time);
    for (const auto& [event, value] : one->attribute_events) moments.insert(event.time);
    for (const TimeInterval& absence : one->properties.absences)
      moments.insert({absence.first, {absence.last.ns + 1}});
    if (const auto life = one->lifetime()) moments.insert({life->last.ns + 1});
  }
  return moments;
}

// Object-wide attributes of the two, joined: what differs, and does not hold for life, is said sweep by
// sweep.
Attributes joined_attributes(const Document& document, const Track& track, const Track& other) {
  Attributes joined = track.properties.attributes;
  for (const auto& [name, value] : other.properties.attributes)
    if (name != "source_id" && for_life(document, track, name)) joined.try_emplace(name, value);
  std::erase_if(joined, [&](const auto& named) {
    const auto& [name, value] = named;
    if (name == "source_id" || for_life(document, track, name)) return false;
    const auto others = other.properties.attributes.find(name);
    return others == other.properties.attributes.end() || others->second != value;
  });
  return joined;
}

// Every sweep keeps what was said of the object there, on both sides of the joint.
void pin_attributes_of_both(PatchBuilder& patch, const PlanContext& context, const Track& track,
                            const Track& other) {
  const auto& sweeps = context.drive.sweeps;
  for (const TimestampNs moment : turning_points(track, other)) {
    const auto sweep = std::ranges::lower_bound(sweeps, moment, {}, &SweepEntry::time);
    if (sweep == sweeps.end()) continue;
    Attributes wanted = said_at(track, other, sweep->time);
    const Attributes present = attributes_at(*patch.document().track(track.id), sweep->time);
    for (const auto& [name, value] : present)
      if (name == "source_id" || for_life(context.document, track, name)) wanted[name] = value;
    std::erase_if(wanted, [&](const auto& named) {
      return named.first == "source_id" && !present.contains(named.first);
    });
    commands::pin_attributes(patch, track.id, sweep->time, wanted);
  }
}

void move_properties(PatchBuilder& patch, const PlanContext& context, const Track& track,
                     const Track& other) {
  for (const auto& [event, value] : other.attribute_events)
    if (!track.attribute_events.contains(event)) patch.set_attribute_event(track.id, event, value);
  TrackProperties properties = patch.document().track(track.id)->properties;
  properties.attributes = joined_attributes(context.document, track, other);
  if (properties.name.empty()) properties.name = other.properties.name;
  properties.absences = absences_of_both(track, other);
  patch.set_properties(track.id, std::move(properties));
  pin_attributes_of_both(patch, context, track, other);
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
  move_properties(patch, context, *track, *other);
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
