#include <fmt/format.h>

#include "core/commands/arguments.hpp"
#include "core/commands/placing.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

// Of an object's life only its edges need keyframes: between them the one world box holds.
void pin_edge(PatchBuilder& patch, const Drive& drive, TrackId id, TimestampNs edge, bool is_first) {
  commands::pin_derived_box(patch, drive, id, edge);
  const std::vector<Keyframe> keyframes = patch.document().track(id)->keyframes;
  for (const Keyframe& keyframe : keyframes)
    if (keyframe.origin == Origin::automatic && (is_first ? keyframe.time < edge : edge < keyframe.time))
      patch.remove_keyframe(id, keyframe.time);
}

// What a person asked for: the object stands still, and this is its box. Keyframes stay where they are in
// time and take the world box.
Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  SWEEPMARK_TRY(time, commands::sweep_time_from(context, args));
  SWEEPMARK_TRY(box, commands::box_from(args.at("box")));
  SWEEPMARK_TRY(first, commands::sweep_time_from(context, args.at("first")));
  SWEEPMARK_TRY(last, commands::sweep_time_from(context, args.at("last")));
  if (time < first || last < time)
    return fail(ErrorCode::invalid_argument,
                fmt::format("the box's sweep ({} ns) must lie within the object's life, {} to {} ns", time.ns,
                            first.ns, last.ns));
  PatchBuilder patch(context.document);
  TrackProperties properties = track->properties;
  properties.standing = true;
  if (properties.size) properties.size = box.size;
  patch.set_properties(track->id, std::move(properties));
  const Keyframe* present = track->keyframe_at(time);
  Keyframe reference = present ? *present : Keyframe{time, box, Origin::automatic, {}};
  reference.box = box;
  patch.set_keyframe(track->id, reference);
  commands::hold_still(patch, context.drive, track->id, reference);
  pin_edge(patch, context.drive, track->id, first, true);
  pin_edge(patch, context.drive, track->id, last, false);
  return std::move(patch).take();
}

}  // namespace

Command command_track_hold_still() {
  return {"track.hold_still", "Object stands still, with this box",
          commands::with_sweep_arguments(
              {{"track", ArgumentType::integer, true, "number of the object"},
               {"box", ArgumentType::object, true, "centre, size, rotation or yaw; ego frame of the sweep"},
               {"first", ArgumentType::object, true, "{sweep or time_ns}: where its life begins"},
               {"last", ArgumentType::object, true, "likewise, where it ends"}}),
          R"({"track": 1, "sweep": 0, "first": {"sweep": 0}, "last": {"sweep": 2},
              "box": {"centre": [12, 3, -0.9], "size": [4.3, 1.8, 1.5], "yaw": 0.2}})",
          plan};
}

}  // namespace sweepmark
