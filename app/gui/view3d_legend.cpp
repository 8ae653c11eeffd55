#include "app/gui/view3d_legend.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "app/gui/label_ages.hpp"
#include "app/gui/theme.hpp"

namespace sweepmark::gui {

namespace {

struct Scale {
  std::string title;         // what, with its unit
  double low = 0, high = 1;  // as they are to be read
  std::function<std::string(double)> text;
};

std::string plain_number(double value) {
  return fmt::format("{:g}", std::abs(value) < 1e-9 ? 0.0 : value);
}

bool is_valued(PointColouring colouring) {
  return colouring != PointColouring::label && colouring != PointColouring::instance &&
         colouring != PointColouring::camera && colouring != PointColouring::flat;
}

std::string title_of_scale(PointColouring colouring) {
  switch (colouring) {
    case PointColouring::height:
      return "height over the vehicle's origin, m";
    case PointColouring::intensity:
      return "intensity, as recorded";
    case PointColouring::range:
      return "distance from the sensor, m";
    case PointColouring::ring:
      return "laser ring";
    case PointColouring::time:
      return "time within the sweep, ms";
    case PointColouring::label_age:
      return "age of the label";
    default:
      return {};
  }
}

Scale scale_of(const PointStyle& style, const SweepScene& scene) {
  Scale scale{title_of_scale(style.colouring), style.low, style.high, plain_number};
  if (style.colouring == PointColouring::height) {
    scale.low -= scene.world_from_ego.translation().z();
    scale.high -= scene.world_from_ego.translation().z();
  }
  if (style.colouring == PointColouring::time) {
    scale.low *= 1e3;
    scale.high *= 1e3;
  }
  if (style.colouring == PointColouring::label_age) scale.text = age_text;
  return scale;
}

// What there is to say where no map is shown.
std::string note_on(const GuiContext& context, const SweepScene& scene, PointColouring colouring) {
  switch (colouring) {
    case PointColouring::label:
      return "by class: own labels, else boxes";
    case PointColouring::instance:
      return "by instance: own labels, else boxes";
    case PointColouring::camera:
      if (context.workspace->drive().rig.cameras().empty()) return "this drive has no cameras";
      return context.workspace->camera_colours_at(scene.index) ? "as the cameras see it"
                                                               : "as the cameras see it: working …";
    default:
      return {};
  }
}

std::string lacking_channel(const PointCloud& cloud, PointColouring colouring) {
  const auto lacks = [&](const char* name) { return !cloud.channel(name); };
  if (colouring == PointColouring::intensity && lacks("intensity")) return "these points have no intensity";
  if (colouring == PointColouring::ring && lacks("ring")) return "these points do not tell their ring";
  if (colouring == PointColouring::time && lacks("time")) return "these points do not tell their time";
  return {};
}

void draw_colour_bar(ImDrawList& list, const Area& area, ColourMap map) {
  constexpr int steps = 64;
  const float width = area.width / steps;
  for (int i = 0; i < steps; ++i) {
    const ImU32 left = colour_of(colour_at(map, i, 0, steps)),
                right = colour_of(colour_at(map, i + 1, 0, steps));
    const float x = area.x + width * static_cast<float>(i);
    list.AddRectFilledMultiColor({x, area.y}, {x + width, area.y + area.height}, left, right, right, left);
  }
}

// A text beneath each tick that has room for one.
void draw_ticks(ImDrawList& list, const Area& bar, const Scale& scale) {
  const float em = ImGui::GetFontSize();
  float free_from = bar.x - em;
  for (const double value : round_ticks(scale.low, scale.high, static_cast<int>(bar.width / (2.4f * em)))) {
    const float x = bar.x + bar.width * static_cast<float>((value - scale.low) / (scale.high - scale.low));
    list.AddLine({x, bar.y + bar.height}, {x, bar.y + bar.height + 0.25f * em}, theme::text, 1.0f);
    const std::string text = scale.text(value);
    const float width = ImGui::CalcTextSize(text.c_str()).x;
    const float left = std::clamp(x - 0.5f * width, bar.x - 0.3f * em, bar.x + bar.width + 0.3f * em - width);
    if (left < free_from) continue;
    list.AddText({std::round(left), bar.y + bar.height + 0.3f * em}, theme::text, text.c_str());
    free_from = left + width + 0.5f * em;
  }
}

// The roundest length (1, 2 or 5 times a power of ten) whose bar is at most `pixels` long.
double round_length(double metres_per_pixel, double pixels) {
  const double most = metres_per_pixel * pixels, power = std::pow(10.0, std::floor(std::log10(most)));
  for (const double factor : {5.0, 2.0})
    if (factor * power <= most) return factor * power;
  return power;
}

void draw_scale_bar(const OverlayPlace& place, const ImVec2& left_end) {
  const double scale = place.camera.metres_per_pixel(place.viewport());
  const double metres = round_length(scale, 9.0 * ImGui::GetFontSize());
  const float length = static_cast<float>(metres / scale), tick = 0.3f * ImGui::GetFontSize();
  const ImVec2 right{left_end.x + length, left_end.y};
  place.list.AddLine(left_end, right, theme::text, 1.5f);
  for (const ImVec2& end : {left_end, right})
    place.list.AddLine({end.x, end.y - tick}, {end.x, end.y + tick}, theme::text, 1.5f);
  const std::string text = fmt::format("{:g} m", metres);
  place.list.AddText({right.x + tick, left_end.y - 0.5f * ImGui::GetFontSize()}, theme::text, text.c_str());
}

}  // namespace

std::vector<double> round_ticks(double low, double high, int most) {
  std::vector<double> ticks;
  if (!(high > low) || !std::isfinite(high - low) || most < 1) return ticks;
  const double least = (high - low) / most, power = std::pow(10.0, std::floor(std::log10(least)));
  double step = 10 * power;
  for (const double factor : {5.0, 2.0, 1.0})
    if (factor * power >= least) step = factor * power;
  for (double i = std::ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; ++i)
    ticks.push_back(i * step);
  return ticks;
}

Area draw_legend(GuiContext& context, const PointStyle& style, const SweepScene& scene,
                 const OverlayPlace& place) {
  const float em = ImGui::GetFontSize(), margin = 0.6f * em, line = 1.25f * em;
  const bool has_bar = is_valued(style.colouring);
  const Scale scale = scale_of(style, scene);
  std::string title = has_bar ? scale.title : note_on(context, scene, style.colouring);
  if (scene.cloud)
    if (std::string lacking = lacking_channel(*scene.cloud, style.colouring); !lacking.empty())
      title = std::move(lacking);
  const float width = 18 * em;
  const float height = (title.empty() ? 1.1f : has_bar ? 3.3f : 2.2f) * line + margin;
  const Area area{place.area.x + margin, place.area.y + place.area.height - height - margin, width, height};
  place.list.AddRectFilled(corner(area), far_corner(area), IM_COL32(18, 20, 24, 205), 4.0f);
  float y = area.y + 0.5f * margin;
  if (!title.empty()) {
    place.list.AddText({area.x + margin, y}, theme::text_dim, fitted(title, width - 2 * margin).c_str());
    y += line;
  }
  if (has_bar) {
    const Area bar{area.x + margin, y + 0.1f * em, width - 2 * margin, 0.6f * em};
    draw_colour_bar(place.list, bar, style.map);
    draw_ticks(place.list, bar, scale);
    y = bar.y + bar.height + 1.45f * em;
  }
  draw_scale_bar(place, {area.x + margin, std::round(y + 0.5f * line)});
  mark_place(context.ui.places, "view3d/legend", area);
  return area;
}

}  // namespace sweepmark::gui
