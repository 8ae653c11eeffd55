// Drives in and out, labels in and out.
#include <fmt/format.h>

#include "app/gui/action.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/shell/parts.hpp"
#include "app/gui/view_scene.hpp"
#include "core/formats/label_format.hpp"

namespace sweepmark::gui {
namespace {

bool has_sample(const GuiContext& context) {
  return context.shell->sample.has_value();
}

void open_dialog(GuiContext& context) {
  begin_browsing(*context.shell);
  context.shell->dialog = Dialog::open_drive;
}

void open_sample(GuiContext& context) {
  context.shell->open = OpenRequest{*context.shell->sample, ""};
}

void open_latest(GuiContext& context) {
  const RecentDrive& latest = context.shell->recent.front();
  context.shell->open = OpenRequest{latest.path, latest.drive};
}

// It would be lost with the drive or the window.
bool says_that_a_box_waits(GuiContext& context) {
  if (!context.ui.unsaved) return false;
  context.say(Message::Kind::warning, "A box waits to be saved: try again or discard it first.");
  return true;
}

void close_drive(GuiContext& context) {
  if (!says_that_a_box_waits(context)) context.shell->close_drive = true;
}

// There is nothing to save: the action is for hands that are used to it, and says where the labels are.
void tell_saved(GuiContext& context) {
  Session& session = context.workspace->session();
  context.say(Message::Kind::info, fmt::format("Every change is saved as it is made: revision {} in {}",
                                               session.revision().value, session.store().description()));
}

void export_dialog(GuiContext& context) {
  Transfer transfer;
  if (!label_formats().empty()) transfer.format = label_formats().front().name;
  // Beside the labels, for that is a place that can be written to: log7.sweepmark, log7.export.
  std::filesystem::path beside = context.workspace->session().store().description();
  transfer.place_text = beside.replace_extension(".export").string();
  context.shell->transfer = std::move(transfer);
  context.shell->dialog = Dialog::export_labels;
}

void import_dialog(GuiContext& context) {
  context.shell->transfer = {};
  context.shell->dialog = Dialog::import_labels;
}

bool has_own_labels(const GuiContext& context) {
  return context.workspace && context.workspace->drive().read_truth;
}
void import_own(GuiContext& context) {
  context.shell->import_own = true;
}

void save_scene_dialog(GuiContext& context) {
  std::filesystem::path beside = context.workspace->session().store().description();
  context.shell->transfer = {};
  context.shell->transfer.place_text = beside.replace_extension(".scene.vtm").string();
  context.shell->dialog = Dialog::save_scene;
}

void quit(GuiContext& context) {
  if (!says_that_a_box_waits(context)) context.shell->quit = true;
}

}  // namespace

ActionFamily actions_file() {
  return {
      {"file.open", "Open a folder…", "File", "Ctrl+O", nullptr, open_dialog},
      {"file.open_latest", "Open the latest drive", "File", "Ctrl+Shift+O",
       [](const GuiContext& context) { return !context.shell->recent.empty(); }, open_latest},
      {"file.open_sample", "Open the sample drive", "File", "", has_sample, open_sample},
      {"file.close", "Close the drive", "File", "Ctrl+W", has_drive, close_drive},
      {"file.saved", "Where are the labels saved?", "File", "Ctrl+S", has_drive, tell_saved},
      {"file.import", "Import labels…", "File", "Ctrl+I", has_drive, import_dialog},
      {"file.import_own", "Import the drive's own labels", "File", "", has_own_labels, import_own},
      {"file.export", "Export labels…", "File", "Ctrl+E", has_drive, export_dialog},
      {"file.save_scene", "Save the scene for ParaView…", "File", "", has_sweeps, save_scene_dialog},
      {"file.quit", "Quit", "File", "Ctrl+Q", nullptr, quit},
  };
}

}  // namespace sweepmark::gui
