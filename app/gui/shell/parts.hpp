// The parts of the window that are not panels. Each draws itself with ImGui.
#pragma once

#include "app/gui/action.hpp"
#include "app/gui/shell/shell_state.hpp"

namespace sweepmark::gui {

// Everything there is, over the whole window.
void draw_shell(GuiContext& context, const Area& window);

void draw_menu_bar(GuiContext& context);
void draw_slots(GuiContext& context, const Area& area);  // the panels, with splitters between
void draw_start_screen(GuiContext& context, const Area& area);
void draw_status_line(GuiContext& context, const Area& area);
void draw_messages(GuiContext& context, const Area& area);
void draw_palette(GuiContext& context, const Area& window);
void draw_key_sheet(GuiContext& context, const Area& window);
void draw_open_dialog(GuiContext& context, const Area& window);
void draw_drive_choice(GuiContext& context, const Area& window);
void draw_export_dialog(GuiContext& context, const Area& window);
void draw_import_dialog(GuiContext& context, const Area& window);
void draw_rename_dialog(GuiContext& context, const Area& window);
void draw_ontology_dialog(GuiContext& context, const Area& window);
void draw_stack_dialog(GuiContext& context, const Area& window);
void draw_mesh_dialog(GuiContext& context, const Area& window);
void draw_save_scene_dialog(GuiContext& context, const Area& window);

// Opens the dialog that lists the drives under a path.
void offer_choice(ShellState& shell, const std::filesystem::path& path, std::vector<DriveListing> drives);
// Asks for the command that makes an ontology, as text, that of the labels.
void set_ontology(GuiContext& context, const std::string& text);
void begin_browsing(ShellState& shell);  // in the folder of the newest drive, or the home folder

// A modal window, at most `width` × `height` times the scale. False where it is closed: End is called
// already. Its cross and Esc set the dialog to none. In the middle it darkens the window; at the right it
// leaves the 3D view to be seen.
enum class DialogPlace { middle, right };
bool begin_dialog(GuiContext& context, Dialog which, const char* title, const Area& window, float width,
                  float height, DialogPlace place = DialogPlace::middle);
void end_dialog();

// A path to type; the button beside it turns the file browser on and off, which the caller draws.
void draw_path_field(GuiContext& context, std::string& path, bool& browsing, std::string_view place);

// The keys of an action as the menus show them; empty where it has none.
std::string keys_text(const GuiContext& context, std::string_view action);
// A button in the accent colour: what most people want next.
bool primary_button(const char* label, ImVec2 size = ImVec2(0, 0));

}  // namespace sweepmark::gui
