#include "app/gui/box_hand.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/gui/batch_hand.hpp"
#include "app/gui/box_making.hpp"
#include "app/gui/draft.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/view_memory.hpp"
#include "core/assist/box_fit.hpp"
#include "core/commands/arguments.hpp"

namespace sweepmark::gui {

namespace {

// A box that waits to be saved is one of the sweep under the cursor.
BoxDraft* unsaved_in_hand(GuiContext& context, TrackId track) {
  return sweep_in_hand(context.ui) == context.ui.cursor ? unsaved_at_cursor(context, track) : nullptr;
}

nlohmann::json numbers_of(const std::vector<TrackId>& tracks) {
  nlohmann::json numbers = nlohmann::json::array();
  for (const TrackId track : tracks) numbers.push_back(track.value);
  return numbers;
}

// What the cell of a sweep shows; null while it is loading.
std::shared_ptr<const PointCloud> points_of_cell(GuiContext& context, std::size_t sweep,
                                                 const Pose<Ego, Sensor>& ego_from_cloud) {
  const auto& shown = context.resources.memory().batch.shown;
  const auto key = shown.find(sweep);
  const auto crop = key == shown.end() ? nullptr : context.workspace->crops().peek(key->second);
  return crop && *crop ? std::make_shared<const PointCloud>(cloud_of(***crop, ego_from_cloud)) : nullptr;
}

// The point nearest to the middle of what stands in the box: where a person would click.
std::optional<std::uint32_t> point_to_click(const PointsInHand& points, const Box3<Ego>& box) {
  constexpr double over_bottom = 0.2;
  const Pose<BoxLocal, Sensor> box_from_cloud = box.pose.inverse() * points.ego_from_cloud;
  std::vector<std::pair<std::uint32_t, Eigen::Vector3d>> standing;
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  for (const std::uint32_t i : points_in_box_at(*points.cloud, box_from_cloud.matrix(), box.size)) {
    const Eigen::Vector3d p = (box_from_cloud * Point<Sensor>(points.cloud->position(i))).metres;
    if (p.z() < -0.5 * box.height() + over_bottom) continue;
    standing.emplace_back(i, p);
    sum += p;
  }
  if (standing.empty()) return std::nullopt;
  const Eigen::Vector3d middle = sum / static_cast<double>(standing.size());
  const auto distance = [&](const auto& entry) { return (entry.second - middle).squaredNorm(); };
  return std::ranges::min_element(standing, {}, distance)->first;
}

}  // namespace

TimestampNs time_in_hand(const GuiContext& context) {
  return context.workspace->drive().sweeps[sweep_in_hand(context.ui)].time;
}

std::vector<VisibleBox> boxes_in_hand(GuiContext& context) {
  std::vector<VisibleBox> boxes;
  for (const VisibleBox& box : context.workspace->boxes_at(sweep_in_hand(context.ui))) {
    const bool shown = context.ui.selected == box.track;
    if (!is_selected(context.ui, box.track) || (box.ghost && !shown)) continue;
    boxes.insert(shown ? boxes.begin() : boxes.end(), box);
    if (const BoxDraft* unsaved = shown ? unsaved_in_hand(context, box.track) : nullptr)
      boxes.front().box = unsaved->box;
  }
  return boxes;
}

void set_boxes(GuiContext& context, const std::vector<TrackBox>& boxes) {
  if (boxes.empty()) return;
  nlohmann::json list = nlohmann::json::array();
  for (const auto& [track, box] : boxes)
    list.push_back(
        {{"track", track.value}, {"time_ns", time_in_hand(context).ns}, {"box", commands::box_to(box)}});
  if (list.size() > 1) return context.run("boxes.set", {{"boxes", std::move(list)}});
  if (BoxDraft* unsaved = unsaved_in_hand(context, boxes.front().first)) {
    unsaved->box = boxes.front().second;
    return retry_unsaved(context);
  }
  context.run("keyframe.set", std::move(list.front()));
}

bool change_boxes(GuiContext& context,
                  const std::function<std::optional<Box3<Ego>>(const VisibleBox&)>& change) {
  std::vector<TrackBox> changed;
  for (const VisibleBox& box : boxes_in_hand(context))
    if (const auto after = change(box)) changed.emplace_back(box.track, *after);
  set_boxes(context, changed);
  return !changed.empty();
}

void set_class_of_selected(GuiContext& context, ClassId class_id) {
  const std::vector<TrackId> tracks = selected_tracks(context.ui);
  if (tracks.size() == 1)
    context.run("track.set_class", {{"track", tracks.front().value}, {"class", class_id.value}});
  else if (!tracks.empty())
    context.run("tracks.set_class", {{"tracks", numbers_of(tracks)}, {"class", class_id.value}});
}

void remove_selected(GuiContext& context) {
  const std::vector<TrackId> tracks = selected_tracks(context.ui);
  if (tracks.size() == 1)
    context.run("track.remove", {{"track", tracks.front().value}});
  else if (!tracks.empty())
    context.run("tracks.remove", {{"tracks", numbers_of(tracks)}});
}

PointsInHand points_in_hand(GuiContext& context) {
  const std::size_t sweep = sweep_in_hand(context.ui);
  PointsInHand points{
      nullptr, context.workspace->drive().rig.ego_from(context.workspace->drive().sweeps[sweep].lidar)};
  if (const auto loaded = context.workspace->sweeps().peek(sweep); loaded && *loaded) points.cloud = **loaded;
  if (!points.cloud && batch_is_open(context.ui))
    points.cloud = points_of_cell(context, sweep, points.ego_from_cloud);
  return points;
}

std::optional<std::string> points_missing(const GuiContext& context, const PointsInHand& points) {
  const std::size_t sweep = sweep_in_hand(context.ui);
  const auto loaded = context.workspace->sweeps().peek(sweep);
  const bool never = context.workspace->drive().sweeps[sweep].file.empty() || (loaded && !*loaded);
  if (points.cloud || never) return std::nullopt;
  return fmt::format("The points of sweep {} are not loaded yet.", sweep);
}

void refit_box(GuiContext& context) {
  const std::vector<VisibleBox> boxes = boxes_in_hand(context);
  const PointsInHand points = points_in_hand(context);
  if (boxes.empty()) return;
  const VisibleBox& box = boxes.front();
  const auto definition = context.workspace->document().taxonomy.find(box.class_id);
  const std::optional<std::uint32_t> point = points.cloud ? point_to_click(points, box.box) : std::nullopt;
  if (const auto missing = points_missing(context, points)) return context.say(Message::Kind::info, *missing);
  if (!point || definition == context.workspace->document().taxonomy.end())
    return context.say(Message::Kind::info, "There are no points in the box to fit it to.");
  FitRequest request;
  request.prior = size_prior(definition->second);
  request.prior.mean = box.box.size;
  request.heading = box.box.yaw();
  const BoxFit fit = fit_at_point(*points.cloud, points.ego_from_cloud, *point, request);
  if (fit.points.empty())
    return context.say(Message::Kind::info, "Nothing stands in the box that it could be fitted to.");
  context.remark(said_of(fit, definition->second.name, "kept"));
  set_boxes(context, {{box.track, fit.box}});
}

}  // namespace sweepmark::gui
