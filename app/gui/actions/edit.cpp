// Undo, redo, and leaving whatever is being done.
#include "app/gui/action.hpp"
#include "app/gui/batch_hand.hpp"
#include "app/gui/merging.hpp"
#include "app/gui/shell/shell_state.hpp"
#include "app/gui/tool.hpp"
#include "app/gui/view_memory.hpp"

namespace sweepmark::gui {
namespace {

bool can_undo(const GuiContext& context) {
  return context.workspace && context.workspace->session().can_undo();
}
bool can_redo(const GuiContext& context) {
  return context.workspace && context.workspace->session().can_redo();
}

void step_history(GuiContext& context, const char* which, const std::string& title) {
  UiState& ui = context.ui;
  const double now = context.now;
  context.run(which, nlohmann::json::object(),
              [&ui, now, which, title](const Result<CommandOutcome>& outcome) {
                if (outcome)
                  ui.messages.push_back(
                      {Message::Kind::info, (which[0] == 'u' ? "Undone: " : "Done again: ") + title, now});
              });
}

void undo(GuiContext& context) {
  step_history(context, "undo", context.workspace->session().undo_title());
}
void redo(GuiContext& context) {
  step_history(context, "redo", context.workspace->session().redo_title());
}

const Tool* active_tool(const GuiContext& context) {
  for (const Tool& tool : tools())
    if (tool.name == context.ui.tool) return &tool;
  return nullptr;
}

// One thing at a time, the nearest first: what covers the window, the gesture, the tool, the selection.
void cancel(GuiContext& context) {
  UiState& ui = context.ui;
  if (ui.palette_open || ui.help_open || context.shell->dialog != Dialog::none) {
    ui.palette_open = ui.help_open = false;
    context.shell->dialog = Dialog::none;
    return;
  }
  if (leave_merge(context)) return;
  const bool in_gesture = ui.draft.has_value() || context.resources.memory().timeline.edge.has_value() ||
                          context.resources.memory().drag.kind != ToolDrag::Kind::none;
  if (const Tool* tool = active_tool(context); tool && tool->cancel) tool->cancel(context);
  ui.draft.reset();
  context.resources.memory().timeline.edge.reset();
  if (in_gesture || leave_batch(context)) return;
  if (ui.tool != "select")
    ui.tool = "select";
  else
    ui.selected.reset();
}

}  // namespace

ActionFamily actions_edit() {
  return {
      {"edit.undo", "Undo", "Edit", "Ctrl+Z", can_undo, undo, true},
      {"edit.redo", "Redo", "Edit", "Ctrl+Shift+Z | Ctrl+Y", can_redo, redo, true},
      {"edit.cancel", "Leave the tool or the selection", "Edit", "Esc", nullptr, cancel},
  };
}

}  // namespace sweepmark::gui
