#include "app/gui/camera_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/gui/draft.hpp"
#include "app/gui/label_placement.hpp"
#include "app/gui/theme.hpp"

namespace sweepmark::gui {

namespace {

// What a point's colour follows over an image. Height says little there: depth stands in for it.
struct PointPaint {
  PointColouring colouring = PointColouring::range;
  double low = 0, high = 1;
  std::vector<float> values;                              // by point, for intensity and rings
  std::shared_ptr<const std::vector<PointLabel>> labels;  // by point
  std::span<const Rgba> label_colours;

  Rgba operator()(const ProjectedPoint& p) const {
    if (colouring == PointColouring::label) {
      const std::uint16_t id = labels ? class_of((*labels)[p.index]) : std::uint16_t{0};
      return id < label_colours.size() ? label_colours[id] : Rgba{};
    }
    if (!values.empty()) return colour_at(ColourMap::turbo, values[p.index], low, high);
    // By the logarithm, near ones warm: most of a picture is near.
    return colour_at(ColourMap::turbo, -std::log(std::max(0.1f, p.depth)), -std::log(high), -std::log(low));
  }
};

PointPaint paint_for(GuiContext& context, const SweepScene& scene, const ImageProjection& projection) {
  PointPaint paint;
  const PointColouring wanted = context.view.colouring;
  const bool by_ring = wanted == PointColouring::ring, by_intensity = wanted == PointColouring::intensity;
  if (wanted == PointColouring::label) {
    paint.colouring = wanted;
    paint.labels = annotations(context, scene);
    paint.label_colours = context.resources.memory().label_colours;
  } else if ((by_ring || by_intensity) && scene.cloud->channel(by_ring ? "ring" : "intensity")) {
    const PointStyle style = point_style(context, scene);
    return {wanted, style.low, style.high, {}, nullptr, {}};
  }
  paint.low = std::max(0.5, projection.near_depth());
  paint.high = std::max(paint.low + 1, projection.far_depth());
  return paint;
}

// Only when a picture is made, for they are as many as the points.
void load_values(PointPaint& paint, const PointCloud& cloud) {
  if (paint.colouring == PointColouring::ring) paint.values = cloud.channel_as_float("ring");
  if (paint.colouring == PointColouring::intensity) paint.values = cloud.channel_as_float("intensity");
}

void paint_points(const CameraPicture& picture, const ImageProjection& projection, const PointPaint& colour,
                  bool hidden_too, int size, std::span<std::uint32_t> canvas, int width, int height) {
  // Where points lie pixel by pixel they would hide the picture.
  const double opacity = picture.window.scale < 0.8 ? 0.55 : 0.9;
  std::vector<float> depths(canvas.size(), std::numeric_limits<float>::infinity());
  for (const ProjectedPoint& p : projection.points()) {
    if (!p.visible && !hidden_too) continue;
    const int left =
        static_cast<int>(std::lround((p.u - picture.window.left) * picture.window.scale)) - size / 2;
    const int top =
        static_cast<int>(std::lround((p.v - picture.window.top) * picture.window.scale)) - size / 2;
    if (left + size <= 0 || top + size <= 0 || left >= width || top >= height) continue;
    const std::uint32_t packed = with_alpha(colour(p), p.visible ? opacity : 0.4 * opacity).packed();
    for (int y = std::max(0, top); y < std::min(height, top + size); ++y)
      for (int x = std::max(0, left); x < std::min(width, left + size); ++x) {
        const auto at =
            static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
        if (p.depth >= depths[at]) continue;
        depths[at] = p.depth;
        canvas[at] = packed;
      }
  }
}

// What a picture came from: equal keys are equal pictures.
std::string picture_key(GuiContext& context, const SweepScene& scene, const CameraPicture& picture,
                        const ImageProjection* projection, const PointPaint& paint) {
  std::string key = fmt::format("{} {} {:.6g} {:.6g} {:.6g}", picture.view.key->index,
                                static_cast<const void*>(picture.view.image.get()), picture.window.left,
                                picture.window.top, picture.window.scale);
  if (projection)
    key += fmt::format(" {} {} {} {} {:.6g} {:.6g} {}", scene.index, static_cast<const void*>(projection),
                       static_cast<int>(paint.colouring), static_cast<const void*>(paint.labels.get()),
                       paint.low, paint.high, context.view.overlay_hidden);
  if (paint.labels) key += fmt::format(" {}", context.workspace->session().revision().value);
  return key;
}

// Image and points in one texture of the size it has on the window: each is drawn once a picture, not once a
// frame, and the window's frames have one plain rectangle to fill.
void draw_image_and_points(GuiContext& context, const SweepScene& scene, const CameraPicture& picture) {
  const int width = static_cast<int>(picture.area.width), height = static_cast<int>(picture.area.height);
  if (width < 2 || height < 2) return;
  const auto projection = context.view.overlay_points
                              ? context.resources.overlays().projection(context, scene, picture.view)
                              : nullptr;
  PointPaint paint = projection ? paint_for(context, scene, *projection) : PointPaint{};
  const int size =
      picture.large ? std::clamp(static_cast<int>(std::lround(2.6 * std::sqrt(picture.window.scale))), 1, 6)
                    : 1;
  const Texture drawn = context.resources.painted(
      picture.name, picture_key(context, scene, picture, projection.get(), paint), width, height,
      [&](std::span<std::uint32_t> canvas) {
        if (projection) {
          load_values(paint, *scene.cloud);
          paint_points(picture, *projection, paint, context.view.overlay_hidden, size, canvas, width, height);
        }
        put_image_under(canvas, width, height, *picture.view.image, picture.window, theme::background);
      });
  draw_texture(*ImGui::GetWindowDrawList(), drawn,
               {picture.area.x, picture.area.y, static_cast<float>(width), static_cast<float>(height)});
}

void draw_outline(const CameraPicture& picture, const BoxOutline& outline, Rgba colour, bool emphasised) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = picture.large ? (emphasised ? 2.4f : 1.4f) : (emphasised ? 1.8f : 1.0f);
  const Rgba line = outline.shown.ghost ? with_alpha(colour, 0.4)
                    : emphasised        ? brighter(colour, 0.35)
                                        : colour;
  if (outline.front) {
    std::array<ImVec2, 4> quad;
    std::ranges::transform(*outline.front, quad.begin(),
                           [&](const Eigen::Vector2d& p) { return picture.screen(p); });
    list.AddConvexPolyFilled(quad.data(), 4, colour_of(with_alpha(colour, outline.shown.ghost ? 0.1 : 0.25)));
  }
  std::vector<ImVec2> stroke;
  for (const ProjectedEdge& edge : outline.edges) {
    stroke.clear();
    for (const Eigen::Vector2d& p : edge.pixels) stroke.push_back(picture.screen(p));
    if (edge.hidden && !picture.large) continue;  // dashes say nothing at the size of a thumb
    if (edge.hidden)
      draw_dashed(list, stroke, colour_of(with_alpha(line, 0.65)), 1.0f, 4.0f);
    else
      list.AddPolyline(stroke.data(), static_cast<int>(stroke.size()), colour_of(line), 0, width);
  }
}

// The outlines as they are to be seen now: a draft instead of the box it changes, drawn last.
std::vector<BoxOutline> present_outlines(GuiContext& context, const SweepScene& scene,
                                         const CameraView& view) {
  std::vector<BoxOutline> result;
  const BoxDraft* const draft = draft_at_cursor(context);
  for (const BoxOutline& outline : context.resources.overlays().outlines(context, scene, view))
    if (!draft || draft->track != outline.shown.track) result.push_back(outline);
  if (!draft) return result;
  for (const ShownBox& box : shown_boxes(context))
    if (box.draft) result.push_back(outline_of(box, view));
  return result;
}

void draw_outline_labels(const CameraPicture& picture, const std::vector<BoxOutline>& outlines,
                         const Taxonomy& taxonomy) {
  std::vector<LabelWish> wishes;
  std::vector<const BoxOutline*> wished;
  for (const BoxOutline& outline : outlines) {
    if (!outline.bounds || (outline.shown.ghost && !outline.shown.selected)) continue;
    Area wish = plate_at({0, 0}, title_of(taxonomy, outline.shown));
    const ImVec2 at = picture.screen({outline.bounds->left, outline.bounds->top});
    wish.x = at.x;
    wish.y = at.y - wish.height - 2;
    wishes.push_back({wish, outline.shown.selected ? 1e9 : -outline.distance});
    wished.push_back(&outline);
  }
  const std::vector<PlacedLabel> placed = place_labels(wishes, picture.area);
  for (std::size_t i = 0; i < placed.size(); ++i)
    if (placed[i].shown)
      draw_plate(*ImGui::GetWindowDrawList(), corner(placed[i].area), title_of(taxonomy, wished[i]->shown),
                 colour_of(brighter(class_colour(taxonomy, wished[i]->shown.class_id), 0.5)),
                 IM_COL32(18, 20, 24, 170));
}

void draw_boxes_over(GuiContext& context, const SweepScene& scene, const CameraPicture& picture) {
  if (!context.view.overlay_boxes || !picture.view.model) return;
  const Taxonomy& taxonomy = context.workspace->document().taxonomy;
  const std::vector<BoxOutline> outlines = present_outlines(context, scene, picture.view);
  for (const BoxOutline& outline : outlines)
    draw_outline(picture, outline, class_colour(taxonomy, outline.shown.class_id),
                 outline.shown.selected || context.ui.hovered == outline.shown.track);
  if (picture.large && context.view.show_labels) draw_outline_labels(picture, outlines, taxonomy);
}

void draw_hover_mark(GuiContext& context, const SweepScene& scene, const CameraPicture& picture) {
  const auto hovered = context.ui.hovered_point;
  if (!hovered || hovered->scene_index != 0 || !scene.cloud) return;
  const auto projection = context.resources.overlays().projection(context, scene, picture.view);
  const ProjectedPoint* const point = projection ? projection->of(hovered->point) : nullptr;
  if (!point || (!point->visible && !context.view.overlay_hidden)) return;
  const ImVec2 at = picture.screen({point->u, point->v});
  const float radius = (picture.large ? 0.45f : 0.3f) * ImGui::GetFontSize();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddCircle(at, radius + 1.5f, IM_COL32(0, 0, 0, 160), 0, 3.0f);
  list.AddCircle(at, radius, IM_COL32(255, 255, 255, 240), 0, 1.5f);
}

}  // namespace

