#include "app/gui/box_flags.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include "app/gui/action.hpp"
#include "app/gui/attribute_states.hpp"
#include "app/gui/drawing.hpp"
#include "app/gui/input/places.hpp"

namespace sweepmark::gui {

namespace {

void action_entry(GuiContext& context, std::string_view name, bool checked) {
  const Action* const action = action_named(name);
  if (!action) return;
  const bool on = action->checked ? action->checked(context) : checked;
  if (ImGui::MenuItem(title_of(*action, context).c_str(), nullptr, on, is_enabled(*action, context)))
    action->run(context);
  mark_item(context.ui.places, fmt::format("flags/{}", name));
}

struct Entry {
  GuiContext& context;
  const Track& track;
  TimestampNs time;
  const AttributeState& state;

  void set(const std::string& value) const {
    nlohmann::json args = {{"track", track.id.value}, {"name", state.definition.name}, {"value", value}};
    if (state.definition.scope == AttributeScope::frame) args["time_ns"] = time.ns;
    context.run("track.set_attribute", std::move(args));
  }
};

void flag_entry(const Entry& entry) {
  const bool on = entry.state.value == "true";
  if (ImGui::MenuItem(entry.state.definition.name.c_str(), nullptr, on)) entry.set(on ? "false" : "true");
  mark_item(entry.context.ui.places, "flags/" + entry.state.definition.name);
}

void choice_entry(const Entry& entry) {
  const bool open = ImGui::BeginMenu(entry.state.definition.name.c_str());
  mark_item(entry.context.ui.places, "flags/" + entry.state.definition.name);
  if (!open) return;
  for (const std::string& option : entry.state.definition.options) {
    if (ImGui::MenuItem(option.c_str(), nullptr, option == entry.state.value)) entry.set(option);
    mark_item(entry.context.ui.places, fmt::format("flags/{}/{}", entry.state.definition.name, option));
  }
  ImGui::EndMenu();
}

}  // namespace

void draw_flags_menu(GuiContext& context, const Track& track, TimestampNs time) {
  action_entry(context, "box.absent", track.absent_at(time));
  action_entry(context, "track.standing", track.properties.standing);
  ImGui::Separator();
  for (const AttributeState& state : attribute_states(context.workspace->document(), track, time)) {
    const Entry entry{context, track, time, state};
    if (state.definition.type == AttributeType::flag) flag_entry(entry);
    if (state.definition.type == AttributeType::choice) choice_entry(entry);
  }
}

}  // namespace sweepmark::gui
