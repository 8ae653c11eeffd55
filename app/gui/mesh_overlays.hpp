// Meshes among the points of the 3D view: which are wanted, reading them in the background, where they stand.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/gui_context.hpp"
#include "render/triangle_mesh.hpp"

namespace sweepmark::gui {

// A file as far as it is read.
struct MeshFile {
  std::shared_ptr<const TriangleMesh> mesh;        // null while it is read, and where it cannot be
  Eigen::Vector3f size = Eigen::Vector3f::Zero();  // extent along its own axes, metres
  std::string problem;                             // why there is no mesh
  bool reading = false;
};
using MeshFiles = std::map<std::string, MeshFile>;  // by ShownMesh::file

// What the dialog is about: one mesh, shown while it is being placed.
struct MeshChoice {
  ShownMesh mesh;
  std::optional<std::size_t> of;  // of ViewState::meshes, the one that is changed; none: a further one
  bool browsing = false;
};

// By its ending alone. Such a .ply may hold points without faces.
bool is_mesh_file(const std::filesystem::path& file);

// Opens the dialog for a file; an empty path leaves it to be chosen.
void offer_mesh(ShellState& shell, const std::filesystem::path& file);
// What the dialog holds is shown from now on.
void keep_choice(GuiContext& context);
// One that is shown goes; what the dialog holds stays what it was.
void remove_mesh(GuiContext& context, std::size_t index);

// Those of the view, the one in the open dialog in its place.
std::vector<ShownMesh> wanted_meshes(const GuiContext& context);
// Starts jobs for wanted files that were not read yet, and forgets files that are not wanted. To be called
// once a frame. A file of the view that cannot be read is a notice.
void read_meshes(GuiContext& context);
// Wanted meshes as far as they are read.
std::vector<SceneMesh> meshes_in_scene(const GuiContext& context, const Pose<World, Ego>& world_from_ego);

}  // namespace sweepmark::gui
