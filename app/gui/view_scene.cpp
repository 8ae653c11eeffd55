#include "app/gui/view_scene.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/gui/draft.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/view_memory.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark::gui {

namespace {

const Rgba unlabelled{110, 116, 126, 255};

// The share `q` of the values lies below it; a sample of the values is enough for colours.
double quantile(std::vector<float>& values, double q) {
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

std::vector<float> sampled_values(const SweepScene& scene, PointColouring colouring) {
  const PointCloud& cloud = *scene.cloud;
  const std::size_t step = std::max<std::size_t>(1, cloud.size() / 20'000);
  std::vector<float> values;
  if (colouring == PointColouring::intensity || colouring == PointColouring::ring) {
    const std::vector<float> channel =
        cloud.channel_as_float(colouring == PointColouring::ring ? "ring" : "intensity");
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

// Worked out on the first sweep that is shown and kept, so that colours mean the same from sweep to sweep.
ViewMemory::Range automatic_range(GuiContext& context, const SweepScene& scene) {
  ViewMemory& memory = context.resources.memory();
  const PointColouring colouring = context.view.colouring;
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
  if (colouring != PointColouring::range) low -= 0.15 * (high - low);
  memory.range = ViewMemory::Range{colouring, low, high};
  return *memory.range;
}

void update_label_colours(ViewMemory& memory, const Taxonomy& taxonomy) {
  const std::size_t count = taxonomy.empty() ? 1 : std::size_t{taxonomy.rbegin()->first.value} + 1;
  memory.label_colours.assign(count, unlabelled);
  for (const auto& [id, definition] : taxonomy) memory.label_colours[id.value] = class_colour(taxonomy, id);
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

ScenePoints points_of(GuiContext& context, const SweepScene& scene) {
  return {scene.cloud, scene.world_from_cloud().matrix(),
          context.resources.labels(context.workspace->document(), scene.time, scene.cloud)};
}

PointStyle point_style(GuiContext& context, const SweepScene& scene) {
  ViewMemory& memory = context.resources.memory();
  update_label_colours(memory, context.workspace->document().taxonomy);
  PointStyle style;
  style.colouring = context.view.colouring;
  style.map = context.view.map;
  style.size_px = context.view.point_size;
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

Rgba class_colour(const Taxonomy& taxonomy, ClassId id) {
  const auto found = taxonomy.find(id);
  if (found == taxonomy.end()) return unlabelled;
  const auto& [r, g, b] = found->second.colour;
  return {r, g, b, 255};
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
