#include "app/gui/camera_overlays.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/drive/trajectory_of.hpp"

namespace sweepmark::gui {

namespace {

constexpr std::size_t kept_projections = 24;

CameraIntrinsics with_size_of(CameraIntrinsics intrinsics, const Image& image) {
  if (intrinsics.width <= 0) intrinsics.width = image.width;
  if (intrinsics.height <= 0) intrinsics.height = image.height;
  return intrinsics;
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
  const auto loaded = workspace.images().peek(*view.key);
  view.loading = !loaded;
  if (loaded && *loaded) view.image = **loaded;
  if (loaded && !*loaded) view.problem = loaded->error().message;
}

void load_model(CameraView& view) {
  if (!view.sensor->calibrated || !view.image) return;
  Result<CameraModel> model = CameraModel::from(with_size_of(view.sensor->intrinsics, *view.image));
  if (model) view.model = std::move(*model);
}

}  // namespace

ImageProjection::ImageProjection(std::vector<ProjectedPoint> points) : points_(std::move(points)) {
  if (points_.empty()) return;
  std::vector<float> depths;
  for (const ProjectedPoint& p : points_) depths.push_back(p.depth);
  const auto at_share = [&depths](double share) {
    const auto nth =
        depths.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(depths.size() - 1));
    std::nth_element(depths.begin(), nth, depths.end());
    return static_cast<double>(*nth);
  };
  near_ = at_share(0.02);
  far_ = std::max(near_ + 1.0, at_share(0.98));
}

const ProjectedPoint* ImageProjection::nearest(double u, double v, double radius, bool hidden_too) const {
  const ProjectedPoint* best = nullptr;
  double best_squared = radius * radius;
  for (const ProjectedPoint& p : points_) {
    const double du = p.u - u, dv = p.v - v, squared = du * du + dv * dv;
    if (squared >= best_squared || (!p.visible && !hidden_too)) continue;
    best = &p;
    best_squared = squared;
  }
  return best;
}

const ProjectedPoint* ImageProjection::of(std::uint32_t cloud_index) const {
  const auto found = std::ranges::lower_bound(points_, cloud_index, {}, &ProjectedPoint::index);
  return found != points_.end() && found->index == cloud_index ? &*found : nullptr;
}

std::vector<CameraView> CameraOverlays::cameras(GuiContext& context, const SweepScene& scene) const {
  std::vector<CameraView> views;
  for (const CameraSensor& sensor : context.workspace->drive().rig.cameras()) {
    CameraView view;
    view.sensor = &sensor;
    load_image(*context.workspace, scene, view);
    load_model(view);
    views.push_back(std::move(view));
  }
  return views;
}

void CameraOverlays::begin_frame(double seconds) {
  until_ = std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                                  std::chrono::duration<double>(seconds));
}

std::shared_ptr<const ImageProjection> CameraOverlays::projection(GuiContext& context,
                                                                  const SweepScene& scene,
                                                                  const CameraView& camera) {
  if (!camera.model || !scene.cloud || !camera.key) return nullptr;
  const Pose<Camera, Sensor> camera_from_cloud = camera.camera_from_ego * scene.ego_from_cloud;
  const auto known = std::ranges::find_if(projected_, [&](const Projected& each) {
    return each.cloud == scene.cloud && each.image == *camera.key &&
           each.camera_from_cloud == camera_from_cloud.matrix();
  });
  if (known != projected_.end()) {
    projected_.splice(projected_.begin(), projected_, known);
    return known->points;
  }
  if (std::chrono::steady_clock::now() >= until_) {
    context.needs_redraw = true;
    return nullptr;
  }
  auto points =
      std::make_shared<const ImageProjection>(project_cloud(*scene.cloud, camera_from_cloud, *camera.model));
  projected_.push_front({scene.cloud, *camera.key, camera_from_cloud.matrix(), points});
  if (projected_.size() > kept_projections) projected_.pop_back();
  return points;
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
