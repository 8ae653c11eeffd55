// Small dialogs about labels: naming an object, choosing an ontology's file.
#include <fmt/format.h>
#include <imgui.h>
#include <imgui_stdlib.h>

#include "app/gui/shell/parts.hpp"
#include "core/base/files.hpp"
#include "core/labels/ontology.hpp"

namespace sweepmark::gui {
namespace {

void take_file(GuiContext& context, const std::filesystem::path& file) {
  ShellState& shell = *context.shell;
  const auto text = read_text(file);
  auto ontology = text ? ontology_from_json(*text) : Result<Ontology>(Failure(text.error()));
  if (!ontology) {
    shell.ontology_problem = fmt::format("{}: {}", file.filename().string(), to_string(ontology.error()));
    return;
  }
  set_ontology(context, *text);
  shell.dialog = Dialog::none;
}

}  // namespace

void set_ontology(GuiContext& context, const std::string& text) {
  auto read = nlohmann::json::parse(text, nullptr, false);
  if (read.is_discarded()) return context.say(Message::Kind::error, "The ontology is not JSON.");
  const std::string name =
      read.value("name", nlohmann::json("")).is_string() ? read.value("name", std::string()) : std::string();
  context.run(
      "ontology.set", {{"ontology", std::move(read)}},
      [&ui = context.ui, now = context.now, name](const Result<CommandOutcome>& outcome) {
        if (!outcome) return;
        ui.messages.push_back({Message::Kind::info,
                               outcome->committed
                                   ? fmt::format("The ontology {} holds now; one undo takes it back.", name)
                                   : "This ontology holds already.",
                               now});
      });
}

void draw_rename_dialog(GuiContext& context, const Area& window) {
  ShellState& shell = *context.shell;
  if (!context.ui.selected && shell.dialog == Dialog::rename_object) shell.dialog = Dialog::none;
  if (!begin_dialog(context, Dialog::rename_object, "Name the object", window, 420, 104)) return;
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  ImGui::SetNextItemWidth(-1);
  const bool entered = ImGui::InputTextWithHint("##name", "the red van; empty takes the name away",
                                                &shell.object_name, ImGuiInputTextFlags_EnterReturnsTrue);
  mark_item(context.ui.places, "rename.name");
  const bool pressed = primary_button("Name it");
  mark_item(context.ui.places, "rename.done");
  if ((entered || pressed) && context.ui.selected) {
    context.run("track.rename", {{"track", context.ui.selected->value}, {"name", shell.object_name}});
    shell.dialog = Dialog::none;
    ImGui::CloseCurrentPopup();
  }
  end_dialog();
}

void draw_ontology_dialog(GuiContext& context, const Area& window) {
  ShellState& shell = *context.shell;
  if (!begin_dialog(context, Dialog::load_ontology, "Load an ontology", window, 820, 600)) return;
  const float foot = 3 * ImGui::GetTextLineHeightWithSpacing();
  if (const auto file = draw_browser(context, shell.browser, foot)) take_file(context, *file);
  ImGui::PushTextWrapPos();
  if (!shell.ontology_problem.empty())
    ImGui::TextColored(theme::vec(theme::error), "%s", shell.ontology_problem.c_str());
  else
    ImGui::TextDisabled(
        "A JSON file with classes, attributes and rules. Classes that objects have stay; the rest is "
        "replaced.");
  ImGui::PopTextWrapPos();
  if (shell.dialog == Dialog::none) ImGui::CloseCurrentPopup();
  end_dialog();
}

}  // namespace sweepmark::gui
