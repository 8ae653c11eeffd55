#include "app/gui/trail.hpp"

#include <algorithm>
#include <cmath>

#include "app/gui/view_memory.hpp"
#include "app/gui/view_scene.hpp"
#include "core/assist/interpolate.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark::gui {
namespace {

TrailPoint::Kind kind_at(const Track& track, TimestampNs time) {
  const Keyframe* const keyframe = track.keyframe_at(time);
  if (!keyframe) return TrailPoint::Kind::derived;
  return keyframe->origin == Origin::automatic ? TrailPoint::Kind::automatic : TrailPoint::Kind::placed;
}

// Half as strong twenty sweeps away, and never quite gone.
double strength(std::size_t sweep, std::size_t now) {
  const double away = std::abs(static_cast<double>(sweep) - static_cast<double>(now));
  return 0.2 + 0.8 * std::exp2(-away / 20.0);
}

const Trail& selected_trail(GuiContext& context, const Track& track) {
  Workspace& workspace = *context.workspace;
  ViewMemory::KeptTrail& kept = context.resources.memory().trail;
  const Revision revision = workspace.session().revision();
  if (kept.of != revision || kept.track != track.id) {
    const Trajectory& trajectory = trajectory_of(workspace.document(), workspace.drive());
    kept = {revision, track.id, trail_of(track, workspace.drive(), trajectory)};
  }
  return kept.trail;
}

}  // namespace

Trail trail_of(const Track& track, const Drive& drive, const Trajectory& trajectory) {
  Trail trail;
  const auto lifetime = track.lifetime();
  if (!lifetime) return trail;
  const auto begin = std::ranges::lower_bound(drive.sweeps, lifetime->first, {}, &SweepEntry::time);
  for (auto entry = begin; entry != drive.sweeps.end() && entry->time <= lifetime->last; ++entry) {
    const auto derived = box_at(track, trajectory, entry->time);
    if (!derived) continue;
    const auto sweep = static_cast<std::size_t>(entry - drive.sweeps.begin());
    trail.push_back({sweep, (trajectory.world_from_ego(entry->time) * derived->box).centre(),
                     kind_at(track, entry->time), !trail.empty() && trail.back().sweep + 1 == sweep});
  }
  return trail;
}

void draw_trail(ImDrawList& list, const Trail& trail, std::size_t now, Rgba colour, const ViewCamera& camera,
                const Area& area) {
  std::vector<ScreenLine> lines;
  for (std::size_t i = 1; i < trail.size(); ++i) {
    if (!trail[i].joined) continue;
    const Rgba faded = with_alpha(colour, strength(trail[i].sweep, now));
    if (const auto line = project_line(trail[i - 1].at, trail[i].at, faded, 1.6f, camera, viewport_of(area)))
      lines.push_back(*line);
  }
  draw_lines(list, lines, corner(area));
  const float radius = 0.26f * ImGui::GetFontSize();
  for (const TrailPoint& point : trail) {
    const auto pixel = camera.pixel_from(point.at, viewport_of(area));
    if (!pixel || point.kind == TrailPoint::Kind::derived) continue;
    const ImVec2 spot{area.x + static_cast<float>(pixel->x()), area.y + static_cast<float>(pixel->y())};
    const bool placed = point.kind == TrailPoint::Kind::placed;
    const double alpha = std::max(placed ? 0.6 : 0.3, strength(point.sweep, now));
    list.AddCircleFilled(spot, placed ? radius : 0.45f * radius,
                         colour_of(with_alpha(placed ? brighter(colour, 0.6) : colour, alpha)));
  }
}

void draw_selected_trail(GuiContext& context, ImDrawList& list, const ViewCamera& camera, const Area& area) {
  if (!context.view.show_trail || !context.ui.selected) return;
  const Document& document = context.workspace->document();
  const Track* const track = document.track(*context.ui.selected);
  if (!track) return;
  draw_trail(list, selected_trail(context, *track), context.ui.cursor,
             brighter(class_colour(document.taxonomy, track->properties.class_id), 0.2), camera, area);
}

}  // namespace sweepmark::gui
