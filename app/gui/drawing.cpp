#include "app/gui/drawing.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/theme.hpp"

namespace sweepmark::gui {

namespace {

ImVec2 plate_padding() {
  const float em = ImGui::GetFontSize();
  return {std::round(0.3f * em), std::round(0.12f * em)};
}

ImTextureID id_of(const Texture& texture) { return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(texture.gl_name)); }

}  // namespace

Rgba with_alpha(Rgba colour, double alpha) {
  colour.a = static_cast<std::uint8_t>(std::lround(colour.a * std::clamp(alpha, 0.0, 1.0)));
  return colour;
}

Rgba brighter(Rgba colour, double towards_white) {
  const auto mix = [&](std::uint8_t c) { return static_cast<std::uint8_t>(std::lround(c + (255 - c) * towards_white)); };
  return {mix(colour.r), mix(colour.g), mix(colour.b), colour.a};
}

void draw_texture(ImDrawList& list, const Texture& texture, const Area& area) {
  list.AddImage(id_of(texture), corner(area), far_corner(area), {0, texture.v_top}, {1, texture.v_bottom});
}

void draw_lines(ImDrawList& list, std::span<const ScreenLine> lines, const ImVec2& origin) {
  for (const ScreenLine& line : lines)
    list.AddLine({origin.x + line.a.x(), origin.y + line.a.y()}, {origin.x + line.b.x(), origin.y + line.b.y()},
                 colour_of(line.colour), line.width);
}

void draw_dashed(ImDrawList& list, std::span<const ImVec2> polyline, ImU32 colour, float width, float dash) {
  float walked = 0;  // along the whole polyline, so that dashes run on over its vertices
  for (std::size_t i = 1; i < polyline.size(); ++i) {
    const ImVec2 a = polyline[i - 1], b = polyline[i];
    const float length = std::hypot(b.x - a.x, b.y - a.y);
    if (length <= 0 || length > 20'000) continue;
    for (float s = 0; s < length;) {
      const float phase = std::fmod(walked + s, 2 * dash);
      const float step = std::min(length - s, (phase < dash ? dash : 2 * dash) - phase + 0.01f);
      const float t0 = s / length, t1 = (s + step) / length;
      if (phase < dash)
        list.AddLine({a.x + t0 * (b.x - a.x), a.y + t0 * (b.y - a.y)}, {a.x + t1 * (b.x - a.x), a.y + t1 * (b.y - a.y)},
                     colour, width);
      s += step;
    }
    walked += length;
  }
}

Area plate_at(const ImVec2& at, std::string_view text) {
  const ImVec2 size = ImGui::CalcTextSize(text.data(), text.data() + text.size());
  const ImVec2 padding = plate_padding();
  return {at.x, at.y, size.x + 2 * padding.x, size.y + 2 * padding.y};
}

Area draw_plate(ImDrawList& list, const ImVec2& at, std::string_view text, ImU32 colour, ImU32 plate) {
  const ImVec2 place{std::round(at.x), std::round(at.y)};
  const Area area = plate_at(place, text);
  const ImVec2 padding = plate_padding();
  list.AddRectFilled(corner(area), far_corner(area), plate, 3.0f);
  list.AddText({place.x + padding.x, place.y + padding.y}, colour, text.data(), text.data() + text.size());
  return area;
}

void draw_centred(ImDrawList& list, const Area& area, std::string_view text, ImU32 colour) {
  const float width = std::max(40.0f, area.width - 2 * ImGui::GetFontSize()), font = ImGui::GetFontSize();
  const char *begin = text.data(), *const end = begin + text.size();
  float y = std::round(area.y + 0.5f * (area.height - ImGui::CalcTextSize(begin, end, false, width).y));
  while (begin < end) {
    const char* stop = std::find(begin, end, '\n');
    if (const char* const wrap = ImGui::GetFont()->CalcWordWrapPositionA(1.0f, begin, stop, width); wrap > begin) stop = wrap;
    list.AddText({std::round(area.x + 0.5f * (area.width - ImGui::CalcTextSize(begin, stop).x)), y}, colour, begin, stop);
    y += font;
    begin = stop;
    while (begin < end && (*begin == '\n' || *begin == ' ')) ++begin;
  }
}

std::string fitted(std::string_view text, float width) {
  std::string result(text);
  if (ImGui::CalcTextSize(result.c_str()).x <= width) return result;
  while (!result.empty() && ImGui::CalcTextSize((result + "…").c_str()).x > width) {
    // Whole UTF-8 characters only.
    do {
      result.pop_back();
    } while (!result.empty() && (static_cast<unsigned char>(result.back()) & 0xc0u) == 0x80u);
  }
  return result + "…";
}

}  // namespace sweepmark::gui
