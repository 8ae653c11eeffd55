#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <optional>

#include "app/gui/draft.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/shell/parts.hpp"
#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {
namespace {

struct Look {
  const char* icon;
  ImU32 colour;
};

Look look_of(Message::Kind kind) {
  switch (kind) {
    case Message::Kind::error:
      return {icons::error, theme::error};
    case Message::Kind::warning:
      return {icons::warning, theme::warning};
    case Message::Kind::info:
      break;
  }
  return {icons::info, theme::accent};
}

// True where it was dismissed.
bool draw_one(GuiContext& context, const Message& message, float width) {
  const float scale = context.shell->scale;
  const Look look = look_of(message.kind);
  ImGui::TextColored(theme::vec(look.colour), "%s", look.icon);
  ImGui::SameLine();
  ImGui::PushTextWrapPos(width - 44 * scale);
  ImGui::TextUnformatted(message.text.c_str());
  ImGui::PopTextWrapPos();
  ImGui::SameLine(width - 34 * scale);
  const bool dismissed = ImGui::SmallButton(icons::close);
  mark_item(context.ui.places, "message.dismiss");
  return dismissed;
}

// The box that the labels file could not take, with what can be done about it.
void draw_unsaved(GuiContext& context, float width) {
  const BoxDraft& draft = context.ui.unsaved->draft;
  const std::string name = class_name(context.workspace->document().taxonomy, draft.class_id);
  const auto sweep = context.workspace->drive().sweep_near(draft.sweep);
  ImGui::TextColored(theme::vec(theme::error), "%s", icons::error);
  ImGui::SameLine();
  ImGui::PushTextWrapPos(width - 12 * context.shell->scale);
  ImGui::TextUnformatted(
      fmt::format("{} at sweep {} is not saved and waits here. {}",
                  draft.track ? fmt::format("{} {}", name, draft.track->value) : "A new " + name,
                  sweep.value_or(0), context.ui.unsaved->problem)
          .c_str());
  ImGui::PopTextWrapPos();
  if (primary_button("Try again")) retry_unsaved(context);
  mark_item(context.ui.places, "unsaved.retry");
  ImGui::SameLine();
  const bool discarded = ImGui::Button("Discard it");
  mark_item(context.ui.places, "unsaved.discard");
  if (discarded) context.ui.unsaved.reset();
}

// Where messages stand: over the right column, whose top has pictures and no controls. Over the middle they
// would take clicks that are meant for tabs and buttons. Before a drive is open there is only the middle.
Area place_of_messages(const GuiContext& context, const Area& area) {
  const float margin = 8 * context.shell->scale, usual = 620 * context.shell->scale;
  if (!context.workspace) {
    const float width = std::min(usual, area.width * 0.6f);
    return {area.x + (area.width - width) / 2, area.y + margin, width, area.height * 0.5f};
  }
  const float width = std::min(usual, area.width * context.view.right - 2 * margin);
  return {area.x + area.width - width - margin, area.y + margin, width, area.height * 0.5f};
}

}  // namespace

// Newest first: errors stay until they are dismissed, the rest goes by itself. A box that waits to be saved
// stands above them.
void draw_messages(GuiContext& context, const Area& area) {
  std::deque<Message>& messages = context.ui.messages;
  if (messages.empty() && !context.ui.unsaved) return;
  const Area place = place_of_messages(context, area);
  const float width = place.width;
  ImGui::SetNextWindowPos(ImVec2(place.x, place.y));
  ImGui::SetNextWindowSizeConstraints(ImVec2(width, 0), ImVec2(width, place.height));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 6 * context.shell->scale);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, IM_COL32(42, 46, 53, 248));
  ImGui::Begin("messages", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoFocusOnAppearing |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_AlwaysAutoResize);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  if (context.ui.unsaved) draw_unsaved(context, width);
  std::optional<std::size_t> dismissed;
  for (std::size_t i = messages.size(); i-- > 0;) {
    ImGui::PushID(static_cast<int>(i));
    if (draw_one(context, messages[i], width)) dismissed = i;
    ImGui::PopID();
  }
  mark_place(context.ui.places, "messages",
             {ImGui::GetWindowPos().x, ImGui::GetWindowPos().y, width, ImGui::GetWindowHeight()});
  ImGui::End();
  if (dismissed) messages.erase(messages.begin() + static_cast<std::ptrdiff_t>(*dismissed));
}

}  // namespace sweepmark::gui
