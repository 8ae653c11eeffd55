#include "app/gui/camera_overlays.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/drive/trajectory_of.hpp"

namespace sweepmark::gui {

namespace {

// The image as finely as it is there: the one before a zoom serves until the finer one is decoded.
std::shared_ptr<const Cache<ImageKey, ReducedImage>::Loaded> loaded_image(Workspace& workspace,
                                                                          ImageKey key) {
  if (const auto loaded = workspace.images().peek(key)) return loaded;
  for (key.reduction *= 2; key.reduction <= 8; key.reduction *= 2)
    if (const auto coarser = workspace.images().peek(key)) return coarser;
  return nullptr;
}

void load_image(Workspace& workspace, const SweepScene& scene, CameraView& view) {
  view.key = workspace.image_at(view.sensor->id, scene.index);
  if (!view.key) {
    view.problem = "no image within 0.25 s of this sweep";
    return;
  }
  const ImageEntry& entry = workspace.drive().images.at(view.key->camera)[view.key->index];
  view.file = entry.file;
  view.camera_from_ego = workspace.drive().camera_from_ego(
      *view.sensor, scene.time, entry.time, trajectory_of(workspace.document(), workspace.drive()));
  const auto loaded = loaded_image(workspace, *view.key);
  view.loading = !loaded;
  if (loaded && *loaded) {
    view.image = **loaded;
    view.width = view.image->full_width;
    view.height = view.image->full_height;
  }
  if (loaded && !*loaded) view.problem = loaded->error().message;
}

}  // namespace

std::vector<CameraView> CameraOverlays::cameras(GuiContext& context, const SweepScene& scene) const {
  std::vector<CameraView> views;
  for (const CameraSensor& sensor : context.workspace->drive().rig.cameras()) {
    CameraView view;
    view.sensor = &sensor;
    load_image(*context.workspace, scene, view);
    if (view.image) view.model = context.workspace->projector().lens(sensor, view.width, view.height);
    views.push_back(std::move(view));
  }
  return views;
}

std::shared_ptr<const ImageProjection> CameraOverlays::projection(GuiContext& context,
                                                                  const SweepScene& scene,
                                                                  const CameraView& camera) const {
  if (!camera.model || !scene.cloud) return nullptr;
  const auto key = context.workspace->projection_key(*camera.sensor, scene.index);
  return key ? context.workspace->projector().peek(*key) : nullptr;
}

const std::vector<BoxOutline>& CameraOverlays::outlines(GuiContext& context, const SweepScene& scene,
                                                        const CameraView& camera) {
  Outlined& kept = outlined_[camera.sensor->id];
  const Revision revision = context.workspace->session().revision();
  const Eigen::Matrix4d camera_from_ego = camera.camera_from_ego.matrix();
  // A draft changes with every move of the mouse: drawn apart, so that the others stay as they are.
  const bool fresh = kept.revision == revision && kept.sweep == scene.index &&
                     kept.ghosts == context.view.show_ghosts && kept.selected == context.ui.selected &&
                     kept.camera_from_ego == camera_from_ego;
  if (fresh) return kept.outlines;
  kept = {revision, scene.index, context.view.show_ghosts, context.ui.selected, camera_from_ego, {}};
  for (const ShownBox& box : shown_boxes(context, Drafts::left_out))
    if (BoxOutline outline = outline_of(box, camera); outline.bounds)
      kept.outlines.push_back(std::move(outline));
  std::ranges::sort(kept.outlines, std::greater(), &BoxOutline::distance);
  return kept.outlines;
}

BoxOutline outline_of(const ShownBox& box, const CameraView& camera) {
  BoxOutline outline;
  outline.shown = box;
  if (!camera.model) return outline;
  const Box3<Camera> seen = camera.camera_from_ego * box.box;
  outline.distance = seen.pose.translation().norm();
  outline.bounds = box_bounds(seen, *camera.model);
  if (!outline.bounds) return outline;
  outline.edges = project_box(seen, *camera.model);
  const std::array<Point<Camera>, 8> corners = seen.corners();
  std::array<Eigen::Vector2d, 4> front;
  for (std::size_t i = 0;
       const std::size_t corner : {1u, 3u, 7u, 5u}) {  // those with local x > 0, in order round the face
    const std::optional<Eigen::Vector2d> pixel = camera.model->pixel_from(corners[corner]);
    if (!pixel) return outline;
    front[i++] = *pixel;
  }
  outline.front = front;
  return outline;
}

std::optional<std::size_t> best_camera(const std::vector<CameraView>& cameras, const Box3<Ego>& box) {
  std::optional<std::size_t> best;
  double best_area = 0;
  for (std::size_t i = 0; i < cameras.size(); ++i) {
    if (!cameras[i].model) continue;
    const std::optional<PixelRectangle> bounds =
        box_bounds(cameras[i].camera_from_ego * box, *cameras[i].model);
    const double area = bounds ? (bounds->right - bounds->left) * (bounds->bottom - bounds->top) : 0;
    if (area <= best_area) continue;
    best_area = area;
    best = i;
  }
  return best;
}

}  // namespace sweepmark::gui
