#include "app/gui/messages.hpp"

#include <algorithm>

namespace sweepmark::gui {
namespace {

constexpr double info_seconds = 5, warning_seconds = 12;
constexpr std::size_t most_shown = 8;

double seconds_shown(Message::Kind kind) {
  if (kind == Message::Kind::error) return 1e9;
  return kind == Message::Kind::info ? info_seconds : warning_seconds;
}

}  // namespace

void expire_messages(UiState& ui, double now) {
  for (Message& message : ui.messages)
    if (message.shown_since < 0) message.shown_since = now;
  std::erase_if(ui.messages, [&](const Message& m) { return now - m.shown_since > seconds_shown(m.kind); });
  while (ui.messages.size() > most_shown) ui.messages.pop_front();
}

double seconds_to_next_expiry(const UiState& ui, double now) {
  double soonest = 3600;
  if (ui.remark && ui.remark->until > now) soonest = ui.remark->until - now;
  for (const Message& m : ui.messages)
    soonest = std::min(soonest, m.shown_since + seconds_shown(m.kind) - now);
  return std::max(soonest, 0.0) + 0.05;
}

}  // namespace sweepmark::gui
