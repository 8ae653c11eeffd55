// What was done, newest first: every commit of the layer, by whom and when.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <ctime>

#include "app/gui/panel.hpp"
#include "app/gui/shell/shell_state.hpp"

namespace sweepmark::gui {
namespace {

constexpr std::int64_t shown_commits = 300;

// Asked of the store once a revision.
void refresh(HistoryList& list, Session& session) {
  if (list.of == session.revision()) return;
  list.of = session.revision();
  const Revision after(std::max<std::int64_t>(0, session.revision().value - shown_commits));
  auto infos = session.store().infos(session.layer(), after, static_cast<std::size_t>(shown_commits));
  list.problem = infos ? "" : to_string(infos.error());
  list.infos = infos ? std::move(*infos) : std::vector<CommitInfo>();
  std::ranges::reverse(list.infos);
}

std::string title_of(const Session& session, const CommitInfo& info) {
  const Command* command = command_named(session.registry(), info.command);
  if (command) return std::string(command->title);
  return info.command == "undo" ? "Undo" : info.command == "redo" ? "Redo" : info.command;
}

std::string local_time(std::int64_t unix_ms) {
  const std::time_t seconds = unix_ms / 1000;
  std::tm local{};
  localtime_r(&seconds, &local);
  return fmt::format("{:%H:%M:%S}", local);
}

void draw_commit(const Session& session, const CommitInfo& info) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::TextDisabled("%ld", static_cast<long>(info.revision.value));
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(title_of(session, info).c_str());
  if (ImGui::IsItemHovered()) {
    const std::string args = info.args.size() > 400 ? info.args.substr(0, 400) + " …" : info.args;
    ImGui::SetTooltip("%s, %s\n%s", info.author.c_str(), info.command.c_str(), args.c_str());
  }
  ImGui::TableNextColumn();
  ImGui::TextDisabled("%s", local_time(info.unix_ms).c_str());
}

void draw(GuiContext& context, const Area&) {
  if (!context.workspace) return;
  Session& session = context.workspace->session();
  HistoryList& list = context.shell->history;
  refresh(list, session);
  if (!list.problem.empty()) ImGui::TextWrapped("%s", list.problem.c_str());
  if (list.infos.empty()) return ImGui::TextDisabled("Nothing was done yet.");
  if (!ImGui::BeginTable("history", 3, ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg)) return;
  ImGui::TableSetupColumn("revision", ImGuiTableColumnFlags_WidthFixed, ImGui::CalcTextSize("00000").x);
  ImGui::TableSetupColumn("what", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableSetupColumn("when", ImGuiTableColumnFlags_WidthFixed, ImGui::CalcTextSize("00:00:00").x);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(list.infos.size()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      draw_commit(session, list.infos[static_cast<std::size_t>(i)]);
  ImGui::EndTable();
}

}  // namespace

Panel panel_undo_history() {
  return {"undo_history", "History", Slot::left, draw};
}

}  // namespace sweepmark::gui
