#include "core/commands/arguments.hpp"
#include "core/commands/placing.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(class_id, commands::class_from(context, args));
  SWEEPMARK_TRY(time, commands::sweep_time_from(context, args));
  SWEEPMARK_TRY(box, commands::box_from(args.at("box")));
  PatchBuilder patch(context.document);
  commands::create_object(patch, class_id, time, box);
  return std::move(patch).take();
}

}  // namespace

Command command_box_create() {
  return {
      "box.create", "Create box",
      commands::with_sweep_arguments(
          {{"class", ArgumentType::text_or_integer, true, "name or id of the class"},
           {"box", ArgumentType::object, true, "centre, size, rotation or yaw; ego frame"}}),
      R"({"class": "Car", "sweep": 0, "box": {"centre": [12, 3, -0.9], "size": [4.2, 1.8, 1.5], "yaw": 0.1}})",
      plan};
}

}  // namespace sweepmark
