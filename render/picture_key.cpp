#include "render/picture_key.hpp"

#include <algorithm>

namespace sweepmark {

namespace {

bool same(const ViewCamera& a, const ViewCamera& b) {
  return a.target == b.target && a.yaw == b.yaw && a.pitch == b.pitch && a.distance == b.distance &&
         a.orthographic == b.orthographic && a.vertical_fov == b.vertical_fov;
}

bool same(const Box3<World>& a, const Box3<World>& b) {
  return a.size == b.size && a.pose.translation() == b.pose.translation() &&
         a.pose.rotation().coeffs() == b.pose.rotation().coeffs();
}

bool same_place(const ScenePoints& a, const ScenePoints& b) {
  return a.cloud == b.cloud && a.world_from_cloud == b.world_from_cloud && a.ranges == b.ranges;
}

bool same(const SceneMesh& a, const SceneMesh& b) {
  return a.mesh == b.mesh && a.world_from_mesh == b.world_from_mesh && a.colour == b.colour;
}

bool same_colours(const ScenePoints& a, const ScenePoints& b) {
  return a.labels == b.labels && a.painted == b.painted && a.values == b.values;
}

// Which points such a filter lets through changes with their labels.
bool goes_by_labels(const PointFilter& filter) {
  return filter.shown != PointsShown::all || !filter.hidden_classes.empty();
}

bool same_squares(const PointStyle& a, const PointStyle& b) {
  return a.size_px == b.size_px && a.size_m == b.size_m && a.filter == b.filter;
}

bool same_colours(const PointStyle& a, const PointStyle& b) {
  return a.colouring == b.colouring && a.map == b.map && a.low == b.low && a.high == b.high &&
         a.flat == b.flat && a.background == b.background && a.outside_focus == b.outside_focus &&
         a.eye_dome == b.eye_dome;
}

}  // namespace

PictureKey::PictureKey(std::span<const ScenePoints> scene, const PointStyle& style, const ViewCamera& camera,
                       Viewport viewport, std::span<const SceneMesh> meshes)
    : scene_(scene.begin(), scene.end()),
      meshes_(meshes.begin(), meshes.end()),
      style_(style),
      label_colours_(style.label_colours.begin(), style.label_colours.end()),
      focus_(style.focus.begin(), style.focus.end()),
      camera_(camera),
      viewport_(viewport) {
  style_.label_colours = {};  // the caller's; ours are beside it
  style_.focus = {};
}

PictureKey::Sameness PictureKey::compare(std::span<const ScenePoints> scene, const PointStyle& style,
                                         const ViewCamera& camera, Viewport viewport,
                                         std::span<const SceneMesh> meshes) const {
  const auto first = scene.first(std::min(scene.size(), scene_.size()));
  if (viewport_.width != viewport.width || viewport_.height != viewport.height || !same(camera_, camera) ||
      !same_squares(style_, style) || scene.size() < scene_.size() ||
      !std::ranges::equal(meshes_, meshes, [](auto& a, auto& b) { return same(a, b); }) ||
      !std::ranges::equal(scene_, first, [](auto& a, auto& b) { return same_place(a, b); }))
    return Sameness::different;
  const bool coloured_alike =
      same_colours(style_, style) && std::ranges::equal(label_colours_, style.label_colours) &&
      std::ranges::equal(focus_, style.focus, [](auto& a, auto& b) { return same(a, b); }) &&
      std::ranges::equal(scene_, first, [](auto& a, auto& b) { return same_colours(a, b); });
  const bool longer = scene.size() > scene_.size();
  if (!coloured_alike)
    return longer || goes_by_labels(style.filter) ? Sameness::different : Sameness::recoloured;
  return longer ? Sameness::longer : Sameness::same;
}

}  // namespace sweepmark
