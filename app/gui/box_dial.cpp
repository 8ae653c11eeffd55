#include "app/gui/box_dial.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <array>

#include "app/gui/box_edit.hpp"
#include "app/gui/draft.hpp"
#include "app/gui/view_memory.hpp"

namespace sweepmark::gui {

namespace {

constexpr double step_m = 0.05;
constexpr std::array<const char*, 3> extents = {"length", "width", "height"};
constexpr std::array<const char*, 3> places = {"place along its heading", "place across its heading",
                                               "height over the ground"};
constexpr std::array<char, 3> keys = {'Z', 'X', 'C'};

}  // namespace

void choose_axis(UiState& ui, int axis) {
  ui.dial = {axis, ui.dial.axis == axis && !ui.dial.moves};
}

std::string said_of(const BoxDial& dial) {
  const auto axis = static_cast<std::size_t>(dial.axis);
  return fmt::format("± and Ctrl+wheel change the {} · {} again: its {}",
                     (dial.moves ? places : extents)[axis], keys[axis],
                     (dial.moves ? extents : places)[axis]);
}

Box3<Ego> dialled(const Box3<Ego>& box, const BoxDial& dial, double metres) {
  if (!dial.moves) return extended(box, dial.axis, metres);
  return moved(box, metres * (box.pose.rotation() * Eigen::Vector3d::Unit(dial.axis)));
}

void take_dial_wheel(GuiContext& context, bool hovered) {
  bool& dialling = context.resources.memory().dialling;
  const ImGuiIO& io = ImGui::GetIO();
  if (dialling && !context.ui.draft) dialling = false;  // Esc
  if (dialling && !io.KeyCtrl) {
    dialling = false;
    commit_draft(context);
  }
  if (!hovered || !io.KeyCtrl || io.MouseWheel == 0 || (context.ui.draft && !dialling)) return;
  const std::optional<ShownBox> shown = selected_box(context);
  if (!shown) return;
  const double metres = step_m * static_cast<double>(io.MouseWheel);
  if (draft_box(context, *shown, dialled(shown->box, context.ui.dial, metres))) dialling = true;
  context.remark(said_of(context.ui.dial));
}

}  // namespace sweepmark::gui
