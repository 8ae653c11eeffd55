// Which sweeps are laid together.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/gui/shell/parts.hpp"
#include "app/gui/stacking.hpp"

namespace sweepmark::gui {
namespace {

void choose_range(GuiContext& context, StackChoice& choice) {
  const auto sweeps = static_cast<int>(context.workspace->drive().sweeps.size());
  if (ImGui::RadioButton(fmt::format("All {} sweeps", sweeps).c_str(), choice.all)) choice.all = true;
  mark_item(context.ui.places, "stack.all");
  if (ImGui::RadioButton("About the cursor, to either side:", !choice.all)) choice.all = false;
  mark_item(context.ui.places, "stack.around");
  ImGui::SameLine();
  ImGui::SetNextItemWidth(-1);
  if (ImGui::DragInt("##reach", &choice.reach, 0.3f, 1, std::max(1, sweeps), "%d sweeps",
                     ImGuiSliderFlags_AlwaysClamp))
    choice.all = false;
  mark_item(context.ui.places, "stack.reach");
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted("Of them");
  ImGui::SameLine();
  ImGui::SetNextItemWidth(-1);
  ImGui::DragInt("##step", &choice.step, 0.1f, 1, 1000, choice.step == 1 ? "each one" : "one of %d",
                 ImGuiSliderFlags_AlwaysClamp);
  mark_item(context.ui.places, "stack.step");
}

void choose_movers(GuiContext& context, StackChoice& choice) {
  ImGui::TextDisabled("Objects that move (labelled ones)");
  const auto radio = [&](const char* title, const char* place, Movers movers) {
    if (ImGui::RadioButton(title, choice.movers == movers)) choice.movers = movers;
    mark_item(context.ui.places, place);
  };
  radio("as measured: they leave a smear", "stack.movers.as_measured", Movers::as_measured);
  radio("left out", "stack.movers.left_out", Movers::left_out);
  radio("stacked in their own box, which goes with the cursor", "stack.movers.own_frame", Movers::own_frame);
}

}  // namespace

void draw_stack_dialog(GuiContext& context, const Area& window) {
  ShellState& shell = *context.shell;
  if (!context.workspace && shell.dialog == Dialog::stack_sweeps) shell.dialog = Dialog::none;
  if (!begin_dialog(context, Dialog::stack_sweeps, "Stack sweeps", window, 460, 330)) return;
  choose_range(context, shell.stack);
  ImGui::Spacing();
  choose_movers(context, shell.stack);
  ImGui::Spacing();
  ImGui::TextWrapped("Kept in your cache folder, never in the drive; it grows in the background.");
  ImGui::Spacing();
  if (shell.stack.running) ImGui::TextDisabled("A stack is being built.");
  if (!shell.stack.running && primary_button("Stack")) {
    start_stacking(context);
    shell.dialog = Dialog::none;
    ImGui::CloseCurrentPopup();
  }
  mark_item(context.ui.places, "stack.go");
  end_dialog();
}

}  // namespace sweepmark::gui
