// How things are looked at.
#include <algorithm>
#include <cmath>
#include <vector>

#include "app/gui/action.hpp"
#include "app/gui/clipping.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/view_memory.hpp"
#include "app/gui/view_options.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark::gui {
namespace {

struct Subject {
  Point<World> centre;
  double heading = 0;
  double radius = 40;  // metres about the centre that should be seen
};

std::optional<Subject> selected_subject(GuiContext& context, const Pose<World, Ego>& world_from_ego) {
  if (!context.ui.selected) return std::nullopt;
  for (const VisibleBox& box : context.workspace->boxes_at(context.ui.cursor))
    if (box.track == *context.ui.selected) {
      const Box3<World> in_world = world_from_ego * box.box;
      return Subject{in_world.centre(), in_world.yaw(), std::max(4.0, in_world.size.norm() * 1.5)};
    }
  return std::nullopt;
}

// Within which nineteen of twenty points lie: far strays would make everything small.
double radius_of(const PointCloud& cloud) {
  std::vector<double> ranges;
  for (std::size_t i = 0; i < cloud.size(); i += 16) ranges.push_back(std::hypot(cloud.x[i], cloud.y[i]));
  if (ranges.empty()) return 40;
  const auto at = ranges.begin() + static_cast<std::ptrdiff_t>(ranges.size() * 19 / 20);
  std::nth_element(ranges.begin(), at, ranges.end());
  return std::clamp(*at, 5.0, 200.0);
}

// The selected box, or the vehicle with what it sees.
Subject subject(GuiContext& context) {
  const Drive& drive = context.workspace->drive();
  const auto world_from_ego = trajectory_of(context.workspace->document(), drive)
                                  .world_from_ego(drive.sweeps[context.ui.cursor].time);
  if (const auto selected = selected_subject(context, world_from_ego)) return *selected;
  Subject vehicle{world_from_ego * Point<Ego>(0, 0, 0), yaw_of(world_from_ego.rotation()), 40};
  if (const auto sweep = context.workspace->sweeps().peek(context.ui.cursor); sweep && *sweep)
    vehicle.radius = radius_of(***sweep);
  return vehicle;
}

void look(GuiContext& context, ViewPreset preset) {
  const Subject at = subject(context);
  context.view.camera = preset_view(context.view.camera, preset, at.centre, at.heading);
  context.view.camera.orthographic = preset == ViewPreset::top;
}

void fit(GuiContext& context) {
  const Subject at = subject(context);
  ViewCamera& camera = context.view.camera;
  camera.target = at.centre;
  camera.distance = std::clamp(at.radius / std::tan(camera.vertical_fov / 2), 2.0, 2000.0);
}

void set_colouring(GuiContext& context, PointColouring colouring) {
  context.view.colouring = colouring;
  context.view.automatic_range = true;
}

void next_colouring(GuiContext& context) {
  set_colouring(context,
                static_cast<PointColouring>((static_cast<int>(context.view.colouring) + 1) % colourings));
}

void next_map(GuiContext& context) {
  constexpr int maps = static_cast<int>(last_colour_map) + 1;
  context.view.map = static_cast<ColourMap>((static_cast<int>(context.view.map) + 1) % maps);
}

void next_shown(GuiContext& context) {
  PointsShown& shown = context.view.filters.shown;
  shown = static_cast<PointsShown>((static_cast<int>(shown) + 1) % 3);
}

// With nothing selected there is nothing to clip to, and nothing would seem to happen.
void toggle_inside_selected(GuiContext& context) {
  ViewFilters& filters = context.view.filters;
  filters.inside_selected = !filters.inside_selected;
  if (filters.inside_selected && !context.ui.selected)
    context.remark("As soon as a box is selected only the points in and round it are shown.");
}

void resize_points(GuiContext& context, int by) {
  context.view.point_size = std::clamp(context.view.point_size + by, 1, 8);
}

void rescale(GuiContext& context, float factor) {
  context.view.ui_scale = std::clamp(std::round(context.view.ui_scale * factor * 20) / 20, 0.6f, 2.5f);
}

template <bool ViewState::*Flag>
void toggle(GuiContext& context) {
  context.view.*Flag = !(context.view.*Flag);
}
template <bool ViewState::*Flag>
bool is_on(const GuiContext& context) {
  return context.view.*Flag;
}

template <PointColouring Colouring>
void colour_by(GuiContext& context) {
  set_colouring(context, Colouring);
}
template <PointColouring Colouring>
bool is_coloured_by(const GuiContext& context) {
  return context.view.colouring == Colouring;
}

ActionFamily cameras() {
  return {
      {"view.fit", "Fit the object or the sweep", "View", "Shift+F", has_drive, fit},
      {"view.top", "From above", "View", "Alt+1", has_drive, [](GuiContext& c) { look(c, ViewPreset::top); }},
      {"view.left", "From the left", "View", "Alt+2", has_drive,
       [](GuiContext& c) { look(c, ViewPreset::left); }},
      {"view.right", "From the right", "View", "Alt+3", has_drive,
       [](GuiContext& c) { look(c, ViewPreset::right); }},
      {"view.front", "From the front", "View", "Alt+4", has_drive,
       [](GuiContext& c) { look(c, ViewPreset::front); }},
      {"view.rear", "From behind", "View", "Alt+5", has_drive,
       [](GuiContext& c) { look(c, ViewPreset::rear); }},
      {"view.oblique", "Oblique", "View", "Alt+6", has_drive,
       [](GuiContext& c) { look(c, ViewPreset::oblique); }},
      {"view.perspective", "Perspective or parallel", "View", "Alt+7", has_drive,
       [](GuiContext& c) { c.view.camera.orthographic = !c.view.camera.orthographic; }},
      {"view.follow", "Go with the vehicle", "View", "Shift+V", has_drive, toggle<&ViewState::follow_ego>,
       false, is_on<&ViewState::follow_ego>},
  };
}

ActionFamily points() {
  return {
      {"view.next_colouring", "Colour points by the next quantity", "View", "L", has_drive, next_colouring,
       true},
      {"view.colour_height", "Colour by height", "View", "", has_drive, colour_by<PointColouring::height>,
       false, is_coloured_by<PointColouring::height>},
      {"view.colour_intensity", "Colour by intensity", "View", "", has_drive,
       colour_by<PointColouring::intensity>, false, is_coloured_by<PointColouring::intensity>},
      {"view.colour_range", "Colour by range", "View", "", has_drive, colour_by<PointColouring::range>, false,
       is_coloured_by<PointColouring::range>},
      {"view.colour_ring", "Colour by ring", "View", "", has_drive, colour_by<PointColouring::ring>, false,
       is_coloured_by<PointColouring::ring>},
      {"view.colour_time", "Colour by time within the sweep", "View", "", has_drive,
       colour_by<PointColouring::time>, false, is_coloured_by<PointColouring::time>},
      {"view.colour_instance", "Colour by instance", "View", "", has_drive,
       colour_by<PointColouring::instance>, false, is_coloured_by<PointColouring::instance>},
      {"view.colour_age", "Colour by the age of labels", "View", "", has_drive,
       colour_by<PointColouring::label_age>, false, is_coloured_by<PointColouring::label_age>},
      {"view.colour_camera", "Colour by the camera images", "View", "Shift+C", has_drive,
       colour_by<PointColouring::camera>, false, is_coloured_by<PointColouring::camera>},
      {"view.colour_label", "Colour by class", "View", "", has_drive, colour_by<PointColouring::label>, false,
       is_coloured_by<PointColouring::label>},
      {"view.colour_flat", "One colour", "View", "", has_drive, colour_by<PointColouring::flat>, false,
       is_coloured_by<PointColouring::flat>},
      {"view.next_map", "Next colour map", "View", "Shift+L", has_drive, next_map},
      {"view.larger_points", "Larger points", "View", "Alt+= | Alt+Plus", has_drive,
       [](GuiContext& c) { resize_points(c, 1); }, true},
      {"view.smaller_points", "Smaller points", "View", "Alt+- | Alt+Minus", has_drive,
       [](GuiContext& c) { resize_points(c, -1); }, true},
  };
}

ActionFamily filters() {
  return {
      {"view.options", "Colours, sizes and filters of the points", "View", "Alt+V", has_drive,
       [](GuiContext& c) { c.resources.memory().open_view_options = true; }},
      {"view.points_by_metre", "Points as large as so many metres", "View", "Alt+M", has_drive,
       toggle<&ViewState::points_by_metre>, false, is_on<&ViewState::points_by_metre>},
      {"view.eye_dome", "Shade by depth (eye-dome)", "View", "Alt+E", has_drive, toggle<&ViewState::eye_dome>,
       false, is_on<&ViewState::eye_dome>},
      {"view.filter_height", "Only points of a height", "View", "Alt+H", has_drive,
       [](GuiContext& c) { c.view.filters.height.on ^= true; }, false,
       [](const GuiContext& c) { return c.view.filters.height.on; }},
      {"view.filter_range", "Only points of a distance", "View", "Alt+R", has_drive,
       [](GuiContext& c) { c.view.filters.range.on ^= true; }, false,
       [](const GuiContext& c) { return c.view.filters.range.on; }},
      {"view.filter_selected", "Only points of the selected box", "View", "Alt+B", has_drive,
       toggle_inside_selected, false, [](const GuiContext& c) { return c.view.filters.inside_selected; }},
      {"view.filter_annotated", "Only annotated points, only others, all", "View", "Alt+U", has_drive,
       next_shown},
      {"view.clip", "Clipping box", "View", "Alt+C", has_drive, toggle_clipping, false,
       [](const GuiContext& c) {
         return c.workspace && clips_in(c.view.filters, c.workspace->drive().name);
       }},
      {"view.clip_selected", "Clipping box round the selected box", "View", "Alt+Shift+C",
       [](const GuiContext& c) { return c.workspace && c.ui.selected.has_value(); },
       [](GuiContext& c) { clip_to_selected(c); }},
      {"view.clip_view", "Clipping box about what the view shows", "View", "", has_drive, clip_to_view},
      {"view.show_all", "Show all points: no filter", "View", "Alt+X", has_drive,
       [](GuiContext& c) { turn_off(c.view.filters); }},
  };
}

ActionFamily overlays() {
  return {
      {"view.rings", "Range rings", "View", "Shift+R", has_drive, toggle<&ViewState::range_rings>, false,
       is_on<&ViewState::range_rings>},
      {"view.ghosts", "Objects outside their life", "View", "Alt+G", has_drive,
       toggle<&ViewState::show_ghosts>, false, is_on<&ViewState::show_ghosts>},
      {"view.labels", "Class and number beside boxes", "View", "Shift+B", has_drive,
       toggle<&ViewState::show_labels>, false, is_on<&ViewState::show_labels>},
      {"view.trail", "The selected object's way through the drive", "View", "Shift+T", has_drive,
       toggle<&ViewState::show_trail>, false, is_on<&ViewState::show_trail>},
      {"view.overlay_points", "Points over the images", "View", "Shift+P", has_drive,
       toggle<&ViewState::overlay_points>, false, is_on<&ViewState::overlay_points>},
      {"view.overlay_boxes", "Boxes over the images", "View", "Shift+O", has_drive,
       toggle<&ViewState::overlay_boxes>, false, is_on<&ViewState::overlay_boxes>},
      {"view.overlay_hidden", "Points the camera cannot see", "View", "Shift+H", has_drive,
       toggle<&ViewState::overlay_hidden>, false, is_on<&ViewState::overlay_hidden>},
      {"view.larger", "Larger text", "View", "Ctrl+= | Ctrl+Plus", nullptr,
       [](GuiContext& c) { rescale(c, 1.1f); }, true},
      {"view.smaller", "Smaller text", "View", "Ctrl+- | Ctrl+Minus", nullptr,
       [](GuiContext& c) { rescale(c, 1 / 1.1f); }, true},
      {"view.usual_size", "Text at its usual size", "View", "Ctrl+0", nullptr,
       [](GuiContext& c) { c.view.ui_scale = 1; }},
  };
}

}  // namespace

ActionFamily actions_view() {
  ActionFamily all = cameras();
  for (const ActionFamily& more : {points(), filters(), overlays()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace sweepmark::gui
