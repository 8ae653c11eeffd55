// What holds for the drive as a whole: the vehicle's motion and the ontology.
#include <algorithm>
#include <vector>

#include "app/gui/action.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/shell/ego_motion.hpp"
#include "app/gui/shell/parts.hpp"
#include "app/gui/shell/shell_state.hpp"
#include "core/labels/ontology_presets.hpp"

namespace sweepmark::gui {
namespace {

// Recorded poses go first wherever there are any: an estimate would change nothing.
bool has_no_recorded_poses(const GuiContext& context) {
  return has_drive(context) && context.workspace->drive().trajectory.source() == PoseSource::none &&
         context.workspace->drive().sweeps.size() > 1;
}
bool has_estimate(const GuiContext& context) {
  return has_drive(context) && context.workspace->document().ego_motion != nullptr;
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
      {"ego.estimate", "Estimate ego motion", "Drive", "", has_no_recorded_poses, ask_for_ego_motion},
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
