#include <fmt/format.h>

#include <algorithm>

#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<Keyframe> proposal_from(const PlanContext& context, const Track& track, const nlohmann::json& j) {
  if (!j.is_object() || !j.contains("box"))
    return fail(ErrorCode::invalid_argument,
                fmt::format("'keyframes' must hold {{time_ns, box, confidence}}, found {}", j.dump()));
  SWEEPMARK_TRY(time, commands::sweep_time_from(context, j));
  SWEEPMARK_TRY(box, commands::box_from(j["box"]));
  if (track.properties.size) box.size = *track.properties.size;
  Keyframe keyframe{time, box, Origin::automatic, {}};
  if (j.contains("confidence")) {
    if (!j["confidence"].is_number() || !(j["confidence"] >= 0.0 && j["confidence"] <= 1.0))
      return fail(ErrorCode::invalid_argument, fmt::format("'confidence' must be 0 to 1, found {} at {} ns",
                                                           j["confidence"].dump(), time.ns));
    keyframe.confidence = j["confidence"].get<double>();
  }
  return keyframe;
}

Result<std::vector<Keyframe>> proposals_from(const PlanContext& context, const Track& track,
                                             const nlohmann::json& list) {
  std::vector<Keyframe> proposals;
  for (const auto& j : list) {
    SWEEPMARK_TRY(keyframe, proposal_from(context, track, j));
    proposals.push_back(std::move(keyframe));
  }
  std::ranges::stable_sort(proposals, {}, &Keyframe::time);
  const auto twice = std::ranges::adjacent_find(proposals, {}, &Keyframe::time);
  if (twice != proposals.end())
    return fail(ErrorCode::invalid_argument, fmt::format("two boxes are proposed at {} ns", twice->time.ns));
  if (proposals.empty()) return fail(ErrorCode::invalid_argument, "'keyframes' must not be empty");
  return proposals;
}

// An algorithm's boxes. What a person or a file said stays: their keyframes, and that the object is absent.
// Earlier proposals from the first to the last of these go.
Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  if (const auto replace = args.value("replace", std::string("automatic")); replace != "automatic")
    return fail(ErrorCode::invalid_argument, fmt::format("'replace' must be automatic, found '{}'", replace));
  if (track->properties.standing)
    return fail(ErrorCode::invalid_argument,
                fmt::format("object {} stands still: one box holds for the whole drive", track->id.value));
  SWEEPMARK_TRY(proposals, proposals_from(context, *track, args.at("keyframes")));
  PatchBuilder patch(context.document);
  for (const Keyframe& keyframe : track->keyframes) {
    const bool proposed_again = std::ranges::binary_search(proposals, keyframe.time, {}, &Keyframe::time);
    if (keyframe.origin == Origin::automatic && !proposed_again && proposals.front().time <= keyframe.time &&
        keyframe.time <= proposals.back().time)
      patch.remove_keyframe(track->id, keyframe.time);
  }
  for (Keyframe& proposal : proposals) {
    const Keyframe* present = track->keyframe_at(proposal.time);
    if ((present && present->origin != Origin::automatic) || track->absent_at(proposal.time)) continue;
    if (present) proposal.attributes = present->attributes;
    patch.set_keyframe(track->id, std::move(proposal));
  }
  return std::move(patch).take();
}

}  // namespace

Command command_track_propose() {
  return {
      "track.propose",
      "Propose boxes",
      {{"track", ArgumentType::integer, true, "number of the object"},
       {"keyframes", ArgumentType::array, true,
        "each {sweep or time_ns, box, confidence 0 to 1}; ego frame; sizes give way to a rigid track's"},
       {"replace", ArgumentType::text, false, "automatic: earlier proposals within go (the only choice)"}},
      R"({"track": 1, "replace": "automatic", "keyframes": [{"sweep": 1, "confidence": 0.9,
         "box": {"centre": [12.5, 3, -0.9], "size": [4.2, 1.8, 1.5], "yaw": 0.1}}]})",
      plan};
}

}  // namespace sweepmark
