// Colours, sizes and fonts of the window: dark, one accent.
#pragma once

#include <imgui.h>

#include <string>

namespace sweepmark::gui {

namespace theme {

inline constexpr ImU32 gaps = IM_COL32(18, 20, 23, 255);  // between panels: what the window is cleared to
inline constexpr ImU32 background = IM_COL32(24, 26, 30, 255);  // behind points too
inline constexpr ImU32 panel = IM_COL32(31, 34, 39, 255);
inline constexpr ImU32 raised = IM_COL32(42, 46, 53, 255);  // buttons, fields, headers
inline constexpr ImU32 raised_hot = IM_COL32(56, 61, 70, 255);
inline constexpr ImU32 line = IM_COL32(52, 57, 65, 255);
inline constexpr ImU32 text = IM_COL32(222, 226, 232, 255);
inline constexpr ImU32 text_dim = IM_COL32(146, 153, 165, 255);
inline constexpr ImU32 accent = IM_COL32(61, 153, 245, 255);
inline constexpr ImU32 accent_dim = IM_COL32(37, 84, 133, 255);
inline constexpr ImU32 dimmed = IM_COL32(0, 0, 0, 130);  // over all that a dialog in the middle covers
inline constexpr ImU32 good = IM_COL32(87, 187, 138, 255);
inline constexpr ImU32 warning = IM_COL32(240, 180, 60, 255);
inline constexpr ImU32 error = IM_COL32(239, 98, 88, 255);

inline ImVec4 vec(ImU32 colour) {
  return ImGui::ColorConvertU32ToFloat4(colour);
}

}  // namespace theme

// Sizes and colours of all widgets, for text `scale` times its usual size.
void apply_theme(float scale);

struct Fonts {
  ImFont* body = nullptr;    // the default
  ImFont* strong = nullptr;  // headings
  ImFont* large = nullptr;   // the start screen
  std::string missing;       // which font files were not found, as a sentence; empty where all were
};

// Replaces the fonts of the current ImGui context. Where Roboto or Font Awesome are not installed, ImGui's
// own font serves.
Fonts load_fonts(float scale);

}  // namespace sweepmark::gui
