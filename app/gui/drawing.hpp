// Small drawings that every view needs, with ImGui's draw lists. Widths and sizes are pixels of the window.
#pragma once

#include <imgui.h>

#include <span>
#include <string_view>
#include <vector>

#include "app/gui/input/places.hpp"
#include "app/gui/view_resources.hpp"
#include "render/line_layer.hpp"

namespace sweepmark::gui {

inline ImVec2 corner(const Area& area) { return {area.x, area.y}; }
inline ImVec2 far_corner(const Area& area) { return {area.x + area.width, area.y + area.height}; }
inline bool holds(const Area& area, const ImVec2& p) {
  return p.x >= area.x && p.y >= area.y && p.x < area.x + area.width && p.y < area.y + area.height;
}
inline Viewport viewport_of(const Area& area) {
  return {std::max(1, static_cast<int>(area.width)), std::max(1, static_cast<int>(area.height))};
}
inline ImU32 colour_of(Rgba colour) { return colour.packed(); }
Rgba with_alpha(Rgba colour, double alpha);     // 0 … 1, times what it has
Rgba brighter(Rgba colour, double towards_white);  // 0: as it is, 1: white

void draw_texture(ImDrawList& list, const Texture& texture, const Area& area);
// Lines of a view whose upper left corner is `origin`.
void draw_lines(ImDrawList& list, std::span<const ScreenLine> lines, const ImVec2& origin);
void draw_dashed(ImDrawList& list, std::span<const ImVec2> polyline, ImU32 colour, float width, float dash);
// Text on a dark plate, its upper left corner at `at`; returns the plate.
Area draw_plate(ImDrawList& list, const ImVec2& at, std::string_view text, ImU32 colour, ImU32 plate);
Area plate_at(const ImVec2& at, std::string_view text);
// Text in the middle of an area, wrapped to it.
void draw_centred(ImDrawList& list, const Area& area, std::string_view text, ImU32 colour);
// As much of a text as fits, with an ellipsis where it was cut.
std::string fitted(std::string_view text, float width);

}  // namespace sweepmark::gui
