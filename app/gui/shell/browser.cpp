#include "app/gui/shell/browser.hpp"

#include <fmt/format.h>
#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>

#include "app/gui/icons.hpp"
#include "app/gui/shell/shell_state.hpp"
#include "core/base/text.hpp"
#include "core/formats/drive_reader.hpp"

namespace sweepmark::gui {
namespace {

namespace fs = std::filesystem;

std::string size_text(std::uintmax_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  if (bytes < 1000 * 1000) return fmt::format("{:.0f} kB", static_cast<double>(bytes) / 1e3);
  if (bytes < 1000ull * 1000 * 1000) return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
  return fmt::format("{:.2f} GB", static_cast<double>(bytes) / 1e9);
}

std::vector<BrowserEntry> list(const fs::path& folder, std::error_code& error) {
  std::vector<BrowserEntry> entries;
  for (fs::directory_iterator it(folder, fs::directory_options::skip_permission_denied, error), end;
       !error && it != end; it.increment(error)) {
    std::error_code ignored;
    BrowserEntry entry{it->path().filename().string(), it->is_directory(ignored), 0};
    if (entry.name.empty() || entry.name.front() == '.') continue;
    if (!entry.is_folder) entry.bytes = it->file_size(ignored);
    entries.push_back(std::move(entry));
  }
  std::ranges::sort(entries, [](const BrowserEntry& a, const BrowserEntry& b) {
    return a.is_folder != b.is_folder ? a.is_folder : natural_less(a.name, b.name);
  });
  return entries;
}

void draw_breadcrumbs(GuiContext& context, Browser& browser) {
  fs::path so_far;
  std::optional<fs::path> wanted;
  int id = 0;
  for (const fs::path& part : browser.folder) {
    so_far /= part;
    const std::string label = part == "/" ? std::string(icons::home) + " /" : part.string();
    const float width = ImGui::CalcTextSize(label.c_str()).x + 2 * ImGui::GetStyle().FramePadding.x;
    if (id > 0) {
      ImGui::SameLine(0, 2);
      if (ImGui::GetContentRegionAvail().x < width + 16) ImGui::NewLine();
      ImGui::TextDisabled("%s", icons::angle_right);
      ImGui::SameLine(0, 2);
    }
    ImGui::PushID(id++);
    if (ImGui::Button(label.c_str())) wanted = so_far;
    mark_item(context.ui.places, "browser.crumb." + part.string());
    ImGui::PopID();
  }
  if (wanted) browse(browser, *wanted);
}

void draw_tools(GuiContext& context, Browser& browser) {
  if (ImGui::Button(fmt::format("{} Up", icons::up).c_str())) browse(browser, browser.folder.parent_path());
  mark_item(context.ui.places, "browser.up");
  ImGui::SameLine();
  if (const char* home = std::getenv("HOME");
      home && ImGui::Button(fmt::format("{} Home", icons::home).c_str()))
    browse(browser, home);
  ImGui::SameLine();
  ImGui::SetNextItemWidth(-1);
  if (browser.focus_filter) ImGui::SetKeyboardFocusHere();
  browser.focus_filter = false;
  if (ImGui::InputTextWithHint("##filter", "type to narrow down; a path that starts with / goes there",
                               &browser.filter)) {
    browser.selected = 0;
    std::error_code ignored;
    if (browser.filter.starts_with("/") && browser.filter.ends_with("/") &&
        fs::is_directory(browser.filter, ignored))
      browse(browser, fs::path(browser.filter).parent_path());
  }
  mark_item(context.ui.places, "browser.filter");
}

// Up, Down, Backspace on an empty filter and Enter; the keyboard stays in the filter.
bool keyboard(Browser& browser, const std::vector<int>& shown) {
  const int last = static_cast<int>(shown.size()) - 1;
  if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_DownArrow)))
    browser.selected = std::min(browser.selected + 1, last);
  if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_UpArrow)))
    browser.selected = std::max(browser.selected - 1, 0);
  return ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter), false) && browser.selected >= 0 &&
         browser.selected <= last;
}

void draw_row(GuiContext& context, Browser& browser, const BrowserEntry& entry, int row, bool& chosen) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  const std::string label = fmt::format("{} {}", entry.is_folder ? icons::folder : icons::file, entry.name);
  const auto flags = ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowDoubleClick;
  if (ImGui::Selectable(label.c_str(), browser.selected == row, flags)) {
    browser.selected = row;
    if (ImGui::IsMouseDoubleClicked(0)) chosen = true;
  }
  mark_item(context.ui.places, "browser.entry." + entry.name);
  ImGui::TableNextColumn();
  if (!entry.is_folder) ImGui::TextDisabled("%s", size_text(entry.bytes).c_str());
}

}  // namespace

void browse(Browser& browser, const fs::path& folder) {
  std::error_code error;
  const fs::path absolute = fs::weakly_canonical(fs::absolute(folder, error), error);
  browser.folder = absolute.empty() ? fs::path("/") : absolute;
  browser.filter.clear();
  browser.selected = -1;
  browser.focus_filter = true;
  error.clear();
  browser.entries = list(browser.folder, error);
  browser.problem =
      error ? fmt::format("{} cannot be read: {}", browser.folder.string(), error.message()) : "";
  browser.recognised.clear();
  if (error) return;
  if (const auto reader = drive_reader_for(browser.folder)) browser.recognised = (*reader)->name;
}

std::vector<int> filtered(const Browser& browser) {
  std::vector<int> shown;
  const std::string wanted = lowered(browser.filter);
  for (std::size_t i = 0; i < browser.entries.size(); ++i)
    if (lowered(browser.entries[i].name).find(wanted) != std::string::npos)
      shown.push_back(static_cast<int>(i));
  return shown;
}

std::optional<fs::path> draw_browser(GuiContext& context, Browser& browser, float below) {
  draw_breadcrumbs(context, browser);
  draw_tools(context, browser);
  const std::vector<int> shown = filtered(browser);
  bool chosen = keyboard(browser, shown);
  const auto flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg | ImGuiTableFlags_BordersOuter;
  if (ImGui::BeginTable("entries", 2, flags, ImVec2(0, -below))) {
    ImGui::TableSetupColumn("name", ImGuiTableColumnFlags_WidthStretch);
    ImGui::TableSetupColumn("size", ImGuiTableColumnFlags_WidthFixed, ImGui::CalcTextSize("999.9 MB ").x);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(shown.size()));
    while (clipper.Step())
      for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row)
        draw_row(context, browser,
                 browser.entries[static_cast<std::size_t>(shown[static_cast<std::size_t>(row)])], row,
                 chosen);
    ImGui::EndTable();
  }
  if (!browser.problem.empty()) ImGui::TextColored(theme::vec(theme::error), "%s", browser.problem.c_str());
  if (!chosen || browser.selected < 0 || browser.selected >= static_cast<int>(shown.size()))
    return std::nullopt;
  const BrowserEntry entry =
      browser.entries[static_cast<std::size_t>(shown[static_cast<std::size_t>(browser.selected)])];
  if (!entry.is_folder) return browser.folder / entry.name;
  browse(browser, browser.folder / entry.name);
  return std::nullopt;
}

}  // namespace sweepmark::gui
