#include "app/gui/clipping.hpp"

#include <algorithm>

#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {

namespace {

constexpr double margin_m = 0.5, up_and_down_m = 10;

void clip_to(GuiContext& context, const Box3<World>& box) {
  ViewFilters& filters = context.view.filters;
  filters.clip = ClippingBox{box, context.workspace->drive().name};
  filters.clipping = true;
}

}  // namespace

bool clip_to_selected(GuiContext& context) {
  const auto selected = selected_box(context);
  if (!selected) return false;
  Box3<World> box = scene_at_cursor(context).world_from_ego * selected->box;
  box.size.array() += 2 * margin_m;
  clip_to(context, box);
  return true;
}

void clip_to_view(GuiContext& context) {
  const ViewCamera& camera = context.view.camera;
  const auto place = context.ui.places.find("view3d");
  const Area area = place == context.ui.places.end() ? Area{0, 0, 800, 500} : place->second;
  const Viewport viewport{std::max(1, static_cast<int>(area.width)),
                          std::max(1, static_cast<int>(area.height))};
  const double width = camera.metres_per_pixel(viewport) * viewport.width;
  const Eigen::Quaterniond turned(Eigen::AngleAxisd(camera.yaw, Eigen::Vector3d::UnitZ()));
  clip_to(context, {Pose<World, BoxLocal>(turned, camera.target.metres), {width, width, 2 * up_and_down_m}});
}

void toggle_clipping(GuiContext& context) {
  ViewFilters& filters = context.view.filters;
  if (clips_in(filters, context.workspace->drive().name))
    filters.clipping = false;
  else if (filters.clip && filters.clip->drive == context.workspace->drive().name)
    filters.clipping = true;
  else if (!clip_to_selected(context))
    clip_to_view(context);
}

}  // namespace sweepmark::gui
