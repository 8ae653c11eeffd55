#include <fmt/format.h>

#include "core/commands/arguments.hpp"
#include "core/commands/placing.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<void> place(PatchBuilder& patch, const PlanContext& context, const nlohmann::json& j) {
  if (!j.is_object() || j.contains("track") == j.contains("class") || !j.contains("box"))
    return fail(
        ErrorCode::invalid_argument,
        fmt::format("'boxes' must hold {{track or class, sweep or time_ns, box}}, found {}", j.dump()));
  SWEEPMARK_TRY(time, commands::sweep_time_from(context, j));
  SWEEPMARK_TRY(box, commands::box_from(j["box"]));
  if (j.contains("class")) {
    SWEEPMARK_TRY(class_id, commands::class_from(context, j));
    commands::create_object(patch, class_id, time, box);
    return {};
  }
  SWEEPMARK_TRY(track, commands::track_from(context, j));
  commands::place_box(patch, context.drive, track->id, time, box);
  return {};
}

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  PatchBuilder patch(context.document);
  for (const auto& j : args.at("boxes")) SWEEPMARK_CHECK(place(patch, context, j));
  return std::move(patch).take();
}

}  // namespace

// As keyframe.set and box.create for each in turn, in one step of the history.
Command command_boxes_set() {
  return {"boxes.set",
          "Set boxes",
          {{"boxes", ArgumentType::array, true,
            "each {track, or class for a new object, sweep or time_ns, box}; ego frame"}},
          R"({"boxes": [{"track": 1, "sweep": 0,
                         "box": {"centre": [12, 3, -0.9], "size": [4.3, 1.8, 1.5], "yaw": 0.2}}]})",
          plan};
}

}  // namespace sweepmark
