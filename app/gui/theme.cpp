#include "app/gui/theme.hpp"

#include <array>
#include <cmath>
#include <filesystem>
#include <initializer_list>

#include "app/gui/icons.hpp"

namespace sweepmark::gui {
namespace {

// ImGui keeps pointers to the ranges until the atlas is built.
constexpr std::array<ImWchar, 9> text_ranges = {0x0020, 0x017f, 0x0391, 0x03c9, 0x2010,
                                                0x2027, 0x2212, 0x2212, 0};

constexpr float text_pixels = 15.0f;

std::string first_there(std::initializer_list<const char*> files) {
  std::error_code ignored;
  for (const char* file : files)
    if (std::filesystem::exists(file, ignored)) return file;
  return {};
}

std::string text_file(bool strong) {
  if (strong)
    return first_there({"/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF/Roboto-Medium.ttf",
                        "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"});
  return first_there({"/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf",
                      "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"});
}

std::string icon_file() {
  return first_there({"/usr/share/fonts/opentype/font-awesome/FontAwesome.otf",
                      "/usr/share/fonts/truetype/font-awesome/fontawesome-webfont.ttf"});
}

ImFont* add_text(const std::string& file, float pixels) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  ImFontConfig config;
  config.OversampleH = 2;
  config.OversampleV = 1;
  if (!file.empty())
    if (ImFont* font = atlas.AddFontFromFileTTF(file.c_str(), pixels, &config, text_ranges.data()))
      return font;
  config.SizePixels = pixels;
  return atlas.AddFontDefault(&config);
}

// The font has seven hundred icons; to draw them all would take a good part of the time it takes to start.
const ImVector<ImWchar>& icon_ranges() {
  static const ImVector<ImWchar> ranges = [] {
    ImFontGlyphRangesBuilder builder;
    builder.AddText(icons::all);
    ImVector<ImWchar> built;
    builder.BuildRanges(&built);
    return built;
  }();
  return ranges;
}

void merge_icons(const std::string& file, float pixels) {
  if (file.empty()) return;
  ImFontConfig config;
  config.MergeMode = true;
  config.GlyphMinAdvanceX = pixels * 1.15f;  // icons in a column line up
  config.GlyphOffset.y = pixels * 0.06f;
  ImGui::GetIO().Fonts->AddFontFromFileTTF(file.c_str(), pixels * 0.95f, &config, icon_ranges().Data);
}

void set_colours(ImGuiStyle& style) {
  using namespace theme;
  const auto set = [&](std::initializer_list<ImGuiCol> which, ImU32 colour) {
    for (ImGuiCol i : which) style.Colors[i] = vec(colour);
  };
  const auto faded = [](ImU32 colour, unsigned alpha) {
    return (colour & 0x00ffffffu) | alpha << IM_COL32_A_SHIFT;
  };
  set({ImGuiCol_Text}, text);
  set({ImGuiCol_TextDisabled}, text_dim);
  set({ImGuiCol_WindowBg, ImGuiCol_ChildBg, ImGuiCol_MenuBarBg, ImGuiCol_TitleBg, ImGuiCol_TitleBgActive},
      panel);
  set({ImGuiCol_PopupBg}, IM_COL32(36, 39, 45, 252));
  set({ImGuiCol_Border, ImGuiCol_Separator, ImGuiCol_TableBorderLight, ImGuiCol_TableBorderStrong}, line);
  set({ImGuiCol_FrameBg, ImGuiCol_Button, ImGuiCol_TableHeaderBg}, raised);
  set({ImGuiCol_FrameBgHovered, ImGuiCol_ButtonHovered, ImGuiCol_FrameBgActive}, raised_hot);
  set({ImGuiCol_ButtonActive, ImGuiCol_HeaderActive}, accent_dim);
  set({ImGuiCol_Header}, faded(accent, 70));
  set({ImGuiCol_HeaderHovered}, faded(accent, 45));
  set({ImGuiCol_CheckMark, ImGuiCol_SliderGrab, ImGuiCol_SliderGrabActive, ImGuiCol_SeparatorHovered,
       ImGuiCol_SeparatorActive, ImGuiCol_NavHighlight, ImGuiCol_PlotHistogram, ImGuiCol_DragDropTarget},
      accent);
  set({ImGuiCol_TextSelectedBg}, faded(accent, 90));
  set({ImGuiCol_Tab, ImGuiCol_TabUnfocused}, panel);
  set({ImGuiCol_TabActive, ImGuiCol_TabUnfocusedActive}, raised);
  set({ImGuiCol_TabHovered}, raised_hot);
  set({ImGuiCol_ScrollbarBg}, faded(panel, 0));
  set({ImGuiCol_ScrollbarGrab}, IM_COL32(70, 76, 86, 255));
  set({ImGuiCol_ScrollbarGrabHovered, ImGuiCol_ScrollbarGrabActive}, IM_COL32(95, 102, 114, 255));
  set({ImGuiCol_TableRowBgAlt}, IM_COL32(255, 255, 255, 6));
  set({ImGuiCol_ModalWindowDimBg}, dimmed);
}

}  // namespace

void apply_theme(float scale) {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  set_colours(style);
  style.WindowRounding = 0;
  style.ChildRounding = 0;
  style.FrameRounding = style.GrabRounding = style.TabRounding = 4;
  style.PopupRounding = 6;
  style.ScrollbarSize = 11;
  style.ScrollbarRounding = 6;
  style.WindowBorderSize = 1;
  style.FrameBorderSize = 0;
  style.WindowPadding = ImVec2(8, 8);
  style.FramePadding = ImVec2(8, 4);
  style.ItemSpacing = ImVec2(8, 6);
  style.ItemInnerSpacing = ImVec2(6, 4);
  style.CellPadding = ImVec2(6, 3);
  style.IndentSpacing = 16;
  style.ScaleAllSizes(scale);
}

Fonts load_fonts(float scale) {
  ImGui::GetIO().Fonts->Clear();
  Fonts fonts;
  const std::string icons = icon_file();
  const auto add = [&](bool strong, float pixels) {
    ImFont* font = add_text(text_file(strong), pixels);
    merge_icons(icons, pixels);
    return font;
  };
  fonts.body = add(false, std::round(text_pixels * scale));
  fonts.strong = add(true, std::round(text_pixels * scale));
  fonts.large = add(false, std::round(26.0f * scale));
  if (text_file(false).empty())
    fonts.missing = "No text font was found (package fonts-roboto-unhinted): text is coarse.";
  if (icons.empty())
    fonts.missing = "The icon font was not found (package fonts-font-awesome): icons show as question marks.";
  return fonts;
}

}  // namespace sweepmark::gui
