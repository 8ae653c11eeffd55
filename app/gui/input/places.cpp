#include "app/gui/input/places.hpp"

#include <imgui.h>

#include <algorithm>

namespace sweepmark::gui {

void mark_item(Places& places, std::string_view name) {
  const ImVec2 clip_min = ImGui::GetWindowDrawList()->GetClipRectMin(),
               clip_max = ImGui::GetWindowDrawList()->GetClipRectMax();
  const ImVec2 item_min = ImGui::GetItemRectMin(), item_max = ImGui::GetItemRectMax();
  const float left = std::max(clip_min.x, item_min.x), top = std::max(clip_min.y, item_min.y);
  const float right = std::min(clip_max.x, item_max.x), bottom = std::min(clip_max.y, item_max.y);
  if (right > left && bottom > top) mark_place(places, name, {left, top, right - left, bottom - top});
}

}  // namespace sweepmark::gui
