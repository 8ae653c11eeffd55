// What does not keep to the ontology: a click leads to the object and the sweep.
#include "app/gui/findings.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include "app/gui/draft.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/panel.hpp"
#include "app/gui/theme.hpp"
#include "app/gui/track_menu.hpp"
#include "app/gui/view_memory.hpp"

namespace sweepmark::gui {
namespace {

void go_there(GuiContext& context, const OntologyFinding& finding, const Track& track) {
  context.ui.selected = finding.track;
  const auto lifetime = track.lifetime();
  const Drive& drive = context.workspace->drive();
  // One of the whole object is seen as well where the hand is, if the object is there.
  const bool here = lifetime && lifetime->contains(drive.sweeps[context.ui.cursor].time);
  if (!finding.time && (here || !lifetime)) return;
  if (const auto sweep = drive.sweep_near(finding.time.value_or(lifetime ? lifetime->first : TimestampNs{})))
    go_to(context, *sweep);
}

void draw_row(GuiContext& context, const OntologyFinding& finding, int number) {
  const Document& document = context.workspace->document();
  const Track* const track = document.track(finding.track);
  if (!track) return;
  const auto sweep =
      finding.time ? context.workspace->drive().sweep_near(*finding.time) : std::optional<std::size_t>();
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  const std::string label = fmt::format("{}##{}", title_of(document, *track), number);
  if (ImGui::Selectable(label.c_str(), context.ui.selected == finding.track,
                        ImGuiSelectableFlags_SpanAllColumns))
    go_there(context, finding, *track);
  mark_item(context.ui.places, fmt::format("finding.{}", number));
  if (ImGui::IsItemHovered()) {
    context.ui.hovered = finding.track;
    ImGui::SetTooltip("%s\n%s%s", finding.message.c_str(), finding.rule.c_str(),
                      sweep ? fmt::format(", sweep {}", *sweep).c_str() : "");
  }
  ImGui::TableNextColumn();
  ImGui::TextDisabled("%s", finding.message.c_str());
}

void draw(GuiContext& context, const Area&) {
  if (!context.workspace) return;
  const std::vector<OntologyFinding>& findings = findings_of(context);
  if (findings.empty()) {
    ImGui::PushTextWrapPos();
    ImGui::TextColored(theme::vec(theme::good), "%s All objects keep to the ontology.", icons::check);
    ImGui::PopTextWrapPos();
    return;
  }
  ImGui::TextDisabled("%zu finding%s: what does not keep to the ontology", findings.size(),
                      findings.size() == 1 ? "" : "s");
  if (!ImGui::BeginTable("findings", 2, ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg)) return;
  ImGui::TableSetupColumn("object", ImGuiTableColumnFlags_WidthStretch, 0.45f);
  ImGui::TableSetupColumn("finding", ImGuiTableColumnFlags_WidthStretch, 0.55f);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(findings.size()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      draw_row(context, findings[static_cast<std::size_t>(i)], i);
  ImGui::EndTable();
}

}  // namespace

const std::vector<OntologyFinding>& findings_of(GuiContext& context) {
  ViewMemory::Findings& kept = context.resources.memory().findings;
  const Revision revision = context.workspace->session().revision();
  if (kept.of != revision) kept = {revision, check_ontology(context.workspace->document())};
  return kept.list;
}

std::set<TrackId> tracks_with_findings(GuiContext& context) {
  std::set<TrackId> tracks;
  for (const OntologyFinding& finding : findings_of(context)) tracks.insert(finding.track);
  return tracks;
}

Panel panel_findings() {
  return {"findings", icons::warning, Slot::left, draw, true};
}

}  // namespace sweepmark::gui
