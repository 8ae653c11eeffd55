// What holds for the drive as a whole: the vehicle's motion and the ontology.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "app/gui/action.hpp"
#include "app/gui/shell/parts.hpp"
#include "app/gui/shell/shell_state.hpp"
#include "core/assist/odometry.hpp"
#include "core/commands/ego_motion_arguments.hpp"
#include "core/labels/ontology_presets.hpp"

namespace sweepmark::gui {
namespace {

bool has_drive(const GuiContext& context) {
  return context.workspace != nullptr;
}
// Recorded poses go first wherever there are any: an estimate would change nothing.
bool has_no_recorded_poses(const GuiContext& context) {
  return has_drive(context) && context.workspace->drive().trajectory.source() == PoseSource::none &&
         context.workspace->drive().sweeps.size() > 1;
}
bool has_estimate(const GuiContext& context) {
  return has_drive(context) && context.workspace->document().ego_motion != nullptr;
}

void estimate(GuiContext& context) {
  ask_for(
      context, "Estimating ego motion",
      [](const SuggestContext& from, const Progress& progress) -> Result<CommandCall> {
        SWEEPMARK_TRY(found, estimate_ego_motion(from.drive, {}, progress));
        return CommandCall{"ego.set_estimated", ego_motion_arguments(found.trajectory)};
      },
      [](const CommandCall& call) {
        return fmt::format("The vehicle's motion was estimated over {} sweeps; one undo takes it back.",
                           call.args["poses"].size());
      });
}

void load_ontology(GuiContext& context) {
  context.shell->ontology_problem.clear();
  begin_browsing(*context.shell);
  context.shell->dialog = Dialog::load_ontology;
}

// Actions are plain functions: one for each preset there may be.
constexpr std::size_t most_presets = 8;

template <std::size_t Which>
void take_preset(GuiContext& context) {
  set_ontology(context, std::string(ontology_presets()[Which].text));
}

template <std::size_t... Which>
std::vector<void (*)(GuiContext&)> preset_runs(std::index_sequence<Which...>) {
  return {take_preset<Which>...};
}

struct PresetNames {
  std::string name, title;
};

// Actions refer to their names: these live as long as the program.
const std::vector<PresetNames>& preset_names() {
  static const std::vector<PresetNames> names = [] {
    std::vector<PresetNames> all;
    for (const OntologyPreset& preset : ontology_presets()) {
      const auto ontology = ontology_from_json(preset.text);
      all.push_back({"ontology." + std::string(preset.name),
                     "Ontology: " + (ontology ? ontology->job.name : std::string(preset.name))});
    }
    return all;
  }();
  return names;
}

}  // namespace

ActionFamily actions_drive() {
  ActionFamily all = {
      {"ego.estimate", "Estimate ego motion", "Drive", "", has_no_recorded_poses, estimate},
      {"ego.clear", "Forget the estimated ego motion", "Drive", "", has_estimate,
       [](GuiContext& c) { c.run("ego.clear_estimated", nlohmann::json::object()); }},
      {"ontology.load", "Load an ontology…", "Drive", "", has_drive, load_ontology},
  };
  const auto runs = preset_runs(std::make_index_sequence<most_presets>{});
  for (std::size_t i = 0; i < std::min(runs.size(), preset_names().size()); ++i)
    all.push_back({preset_names()[i].name, preset_names()[i].title, "Drive", "", has_drive, runs[i]});
  return all;
}

}  // namespace sweepmark::gui
