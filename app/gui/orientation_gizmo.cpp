#include "app/gui/orientation_gizmo.hpp"

#include <algorithm>
#include <array>

#include "app/gui/theme.hpp"
#include "app/gui/view3d_camera.hpp"

namespace sweepmark::gui {

namespace {

struct End {
  Eigen::Vector3d direction;  // ego frame
  ViewPreset preset;
  const char* letter;
  const char* tip;
  ImU32 colour;
};

const std::array<End, 6> ends = {{
    {{1, 0, 0}, ViewPreset::front, "X", "Look from the front", IM_COL32(226, 92, 84, 255)},
    {{0, 1, 0}, ViewPreset::left, "Y", "Look from the left", IM_COL32(112, 190, 90, 255)},
    {{0, 0, 1}, ViewPreset::top, "Z", "Look from above", IM_COL32(84, 146, 240, 255)},
    {{-1, 0, 0}, ViewPreset::rear, "", "Look from behind", IM_COL32(140, 70, 66, 255)},
    {{0, -1, 0}, ViewPreset::right, "", "Look from the right", IM_COL32(78, 122, 66, 255)},
    {{0, 0, -1}, ViewPreset::oblique, "", "Look obliquely from behind", IM_COL32(62, 96, 150, 255)},
}};

struct Seen {
  const End* end;
  ImVec2 place;
  double nearness;
};

std::array<Seen, 6> seen_ends(const GuiContext& context, const SweepScene& scene, const ImVec2& middle, float reach) {
  const ViewCamera& camera = context.view.camera;
  std::array<Seen, 6> seen;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const Eigen::Vector3d direction = scene.world_from_ego.rotation() * ends[i].direction;
    const auto x = static_cast<float>(direction.dot(camera.right())), y = static_cast<float>(direction.dot(camera.up()));
    seen[i] = {&ends[i], {middle.x + reach * x, middle.y - reach * y}, -direction.dot(camera.forward())};
  }
  std::ranges::sort(seen, {}, &Seen::nearness);
  return seen;
}

}  // namespace

Area gizmo_area(const Area& view) {
  const float em = ImGui::GetFontSize(), size = 6.0f * em;
  return {view.x + view.width - size - 0.4f * em, view.y + 0.4f * em, size, size};
}

bool draw_gizmo(GuiContext& context, const SweepScene& scene, ImDrawList& list, const Area& view) {
  const Area area = gizmo_area(view);
  const float em = ImGui::GetFontSize(), radius = 0.62f * em;
  const ImVec2 middle{area.x + 0.5f * area.width, area.y + 0.5f * area.height};
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const std::array<Seen, 6> seen = seen_ends(context, scene, middle, 0.5f * area.width - radius);
  const bool over = holds(area, mouse) && ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  if (over) list.AddCircleFilled(middle, 0.5f * area.width, IM_COL32(255, 255, 255, 18));
  const Seen* hot = nullptr;
  for (const Seen& each : seen)
    if (over && std::hypot(mouse.x - each.place.x, mouse.y - each.place.y) <= radius) hot = &each;
  for (const Seen& each : seen) {
    const bool named = *each.end->letter != 0;
    if (named) list.AddLine(middle, each.place, each.end->colour, 2.0f);
    list.AddCircleFilled(each.place, named ? radius : 0.75f * radius, each.end->colour);
    if (&each == hot) list.AddCircle(each.place, radius, IM_COL32_WHITE, 0, 2.0f);
    const ImVec2 size = ImGui::CalcTextSize(each.end->letter);
    if (named) list.AddText({each.place.x - 0.5f * size.x, each.place.y - 0.5f * size.y}, IM_COL32(16, 18, 22, 255), each.end->letter);
    const std::string name = std::string("view3d/gizmo") + (each.end->direction.sum() > 0 ? "+" : "-") +
                             "xyz"[each.end->direction.cwiseAbs().maxCoeff() == std::abs(each.end->direction.x())   ? 0
                                   : each.end->direction.cwiseAbs().maxCoeff() == std::abs(each.end->direction.y()) ? 1
                                                                                                                    : 2];
    mark_place(context.ui.places, name, {each.place.x - radius, each.place.y - radius, 2 * radius, 2 * radius});
  }
  if (hot) {
    context.ui.hint = hot->end->tip;
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) look_from(context, scene, hot->end->preset);
  }
  return over;
}

}  // namespace sweepmark::gui
