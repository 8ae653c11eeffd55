// What the views show at the cursor: the sweep, its pose, its boxes, and how points are coloured.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/gui/gui_context.hpp"
#include "core/labels/taxonomy.hpp"
#include "render/class_colours.hpp"
#include "render/colour.hpp"

namespace sweepmark::gui {

struct SweepScene {
  std::size_t index = 0;
  TimestampNs time;
  std::shared_ptr<const PointCloud>
      cloud;  // null while it loads, where it cannot be read, and where there is none
  bool loading = false;
  std::string problem;  // why there are no points; empty otherwise
  Pose<Ego, Sensor> ego_from_cloud;
  Pose<World, Ego> world_from_ego;

  Pose<World, Sensor> world_from_cloud() const { return world_from_ego * ego_from_cloud; }
  Point<World> world(const Point<Ego>& point) const { return world_from_ego * point; }
  Point<Ego> ego(const Point<World>& point) const { return world_from_ego.inverse() * point; }
  Point<World> position(std::uint32_t point) const {
    return world_from_cloud() * Point<Sensor>(cloud->position(point));
  }
};

// A drive must be open and have a sweep.
SweepScene scene_at_cursor(GuiContext& context);
bool has_sweeps(const GuiContext& context);

// With all that the present colouring and filters ask for.
// Whether colours or filters go by class or instance.
bool needs_labels(const ViewState& view);
ScenePoints points_of(GuiContext& context, const SweepScene& scene);
// Of each point, see labels_with_boxes; null while there is no cloud.
std::shared_ptr<const std::vector<PointLabel>> annotations(GuiContext& context, const SweepScene& scene);
// What the filters mean here and now.
FilterMoment filter_moment(GuiContext& context, const SweepScene& scene);
// Colours and sizes as ViewState says. Its label colours live in the view memory until the next call.
PointStyle point_style(GuiContext& context, const SweepScene& scene);
// Height of the ground round the vehicle, ego frame; 0 where no points tell. Worked out once a sweep.
double ground_under_vehicle(GuiContext& context, const SweepScene& scene);

// A box at the cursor as it is to be drawn: a draft stands in for the document's.
struct ShownBox : VisibleBox {
  bool selected = false;      // the one that views and panels show
  bool selected_too = false;  // beside it
  bool hovered = false;
  bool draft = false;
};
// Ghosts as ViewState says; the selected one always. A new box's draft has track 0.
enum class Drafts { shown, left_out };
std::vector<ShownBox> shown_boxes(GuiContext& context, Drafts drafts = Drafts::shown);
std::optional<ShownBox> selected_box(GuiContext& context);

std::string class_name(const Taxonomy& taxonomy, ClassId id);
// "Car 12"
std::string title_of(const Taxonomy& taxonomy, const ShownBox& box);

// The draft of a box that is shown, as draft.hpp has it.
bool draft_box(GuiContext& context, const ShownBox& shown, const Box3<Ego>& box);

// What the mouse would do here, for the status line.
void offer_hint(GuiContext& context, std::string hint);

}  // namespace sweepmark::gui
