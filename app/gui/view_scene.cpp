#include "app/gui/view_scene.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/gui/annotated_points.hpp"
#include "app/gui/draft.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/view_memory.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark::gui {

namespace {

// The share `q` of the values lies below it; a sample of the values is enough for colours.
double quantile(std::vector<float>& values, double q) {
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

// Empty: by no channel.
std::string_view channel_named(PointColouring colouring) {
  if (colouring == PointColouring::intensity) return "intensity";
  if (colouring == PointColouring::ring) return "ring";
  return colouring == PointColouring::time ? "time" : "";
}

std::vector<float> sampled_values(const SweepScene& scene, PointColouring colouring) {
  const PointCloud& cloud = *scene.cloud;
  const std::size_t step = std::max<std::size_t>(1, cloud.size() / 20'000);
  std::vector<float> values;
  if (const std::string_view name = channel_named(colouring); !name.empty()) {
    const std::vector<float> channel = cloud.channel_as_float(name);
    for (std::size_t i = 0; i < channel.size(); i += step) values.push_back(channel[i]);
    return values;
  }
  for (std::size_t i = 0; i < cloud.size(); i += step) {
    const Eigen::Vector3d p = (scene.ego_from_cloud * Point<Sensor>(cloud.position(i))).metres;
    values.push_back(
        static_cast<float>(colouring == PointColouring::height ? p.z() : cloud.position(i).norm()));
  }
  return values;
}

// From now back to the oldest label of this sweep, and at least a minute.
ViewMemory::Range age_range(const ViewMemory& memory) {
  float oldest = 1.0f / 60;
  if (memory.aged.hours)
    for (const float hours : *memory.aged.hours)
      oldest = std::max(oldest, hours);  // false for what is unknown
  return {PointColouring::label_age, 0, oldest};
}

// Worked out on the first sweep that is shown and kept, so that colours mean the same from sweep to sweep.
ViewMemory::Range automatic_range(GuiContext& context, const SweepScene& scene) {
  ViewMemory& memory = context.resources.memory();
  const PointColouring colouring = context.view.colouring;
  if (colouring == PointColouring::label_age) return age_range(memory);
  if (memory.range && memory.range->colouring == colouring) return *memory.range;
  if (!scene.cloud) return {colouring, context.view.low, context.view.high};
  std::vector<float> values = sampled_values(scene, colouring);
  if (values.empty()) return {colouring, 0, 1};
  double low = quantile(values, 0.02), high = quantile(values, 0.98);
  if (colouring == PointColouring::height)
    high = std::min(high, low + 6.0);  // treetops would make cars one colour
  if (colouring == PointColouring::range) low = 0;
  if (!(high > low)) high = low + 1;
  // The darkest colours of a map are lost on the dark ground: nothing that matters, the road least of all,
  // may take them.
  if (colouring != PointColouring::range && colouring != PointColouring::time) low -= 0.15 * (high - low);
  memory.range = ViewMemory::Range{colouring, low, high};
  return *memory.range;
}

// The log is read in pieces, a piece a frame.
void read_log(GuiContext& context) {
  constexpr std::size_t commits_a_frame = 200;
  ViewMemory& memory = context.resources.memory();
  Session& session = context.workspace->session();
  if (!memory.ages_problem.empty() || memory.ages.revision() >= session.revision()) return;
  const auto caught_up = memory.ages.catch_up(session, commits_a_frame);
  if (!caught_up) {
    memory.ages_problem = to_string(caught_up.error());
    context.say(Message::Kind::warning, "The age of labels cannot be told: " + memory.ages_problem);
  } else if (!*caught_up) {
    context.needs_redraw = true;
  }
}

std::int64_t unix_ms_now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::shared_ptr<const std::vector<float>> hours_since_change(GuiContext& context, const SweepScene& scene) {
  constexpr double good_for_s = 60;
  read_log(context);
  ViewMemory& memory = context.resources.memory();
  ViewMemory::Aged& kept = memory.aged;
  const bool fresh = kept.cloud == scene.cloud && kept.of == memory.ages.revision() &&
                     kept.sweep == scene.index && context.now - kept.at < good_for_s;
  if (!fresh)
    kept = {scene.cloud, memory.ages.revision(), scene.index, context.now,
            std::make_shared<const std::vector<float>>(label_ages(
                *scene.cloud, scene.ego_from_cloud, scene.time, context.workspace->boxes_at(scene.index),
                context.workspace->document(), memory.ages, unix_ms_now()))};
  return kept.hours;
}

const Box3<Ego>* box_in_draft(const BoxDraft& draft, TrackId track) {
  if (draft.track == track) return &draft.box;
  for (const auto& [other, box] : draft.along)
    if (other == track) return &box;
  return nullptr;
}

}  // namespace

bool has_sweeps(const GuiContext& context) {
  return context.workspace && context.ui.cursor < context.workspace->drive().sweeps.size();
}

SweepScene scene_at_cursor(GuiContext& context) {
  Workspace& workspace = *context.workspace;
  const Drive& drive = workspace.drive();
  SweepScene scene;
  scene.index = context.ui.cursor;
  const SweepEntry& entry = drive.sweeps[scene.index];
  scene.time = entry.time;
  scene.ego_from_cloud = drive.rig.ego_from(entry.lidar);
  scene.world_from_ego = trajectory_of(workspace.document(), drive).world_from_ego(entry.time);
  if (entry.file.empty()) {
    scene.problem = "This moment has no points: the drive lists it without a sweep.";
    return scene;
  }
  const auto loaded = workspace.sweeps().peek(scene.index);
  scene.loading = !loaded;
  if (loaded && *loaded) scene.cloud = **loaded;
  if (loaded && !*loaded) scene.problem = to_string(loaded->error());
  return scene;
}

std::shared_ptr<const std::vector<PointLabel>> annotations(GuiContext& context, const SweepScene& scene) {
  if (!scene.cloud) return nullptr;
  ViewMemory::Annotated& kept = context.resources.memory().annotated;
  const auto own = context.resources.labels(context.workspace->document(), scene.time, scene.cloud);
  const Revision revision = context.workspace->session().revision();
  if (kept.cloud != scene.cloud || kept.own != own || kept.of != revision || kept.sweep != scene.index)
    kept = {scene.cloud, own,
            std::make_shared<const std::vector<PointLabel>>(labels_with_boxes(
                *scene.cloud, own.get(), scene.ego_from_cloud, context.workspace->boxes_at(scene.index))),
            revision, scene.index};
  return kept.labels;
}

FilterMoment filter_moment(GuiContext& context, const SweepScene& scene) {
  FilterMoment moment;
  moment.drive = context.workspace->drive().name;
  moment.ground = scene.world(Point<Ego>(0, 0, ground_under_vehicle(context, scene))).z();
  if (const auto selected = selected_box(context); selected && selected->track.value != 0) {
    moment.selected = scene.world_from_ego * selected->box;
    moment.selected_name = title_of(context.workspace->document().taxonomy, *selected);
  }
  return moment;
}

bool needs_labels(const ViewState& view) {
  return view.colouring == PointColouring::label || view.colouring == PointColouring::instance ||
         view.filters.shown != PointsShown::all || !view.filters.hidden_classes.empty();
}

ScenePoints points_of(GuiContext& context, const SweepScene& scene) {
  ScenePoints points{scene.cloud, scene.world_from_cloud().matrix()};
  if (needs_labels(context.view)) points.labels = annotations(context, scene);
  if (context.view.colouring == PointColouring::camera)
    points.painted = context.workspace->camera_colours_at(scene.index);
  if (context.view.colouring == PointColouring::label_age) points.values = hours_since_change(context, scene);
  return points;
}

PointStyle point_style(GuiContext& context, const SweepScene& scene) {
  ViewMemory& memory = context.resources.memory();
  memory.label_colours = class_colours(context.workspace->document().taxonomy);
  PointStyle style;
  style.colouring = context.view.colouring;
  style.map = context.view.map;
  style.size_px = context.view.point_size;
  style.size_m = context.view.points_by_metre ? context.view.point_metres : 0.0;
  style.eye_dome = context.view.eye_dome ? context.view.eye_dome_strength : 0.0;
  style.filter = point_filter(context.view.filters, filter_moment(context, scene));
  style.label_colours = memory.label_colours;
  style.low = context.view.low;
  style.high = context.view.high;
  if (context.view.automatic_range) {
    const ViewMemory::Range range = automatic_range(context, scene);
    style.low = range.low;
    style.high = range.high;
  }
  if (style.colouring == PointColouring::height) {
    style.low += scene.world_from_ego.translation().z();
    style.high += scene.world_from_ego.translation().z();
  }
  return style;
}

double ground_under_vehicle(GuiContext& context, const SweepScene& scene) {
  ViewMemory::Ground& ground = context.resources.memory().ground;
  if (scene.cloud && ground.cloud != scene.cloud.get())
    ground = {scene.cloud.get(),
              ground_height_near(*scene.cloud, scene.ego_from_cloud, {0, 0}, 12.0).value_or(ground.height)};
  return ground.height;
}

std::vector<ShownBox> shown_boxes(GuiContext& context, Drafts drafts) {
  const UiState& ui = context.ui;
  const BoxDraft* const draft = drafts == Drafts::shown ? draft_at_cursor(context) : nullptr;
  std::vector<ShownBox> result;
  for (const VisibleBox& box : context.workspace->boxes_at(ui.cursor)) {
    const bool selected = ui.selected == box.track;
    ShownBox shown{box, selected, !selected && is_selected(ui, box.track), ui.hovered == box.track};
    if (box.ghost && !context.view.show_ghosts && !shown.selected && !shown.selected_too) continue;
    if (const Box3<Ego>* drafted = draft ? box_in_draft(*draft, box.track) : nullptr) {
      shown.box = *drafted;
      shown.draft = true;
    }
    result.push_back(shown);
  }
  if (draft && !draft->track)
    result.push_back({{TrackId{0}, draft->class_id, draft->box, true, false}, true, false, false, true});
  return result;
}

std::optional<ShownBox> selected_box(GuiContext& context) {
  for (const ShownBox& box : shown_boxes(context))
    if (box.selected) return box;
  return std::nullopt;
}

std::string class_name(const Taxonomy& taxonomy, ClassId id) {
  const auto found = taxonomy.find(id);
  return found == taxonomy.end() ? fmt::format("class {}", id.value) : found->second.name;
}

std::string title_of(const Taxonomy& taxonomy, const ShownBox& box) {
  const std::string name = class_name(taxonomy, box.class_id);
  return box.track.value == 0 ? name : fmt::format("{} {}", name, box.track.value);
}

bool draft_box(GuiContext& context, const ShownBox& shown, const Box3<Ego>& box) {
  return draft_box(context, shown.track.value == 0 ? std::nullopt : std::optional(shown.track),
                   shown.class_id, box);
}

void offer_hint(GuiContext& context, std::string hint) {
  ViewMemory& memory = context.resources.memory();
  memory.panel_hint = std::move(hint);
  memory.panel_hint_frame = ImGui::GetFrameCount();
  context.ui.hint = memory.panel_hint;
}

}  // namespace sweepmark::gui
