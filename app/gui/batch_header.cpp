#include "app/gui/batch_header.hpp"

#include <fmt/format.h>

#include "app/gui/batch_hand.hpp"
#include "app/gui/batch_review.hpp"
#include "app/gui/theme.hpp"
#include "app/gui/view_memory.hpp"

namespace sweepmark::gui {

namespace {

bool button(GuiContext& context, const char* label, const char* place, const std::string& hint,
            bool on = false) {
  if (on) ImGui::PushStyleColor(ImGuiCol_Button, theme::accent_dim);
  const bool pressed = ImGui::Button(label);
  if (on) ImGui::PopStyleColor();
  mark_item(context.ui.places, place);
  if (ImGui::IsItemHovered()) offer_hint(context, hint);
  ImGui::SameLine();
  return pressed;
}

// Between groups of buttons.
void draw_gap() {
  ImGui::Dummy({0.5f * ImGui::GetFontSize(), 0});
  ImGui::SameLine();
}

void draw_looks(GuiContext& context) {
  BatchLook& look = context.resources.memory().batch.look;
  const auto choice = [&](BatchLook each, const char* label, const char* place) {
    if (button(context, label, place, "From where the boxes are seen", look == each)) look = each;
  };
  choice(BatchLook::top, "Top", "batch/look/top");
  choice(BatchLook::side, "Side", "batch/look/side");
  choice(BatchLook::rear, "Rear", "batch/look/rear");
  choice(BatchLook::top_and_side, "Top + side", "batch/look/top_and_side");
}

void draw_marked_buttons(GuiContext& context) {
  const std::size_t count = context.resources.memory().batch.marked.size();
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(fmt::format("{} marked", count).c_str());
  ImGui::SameLine();
  if (button(context, "Accept", "batch/accept", "Their boxes become keyframes as they are"))
    accept_marked(context);
  if (button(context, "Absent", "batch/absent", "The object is gone there, or there again"))
    toggle_marked_absent(context);
  if (button(context, "Clear", "batch/clear", "Their keyframes go")) clear_marked(context);
}

void draw_orders(GuiContext& context) {
  const bool review = context.resources.memory().batch.order == BatchOrder::review;
  if (button(context, "Time", "batch/order/time", "Sweeps one after the other; the page follows the cursor",
             !review))
    show_in_time_order(context);
  if (button(context, "Review", "batch/order/review",
             review ? "The next page for review"
                    : "What is least certain, sweeps over the whole life, and those past its ends",
             review))
    review_next(context);
}

std::string page_text(GuiContext& context, const BatchPage& page) {
  const BatchMemory& memory = context.resources.memory().batch;
  if (memory.order == BatchOrder::review) return fmt::format("page {}", memory.review.at + 1);
  return fmt::format("{} – {} of {}", page.sweeps.front(), page.sweeps.back(),
                     context.workspace->drive().sweeps.size());
}

void draw_pages(GuiContext& context, const BatchPage& page) {
  if (page.sweeps.empty()) return;
  if (button(context, "<", "batch/back", "The page before")) turn_page(context, false);
  if (button(context, ">", "batch/forward", "The next page")) turn_page(context, true);
  ImGui::AlignTextToFramePadding();
  ImGui::TextColored(theme::vec(theme::text_dim), "%s", page_text(context, page).c_str());
  ImGui::SameLine();
}

}  // namespace

void draw_batch_header(GuiContext& context, const BatchPage& page, const Area& area) {
  ImGui::GetWindowDrawList()->AddRectFilled(corner(area), far_corner(area), theme::panel);
  ImGui::SetCursorScreenPos({area.x + 4, area.y + 0.5f * (area.height - ImGui::GetFrameHeight())});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {4, 0});
  draw_looks(context);
  draw_gap();
  // In a small window there is not room for all of them: while cells are marked, they are what it is about.
  if (context.resources.memory().batch.marked.empty()) {
    draw_orders(context);
    draw_pages(context, page);
  } else {
    draw_marked_buttons(context);
  }
  ImGui::NewLine();
  ImGui::PopStyleVar();
}

}  // namespace sweepmark::gui