ImageWindow whole_image(const CameraView& image, const Area& area) {
  const double scale = std::min(area.width / image.width, area.height / image.height);
  return {-0.5 + 0.5 * (image.width - area.width / scale), -0.5 + 0.5 * (image.height - area.height / scale),
          scale};
}

int reduction_for(double scale) {
  int reduction = 8;
  while (reduction > 1 && reduction * scale > 1) reduction /= 2;
  return reduction;
}

ImageWindow window_round(const PixelRectangle& bounds, const CameraView& image, const Area& area) {
  constexpr double share = 0.42, largest_scale = 6;
  const ImageWindow whole = whole_image(image, area);
  const double width = std::max(4.0, bounds.right - bounds.left),
               height = std::max(4.0, bounds.bottom - bounds.top);
  const double fitting = std::min(share * area.width / width, share * area.height / height);
  const double scale = std::clamp(fitting, whole.scale, std::max(largest_scale, whole.scale));
  const auto start = [scale](double middle, double extent, double shown) {
    const double room = extent - shown / scale;
    return room <= 0 ? -0.5 + 0.5 * room : std::clamp(middle - 0.5 * shown / scale, -0.5, -0.5 + room);
  };
  return {start(0.5 * (bounds.left + bounds.right), image.width, area.width),
          start(0.5 * (bounds.top + bounds.bottom), image.height, area.height), scale};
}

