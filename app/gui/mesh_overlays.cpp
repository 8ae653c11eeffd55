#include "app/gui/mesh_overlays.hpp"

#include <algorithm>

#include "app/gui/shell/shell_state.hpp"
#include "core/base/text.hpp"
#include "render/exchange/mesh_file.hpp"

namespace sweepmark::gui {

namespace {

bool in_dialog(const ShellState& shell) {
  return shell.dialog == Dialog::show_mesh && !shell.mesh.mesh.file.empty();
}

Eigen::Vector3f extent(const TriangleMesh& mesh) {
  if (mesh.positions.empty()) return Eigen::Vector3f::Zero();
  Eigen::Vector3f low = mesh.positions.front(), high = low;
  for (const Eigen::Vector3f& position : mesh.positions) {
    low = low.cwiseMin(position);
    high = high.cwiseMax(position);
  }
  return high - low;
}

MeshFile read_file(const std::string& file, const Progress& progress) {
  MeshFile result;
  auto mesh = read_mesh(file);
  if (progress.stop.stop_requested()) {
    result.problem = "reading it was stopped";
  } else if (!mesh) {
    result.problem = to_string(mesh.error());
  } else {
    result.size = extent(*mesh);
    result.mesh = std::make_shared<const TriangleMesh>(std::move(*mesh));
  }
  return result;
}

// The dialog says itself what is wrong with the file it holds.
bool is_news(const ShellState& shell, const ViewState& view, const std::string& file) {
  const bool shown = std::ranges::find(view.meshes, file, &ShownMesh::file) != view.meshes.end();
  return shown && !(in_dialog(shell) && shell.mesh.mesh.file == file);
}

void start_reading(GuiContext& context, const std::string& file) {
  ShellState& shell = *context.shell;
  shell.mesh_files[file].reading = true;
  shell.background->start(
      "Reading " + std::filesystem::path(file).filename().string(),
      [file, &shell, &view = context.view, &ui = context.ui,
       now = context.now](const Progress& progress) -> Jobs::Finish {
        return [file, read = read_file(file, progress), &shell, &view, &ui, now]() mutable {
          if (!read.problem.empty() && is_news(shell, view, file))
            ui.messages.push_back({Message::Kind::warning, "A mesh is not shown: " + read.problem, now});
          shell.mesh_files[file] = std::move(read);
        };
      });
}

}  // namespace

bool is_mesh_file(const std::filesystem::path& file) {
  const auto endings = mesh_file_endings();
  return std::ranges::find(endings, lowered(file.extension().string())) != endings.end();
}

void offer_mesh(ShellState& shell, const std::filesystem::path& file) {
  shell.mesh = {};
  shell.mesh.mesh.file = file.string();
  shell.mesh_files.erase(shell.mesh.mesh.file);  // it may be another by now
  shell.dialog = Dialog::show_mesh;
}

void keep_choice(GuiContext& context) {
  MeshChoice& choice = context.shell->mesh;
  std::vector<ShownMesh>& meshes = context.view.meshes;
  if (choice.of && *choice.of < meshes.size())
    meshes[*choice.of] = choice.mesh;
  else
    meshes.push_back(choice.mesh);
  choice = {};
}

void remove_mesh(GuiContext& context, std::size_t index) {
  std::optional<std::size_t>& of = context.shell->mesh.of;
  context.view.meshes.erase(context.view.meshes.begin() + static_cast<std::ptrdiff_t>(index));
  if (of == index)
    context.shell->mesh = {};
  else if (of && *of > index)
    --*of;
}

std::vector<ShownMesh> wanted_meshes(const GuiContext& context) {
  std::vector<ShownMesh> wanted = context.view.meshes;
  if (!context.shell || !in_dialog(*context.shell)) return wanted;
  const MeshChoice& choice = context.shell->mesh;
  if (choice.of && *choice.of < wanted.size())
    wanted[*choice.of] = choice.mesh;
  else
    wanted.push_back(choice.mesh);
  return wanted;
}

void read_meshes(GuiContext& context) {
  MeshFiles& files = context.shell->mesh_files;
  const std::vector<ShownMesh> wanted = context.workspace ? wanted_meshes(context) : std::vector<ShownMesh>();
  std::erase_if(files, [&](const auto& each) {
    return !each.second.reading && std::ranges::find(wanted, each.first, &ShownMesh::file) == wanted.end();
  });
  for (const ShownMesh& mesh : wanted)
    if (!files.contains(mesh.file) && (is_mesh_file(mesh.file) || !in_dialog(*context.shell)))
      start_reading(context, mesh.file);
}

std::vector<SceneMesh> meshes_in_scene(const GuiContext& context, const Pose<World, Ego>& world_from_ego) {
  std::vector<SceneMesh> meshes;
  if (!context.shell) return meshes;
  for (const ShownMesh& each : wanted_meshes(context))
    if (const auto file = context.shell->mesh_files.find(each.file);
        file != context.shell->mesh_files.end() && file->second.mesh)
      meshes.push_back({file->second.mesh, (world_from_ego * ego_from_mesh(each)).matrix()});
  return meshes;
}

}  // namespace sweepmark::gui
