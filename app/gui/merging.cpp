#include "app/gui/merging.hpp"

#include <fmt/format.h>

#include "app/gui/view_memory.hpp"

namespace sweepmark::gui {
namespace {

// Where both have a keyframe at one sweep it has to be said whose stays: selecting the object once more says
// that it is the first one's.
void merge(GuiContext& context, const MergeMemory& wish, TrackId other) {
  nlohmann::json args = {{"track", wish.into.value}, {"other", other.value}};
  if (wish.refused == other) args["prefer"] = "track";
  context.run(
      "track.merge", std::move(args),
      [&ui = context.ui, &resources = context.resources, now = context.now, wish,
       other](const Result<CommandOutcome>& outcome) {
        ui.selected = wish.into;
        if (outcome || outcome.error().code != ErrorCode::conflict) return;
        resources.memory().merge = MergeMemory{wish.into, other};
        ui.messages.push_back(
            {Message::Kind::info,
             fmt::format("Select object {} once more to keep the boxes of object {} where both have one.",
                         other.value, wish.into.value),
             now});
      });
}

}  // namespace

void begin_merge(GuiContext& context) {
  context.resources.memory().merge = MergeMemory{*context.ui.selected, std::nullopt};
  context.say(Message::Kind::info,
              fmt::format("Select the object that goes into object {}, in a list or a view; Esc leaves it.",
                          context.ui.selected->value));
}

void settle_merge(GuiContext& context) {
  std::optional<MergeMemory>& waiting = context.resources.memory().merge;
  if (!waiting || context.ui.selected == waiting->into) return;
  const MergeMemory wish = *waiting;
  waiting.reset();
  if (context.workspace && context.ui.selected) merge(context, wish, *context.ui.selected);
}

}  // namespace sweepmark::gui
