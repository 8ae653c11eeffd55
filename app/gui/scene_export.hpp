// The scene at the cursor as files for ParaView.
#pragma once

#include <filesystem>
#include <vector>

#include "app/gui/gui_context.hpp"
#include "render/exchange/paraview_scene.hpp"

namespace sweepmark::gui {

// Holds all it is made of, so that a job can write it.
struct SceneToSave {
  std::vector<ScenePoints> points;
  std::vector<SceneBox> boxes;
  std::vector<SceneMesh> meshes;
};

// All points of the sweep at the cursor with their labels, its boxes (none that only would be there), and the
// meshes that are shown. Error: the sweep is not there to be saved. A drive must be open and have a sweep.
Result<SceneToSave> scene_to_save(GuiContext& context);

// See write_paraview_scene.
Result<void> save_scene(const SceneToSave& scene, const std::filesystem::path& file);

}  // namespace sweepmark::gui
