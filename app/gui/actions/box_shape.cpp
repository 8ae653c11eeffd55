// The shape of a box by keys: held to the points, laid on the ground, one dimension at a time.
#include <fmt/format.h>

#include "app/gui/action.hpp"
#include "app/gui/box_dial.hpp"
#include "app/gui/box_edit.hpp"
#include "app/gui/box_hand.hpp"
#include "app/gui/selection.hpp"
#include "core/assist/ground.hpp"
#include "core/base/units.hpp"

namespace sweepmark::gui {
namespace {

constexpr double turn_degrees = 2;
constexpr double dial_step_m = 0.05;
constexpr double ground_radius_m = 6;

std::optional<Box3<Ego>> pulled(const PointsInHand& points, const Box3<Ego>& box) {
  if (!points.cloud) return std::nullopt;
  return pulled_to_points(box, local_points(*points.cloud, points.ego_from_cloud, box, pull_reach));
}

void pull_faces(GuiContext& context) {
  const PointsInHand points = points_in_hand(context);
  if (const auto missing = points_missing(context, points)) return context.say(Message::Kind::info, *missing);
  if (!change_boxes(context, [&](const VisibleBox& box) { return pulled(points, box.box); }))
    context.say(Message::Kind::info, "There are no points near the box's sides to pull them to.");
}

// Where no points tell, turned all the same; where they are on their way, they are waited for.
void turn_and_pull(GuiContext& context, double degrees) {
  const PointsInHand points = points_in_hand(context);
  if (const auto missing = points_missing(context, points)) return context.say(Message::Kind::info, *missing);
  change_boxes(context, [&](const VisibleBox& box) {
    const Box3<Ego> after = turned(box.box, radians_from_degrees(degrees));
    return pulled(points, after).value_or(after);
  });
}

std::optional<GroundPlacement> placement_of(const PointsInHand& points, const Box3<Ego>& box) {
  if (!points.cloud) return std::nullopt;
  const Eigen::Vector2d centre = box.pose.translation().head<2>();
  std::vector<Eigen::Vector3d> near;
  for (std::size_t i = 0; i < points.cloud->size(); ++i) {
    const Eigen::Vector3d p =
        (points.ego_from_cloud * Point<Sensor>(points.cloud->position(static_cast<std::uint32_t>(i)))).metres;
    if ((p.head<2>() - centre).norm() <= ground_radius_m) near.push_back(p);
  }
  const auto ground = local_ground(near, centre, ground_radius_m);
  if (!ground) return std::nullopt;
  return placement_on_ground(box, ground->height_at(centre), ground->normal());
}

// A keyframe that is there is laid down by the command made for it; everything else becomes one.
void lay_on_ground(GuiContext& context) {
  const PointsInHand points = points_in_hand(context);
  if (const auto missing = points_missing(context, points)) return context.say(Message::Kind::info, *missing);
  const std::vector<VisibleBox> boxes = boxes_in_hand(context);
  if (boxes.size() == 1 && boxes.front().keyframe)
    if (const auto at = placement_of(points, boxes.front().box))
      return context.run("track.align_to_ground",
                         {{"track", boxes.front().track.value},
                          {"placements", nlohmann::json::array({{{"time_ns", time_in_hand(context).ns},
                                                                 {"roll", at->roll},
                                                                 {"pitch", at->pitch},
                                                                 {"z", at->z}}})}});
  const bool any = change_boxes(context, [&](const VisibleBox& box) -> std::optional<Box3<Ego>> {
    const auto at = placement_of(points, box.box);
    return at ? std::optional(placed(box.box, *at)) : std::nullopt;
  });
  if (!any) context.say(Message::Kind::info, "There are too few points about the box to see the ground.");
}

void mirror_track(GuiContext& context) {
  context.run("track.mirror_heading", {{"track", context.ui.selected->value}});
}

// Of the box in hand; centres stay.
void one_size(GuiContext& context) {
  const std::vector<VisibleBox> boxes = boxes_in_hand(context);
  if (boxes.empty()) return context.say(Message::Kind::info, "The object has no box here.");
  const Eigen::Vector3d& size = boxes.front().box.size;
  context.run("track.set_size",
              {{"track", boxes.front().track.value}, {"size", {size.x(), size.y(), size.z()}}},
              [&ui = context.ui](const Result<CommandOutcome>& outcome) {
                if (outcome && !outcome->committed)
                  ui.messages.push_back({Message::Kind::info, "It has this size in all its sweeps already."});
              });
}

template <int Axis>
void choose(GuiContext& context) {
  choose_axis(context.ui, Axis);
  context.remark(said_of(context.ui.dial));
}

template <int Axis>
bool is_chosen(const GuiContext& context) {
  return context.ui.dial.axis == Axis;
}

void dial(GuiContext& context, double metres) {
  change_boxes(context, [&](const VisibleBox& box) { return dialled(box.box, context.ui.dial, metres); });
  context.remark(said_of(context.ui.dial));
}

ActionFamily to_points() {
  return {
      {"box.fit", "Fit anew to the object", "Shape", "Alt+F", has_selection, refit_box},
      {"box.pull", "Pull all sides to the points", "Shape", "U", has_selection, pull_faces},
      {"box.turn_fit_left", "Turn left, pull to the points", "Shape", "R", has_selection,
       [](GuiContext& c) { turn_and_pull(c, turn_degrees); }, true},
      {"box.turn_fit_right", "Turn right, pull to the points", "Shape", "F", has_selection,
       [](GuiContext& c) { turn_and_pull(c, -turn_degrees); }, true},
      {"box.to_ground", "Lay on the ground", "Shape", "H", has_selection, lay_on_ground},
      {"box.one_size", "This size in all sweeps of the object", "Shape", "Shift+U", has_selection, one_size},
      {"box.flip_track", "Turn round in all sweeps (180°)", "Shape", "Shift+G", has_selection, mirror_track},
  };
}

ActionFamily by_axis() {
  return {
      {"box.dial_length", "± length; again: along", "Shape", "Z", has_selection, choose<0>, false,
       is_chosen<0>},
      {"box.dial_width", "± width; again: across", "Shape", "X", has_selection, choose<1>, false,
       is_chosen<1>},
      {"box.dial_height", "± height; again: up", "Shape", "C", has_selection, choose<2>, false, is_chosen<2>},
      {"box.dial_up", "More of what Z, X or C chose", "Shape", "= | Shift+= | Plus", has_selection,
       [](GuiContext& c) { dial(c, dial_step_m); }, true},
      {"box.dial_down", "Less of it", "Shape", "- | Minus", has_selection,
       [](GuiContext& c) { dial(c, -dial_step_m); }, true},
  };
}

}  // namespace

ActionFamily actions_box_shape() {
  ActionFamily all = to_points();
  const ActionFamily more = by_axis();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace sweepmark::gui
