// Which mesh is shown among the points, and where it stands; what is changed shows at once.
#include <fmt/format.h>
#include <imgui.h>

#include "app/gui/icons.hpp"
#include "app/gui/shell/parts.hpp"

namespace sweepmark::gui {
namespace {

void draw_number(GuiContext& context, const char* name, double& value, float speed, const char* format) {
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(name);
  ImGui::SameLine(ImGui::GetFontSize() * 3);
  ImGui::SetNextItemWidth(-1);
  const double low = -1e4, high = 1e4;
  ImGui::DragScalar(fmt::format("##{}", name).c_str(), ImGuiDataType_Double, &value, speed, &low, &high,
                    format, ImGuiSliderFlags_AlwaysClamp);
  mark_item(context.ui.places, fmt::format("mesh.{}", name));
}

void draw_placement(GuiContext& context, ShownMesh& mesh) {
  ImGui::TextDisabled("In the vehicle's frame: forward, left, up");
  draw_number(context, "x", mesh.place.x(), 0.02f, "%.2f m");
  draw_number(context, "y", mesh.place.y(), 0.02f, "%.2f m");
  draw_number(context, "z", mesh.place.z(), 0.02f, "%.2f m");
  draw_number(context, "yaw", mesh.yaw_degrees, 0.5f, "%.1f°");
}

// What is known of the file.
void draw_state(const GuiContext& context, const ShownMesh& mesh) {
  if (mesh.file.empty()) return ImGui::TextDisabled("STL, OBJ, PLY or glTF; lengths are taken as metres.");
  if (!is_mesh_file(mesh.file))
    return ImGui::TextDisabled("Its name ends in .stl, .obj, .ply, .gltf or .glb.");
  const auto found = context.shell->mesh_files.find(mesh.file);
  if (found == context.shell->mesh_files.end() || found->second.reading)
    return ImGui::TextDisabled("%s reading it …", icons::clock);
  const MeshFile& file = found->second;
  if (!file.mesh) return ImGui::TextColored(theme::vec(theme::error), "%s", file.problem.c_str());
  ImGui::TextColored(theme::vec(theme::good), "%s %zu triangles, %.2f × %.2f × %.2f m", icons::check,
                     file.mesh->triangles.size(), static_cast<double>(file.size.x()),
                     static_cast<double>(file.size.y()), static_cast<double>(file.size.z()));
}

std::string title_of(const ShownMesh& mesh) {
  return fmt::format("{}  {:.2f} {:.2f} {:.2f} m, {:.1f}°",
                     std::filesystem::path(mesh.file).filename().string(), mesh.place.x(), mesh.place.y(),
                     mesh.place.z(), mesh.yaw_degrees);
}

// A click takes one up to be changed.
void draw_shown(GuiContext& context) {
  MeshChoice& choice = context.shell->mesh;
  std::optional<std::size_t> gone;
  if (!context.view.meshes.empty()) ImGui::TextDisabled("Shown");
  for (std::size_t i = 0; i < context.view.meshes.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    if (ImGui::Button(icons::trash)) gone = i;
    mark_item(context.ui.places, fmt::format("mesh.{}/remove", i));
    ImGui::SameLine();
    if (ImGui::Selectable(title_of(context.view.meshes[i]).c_str(), choice.of == i))
      choice = {context.view.meshes[i], i};
    mark_item(context.ui.places, fmt::format("mesh.{}", i));
    ImGui::PopID();
  }
  if (gone) remove_mesh(context, *gone);
}

void draw_content(GuiContext& context, MeshChoice& choice) {
  draw_path_field(context, choice.mesh.file, choice.browsing, "mesh.file");
  if (choice.browsing) {
    const auto file = draw_browser(context, context.shell->browser, 0);
    if (!file) return;
    choice.mesh.file = file->string();
    choice.browsing = false;
  }
  ImGui::PushTextWrapPos();
  draw_state(context, choice.mesh);
  ImGui::PopTextWrapPos();
  ImGui::Spacing();
  draw_placement(context, choice.mesh);
  ImGui::Spacing();
  draw_shown(context);
}

void draw_buttons(GuiContext& context, const MeshChoice& choice) {
  const auto found = context.shell->mesh_files.find(choice.mesh.file);
  ImGui::BeginDisabled(found == context.shell->mesh_files.end() || !found->second.mesh);
  const bool keep = primary_button(choice.of ? "Change" : "Show");
  mark_item(context.ui.places, "mesh.show");
  ImGui::EndDisabled();
  ImGui::SameLine();
  const bool closed = ImGui::Button("Close");
  mark_item(context.ui.places, "mesh.close");
  if (keep) keep_choice(context);
  if (!keep && !closed) return;
  context.shell->dialog = Dialog::none;
  ImGui::CloseCurrentPopup();
}

}  // namespace

void draw_mesh_dialog(GuiContext& context, const Area& window) {
  ShellState& shell = *context.shell;
  if (!context.workspace && shell.dialog == Dialog::show_mesh) shell.dialog = Dialog::none;
  if (!begin_dialog(context, Dialog::show_mesh, "Show a mesh", window, 350, 430, DialogPlace::right)) return;
  ImGui::BeginChild("content", ImVec2(0, -ImGui::GetFrameHeightWithSpacing()));
  draw_content(context, shell.mesh);
  ImGui::EndChild();
  draw_buttons(context, shell.mesh);
  end_dialog();
}

}  // namespace sweepmark::gui
