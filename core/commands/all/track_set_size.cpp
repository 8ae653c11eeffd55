#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

// One size for every sweep. Centres stay where they are.
Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  // Checked as a box's size is.
  SWEEPMARK_TRY(box, commands::box_from({{"centre", {0, 0, 0}}, {"size", args.at("size")}, {"yaw", 0}}));
  TrackProperties properties = track->properties;
  properties.size = box.size;
  PatchBuilder patch(context.document);
  patch.set_properties(track->id, std::move(properties));
  return std::move(patch).take();
}

}  // namespace

Command command_track_set_size() {
  return {"track.set_size",
          "Set size of the whole track",
          {{"track", ArgumentType::integer, true, "number of the object"},
           {"size", ArgumentType::array, true, "length, width, height in metres"}},
          R"({"track": 1, "size": [4.4, 1.9, 1.5]})",
          plan};
}

}  // namespace sweepmark
