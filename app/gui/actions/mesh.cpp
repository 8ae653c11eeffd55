// Meshes shown among the points.
#include "app/gui/action.hpp"
#include "app/gui/mesh_overlays.hpp"
#include "app/gui/selection.hpp"

namespace sweepmark::gui {
namespace {

void show_mesh(GuiContext& context) {
  offer_mesh(*context.shell, {});
}

bool has_meshes(const GuiContext& context) {
  return context.workspace && !context.view.meshes.empty();
}

void remove_meshes(GuiContext& context) {
  context.view.meshes.clear();
}

}  // namespace

ActionFamily actions_mesh() {
  return {
      {"view.show_mesh", "Show a mesh…", "View", "", has_drive, show_mesh},
      {"view.remove_meshes", "Remove meshes", "View", "", has_meshes, remove_meshes},
  };
}

}  // namespace sweepmark::gui
