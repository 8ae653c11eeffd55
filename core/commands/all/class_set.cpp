#include <fmt/format.h>

#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  const auto id = args.at("id").get<std::int64_t>();
  if (id < 1 || id > UINT16_MAX)
    return fail(ErrorCode::invalid_argument, fmt::format("'id' must be 1 to 65535, found {}", id));
  const ClassId class_id(static_cast<std::uint16_t>(id));
  const auto name = args.at("name").get<std::string>();
  if (name.empty()) return fail(ErrorCode::invalid_argument, "'name' must not be empty");
  if (const ClassId holder = class_named(context.document.taxonomy, name);
      holder.value != 0 && holder != class_id)
    return fail(ErrorCode::invalid_argument,
                fmt::format("class {} is called '{}' already", holder.value, name));
  const auto present = context.document.taxonomy.find(class_id);
  ClassDefinition definition =
      present == context.document.taxonomy.end() ? ClassDefinition{} : present->second;
  definition.name = name;
  if (args.contains("colour")) definition.colour = args["colour"].get<std::array<std::uint8_t, 3>>();
  if (args.contains("rigid")) definition.rigid = args["rigid"].get<bool>();
  if (args.contains("usual_size")) {
    SWEEPMARK_TRY(box, commands::box_from({{"centre", {0, 0, 0}}, {"size", args["usual_size"]}, {"yaw", 0}}));
    definition.usual_size = box.size;
  }
  PatchBuilder patch(context.document);
  patch.set_class(class_id, std::move(definition));
  return std::move(patch).take();
}

}  // namespace

Command command_class_set() {
  return {
      "class.set",
      "Define class",
      {{"id", ArgumentType::integer, true, "1 to 65535; a known id is changed"},
       {"name", ArgumentType::text, true, "unique among the classes"},
       {"colour", ArgumentType::array, false, "red, green, blue; 0 to 255"},
       {"usual_size", ArgumentType::array, false, "length, width, height in metres"},
       {"rigid", ArgumentType::boolean, false, "one size for a whole track"}},
      R"({"id": 10, "name": "Tram", "colour": [200, 80, 80], "usual_size": [30, 2.6, 3.4], "rigid": true})",
      plan};
}

}  // namespace sweepmark