void draw_picture(GuiContext& context, const SweepScene& scene, const CameraPicture& picture) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(corner(picture.area), far_corner(picture.area), true);
  draw_image_and_points(context, scene, picture);
  draw_boxes_over(context, scene, picture);
  draw_hover_mark(context, scene, picture);
  list.PopClipRect();
}

void draw_missing(const CameraView& view, const Area& area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(corner(area), far_corner(area), theme::background);
  list.PushClipRect(corner(area), far_corner(area), true);
  const std::string name = view.sensor->label.empty() ? view.sensor->id.value : view.sensor->label;
  std::string text =
      view.loading ? fmt::format("{}\nloading …", name) : fmt::format("{}\n{}", name, view.problem);
  if (!view.loading && !view.file.empty())
    text = fmt::format("{}\nno image: {}\n{}", name, view.file.filename().string(), view.problem);
  draw_centred(list, area, text, view.loading ? theme::text_dim : theme::warning);
  list.PopClipRect();
}

std::optional<TrackId> box_at(GuiContext& context, const SweepScene& scene, const CameraPicture& picture,
                              const ImVec2& point) {
  const Eigen::Vector2d p = picture.pixel(point);
  std::optional<TrackId> best;
  double least = std::numeric_limits<double>::infinity();
  if (!picture.view.model) return best;
  for (const BoxOutline& outline : context.resources.overlays().outlines(context, scene, picture.view)) {
    const PixelRectangle& b = *outline.bounds;
    const double area = (b.right - b.left) * (b.bottom - b.top);
    if (p.x() < b.left || p.x() > b.right || p.y() < b.top || p.y() > b.bottom || area >= least) continue;
    least = area;
    best = outline.shown.track;
  }
  return best;
}

}  // namespace sweepmark::gui
