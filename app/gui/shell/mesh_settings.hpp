// The meshes that are shown, as they are remembered.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "app/gui/shown_mesh.hpp"

namespace sweepmark::gui {

nlohmann::json meshes_json(const std::vector<ShownMesh>& meshes);
// One that is damaged is left out.
void read_meshes(const nlohmann::json& j, std::vector<ShownMesh>& meshes);

}  // namespace sweepmark::gui
