// The keys annotators know: move, turn, flip, delete, class, keyframe. Each is one command.
#include <fmt/format.h>

#include <array>
#include <numbers>

#include "app/gui/action.hpp"
#include "app/gui/batch_hand.hpp"
#include "app/gui/box_edit.hpp"
#include "app/gui/box_hand.hpp"
#include "app/gui/draft.hpp"
#include "app/gui/selection.hpp"
#include "core/base/units.hpp"

namespace sweepmark::gui {
namespace {

constexpr double step_m = 0.05, coarse_step_m = 0.5;
constexpr double turn_degrees = 1, coarse_turn_degrees = 10;

// Ahead and to the left as the shown box heads, all together.
void move(GuiContext& context, double forward, double left) {
  const std::vector<VisibleBox> boxes = boxes_in_hand(context);
  if (boxes.empty()) return;
  const Eigen::Vector3d motion = boxes.front().box.pose.rotation() * Eigen::Vector3d(forward, left, 0);
  change_boxes(context, [&](const VisibleBox& box) { return moved(box.box, motion); });
}

// Each about its own upright axis.
void turn(GuiContext& context, double radians) {
  change_boxes(context, [&](const VisibleBox& box) {
    const Pose<BoxLocal, BoxLocal> step(rotation_about_z(radians), Eigen::Vector3d::Zero());
    return Box3<Ego>{box.box.pose * step, box.box.size};
  });
}

void set_keyframe_here(GuiContext& context) {
  if (has_marks(context)) return accept_marked(context);
  change_boxes(context, [](const VisibleBox& box) { return box.box; });
}

void remove_keyframe(GuiContext& context) {
  if (has_marks(context)) return clear_marked(context);
  clear_cell(context, sweep_in_hand(context.ui));
}

// Where the hand is in a cell of a sweep it means what it sees there.
void remove_track(GuiContext& context) {
  if (batch_is_open(context.ui)) return remove_keyframe(context);
  remove_selected(context);
}

// Where it stands in the world: to the marked cells, otherwise to the next sweep, which is shown then.
void copy_on(GuiContext& context) {
  const std::size_t from = sweep_in_hand(context.ui);
  nlohmann::json sweeps = nlohmann::json::array();
  const bool marked = has_marks(context);
  if (marked)
    for (const std::size_t sweep : marked_sweeps(context)) sweeps.push_back(sweep);
  else if (from + 1 < context.workspace->drive().sweeps.size())
    sweeps.push_back(from + 1);
  if (sweeps.empty()) return context.say(Message::Kind::info, "This is the last sweep.");
  context.run("box.copy_to",
              {{"track", context.ui.selected->value}, {"sweep", from}, {"sweeps", std::move(sweeps)}});
  if (!marked && from == context.ui.cursor) go_to(context, from + 1);
}

std::string_view name_of(Motion motion) {
  constexpr std::array<std::string_view, 3> names = {"smooth", "linear", "keyframes_only"};
  return names[static_cast<std::size_t>(motion)];
}

void next_motion(GuiContext& context) {
  const Track* track = context.workspace->document().track(*context.ui.selected);
  if (!track) return;
  const auto next = static_cast<Motion>((static_cast<int>(track->properties.motion) + 1) % 3);
  context.run("track.set_motion", {{"track", track->id.value}, {"motion", name_of(next)}});
  context.say(Message::Kind::info, fmt::format("Between keyframes: {}",
                                               next == Motion::keyframes_only ? "nothing" : name_of(next)));
}

// Gone from this sweep, or there again.
void toggle_absent(GuiContext& context) {
  if (has_marks(context)) return toggle_marked_absent(context);
  const Track* track = context.workspace->document().track(*context.ui.selected);
  if (!track) return;
  const TimestampNs now = time_in_hand(context);
  context.run("track.set_absent", {{"track", track->id.value},
                                   {"first_ns", now.ns},
                                   {"last_ns", now.ns},
                                   {"absent", !track->absent_at(now)}});
}

// The class of the selected objects, and of the boxes to come.
template <int Number>
void take_class(GuiContext& context) {
  const Taxonomy& taxonomy = context.workspace->document().taxonomy;
  if (taxonomy.size() < static_cast<std::size_t>(Number)) return;
  const ClassId wanted = std::next(taxonomy.begin(), Number - 1)->first;
  context.ui.current_class = wanted;
  if (!context.ui.selected) {
    context.say(Message::Kind::info, fmt::format("New boxes: {}", taxonomy.at(wanted).name));
    return;
  }
  set_class_of_selected(context, wanted);
}

ActionFamily moves() {
  return {
      {"box.forward", "Move forward", "Boxes", "W", has_selection, [](GuiContext& c) { move(c, step_m, 0); },
       true},
      {"box.back", "Move back", "Boxes", "S", has_selection, [](GuiContext& c) { move(c, -step_m, 0); },
       true},
      {"box.left", "Move left", "Boxes", "A", has_selection, [](GuiContext& c) { move(c, 0, step_m); }, true},
      {"box.right", "Move right", "Boxes", "D", has_selection, [](GuiContext& c) { move(c, 0, -step_m); },
       true},
      {"box.far_forward", "Half a metre forward", "Boxes", "Shift+W", has_selection,
       [](GuiContext& c) { move(c, coarse_step_m, 0); }, true},
      {"box.far_back", "Half a metre back", "Boxes", "Shift+S", has_selection,
       [](GuiContext& c) { move(c, -coarse_step_m, 0); }, true},
      {"box.far_left", "Half a metre left", "Boxes", "Shift+A", has_selection,
       [](GuiContext& c) { move(c, 0, coarse_step_m); }, true},
      {"box.far_right", "Half a metre right", "Boxes", "Shift+D", has_selection,
       [](GuiContext& c) { move(c, 0, -coarse_step_m); }, true},
      {"box.turn_left", "Turn left", "Boxes", "Q", has_selection,
       [](GuiContext& c) { turn(c, radians_from_degrees(turn_degrees)); }, true},
      {"box.turn_right", "Turn right", "Boxes", "E", has_selection,
       [](GuiContext& c) { turn(c, -radians_from_degrees(turn_degrees)); }, true},
      {"box.turn_far_left", "Turn left by 10°", "Boxes", "Shift+Q", has_selection,
       [](GuiContext& c) { turn(c, radians_from_degrees(coarse_turn_degrees)); }, true},
      {"box.turn_far_right", "Turn right by 10°", "Boxes", "Shift+E", has_selection,
       [](GuiContext& c) { turn(c, -radians_from_degrees(coarse_turn_degrees)); }, true},
      {"box.flip", "Turn round (180°)", "Boxes", "G", has_selection,
       [](GuiContext& c) { turn(c, std::numbers::pi); }},
  };
}

ActionFamily tracks() {
  return {
      {"box.keyframe", "Set keyframe here", "Boxes", "K", has_selection, set_keyframe_here},
      {"box.remove_keyframe", "Remove keyframe here", "Boxes", "Shift+Del", has_selection, remove_keyframe},
      {"box.copy_on", "Copy the box to the next sweep, or to the marked ones", "Boxes", "Shift+K",
       has_selection, copy_on},
      {"box.interpolate", "Interpolate: smooth, linear or not", "Boxes", "I", has_selection, next_motion},
      {"box.absent", "Gone from this sweep, or there again", "Boxes", "O", has_selection, toggle_absent},
      {"box.delete", "Delete the object; in the batch view, the keyframe", "Boxes", "Del", has_selection,
       remove_track},
  };
}

// "Car", where the open document has so many classes.
template <int Number>
std::string class_title(const GuiContext& context) {
  if (!context.workspace) return {};
  const Taxonomy& taxonomy = context.workspace->document().taxonomy;
  if (taxonomy.size() < static_cast<std::size_t>(Number)) return {};
  return std::next(taxonomy.begin(), Number - 1)->second.name;
}

template <int Number>
Action class_action(std::string_view name, std::string_view title, std::string_view key) {
  return {name, title, "Classes", key, has_drive, take_class<Number>, false, nullptr, class_title<Number>};
}

ActionFamily classes() {
  return {
      class_action<1>("class.1", "First class", "1"),   class_action<2>("class.2", "Second class", "2"),
      class_action<3>("class.3", "Third class", "3"),   class_action<4>("class.4", "Fourth class", "4"),
      class_action<5>("class.5", "Fifth class", "5"),   class_action<6>("class.6", "Sixth class", "6"),
      class_action<7>("class.7", "Seventh class", "7"), class_action<8>("class.8", "Eighth class", "8"),
      class_action<9>("class.9", "Ninth class", "9"),
  };
}

}  // namespace

ActionFamily actions_boxes() {
  ActionFamily all = moves();
  for (const ActionFamily& more : {tracks(), classes()}) all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace sweepmark::gui
