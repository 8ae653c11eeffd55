#include "app/gui/merging.hpp"

#include <fmt/format.h>

#include <utility>

#include "app/gui/selection.hpp"
#include "app/gui/track_menu.hpp"
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
      [&ui = context.ui, &resources = context.resources, wish, other](const Result<CommandOutcome>& outcome) {
        ui.selected = wish.into;
        if (outcome || outcome.error().code != ErrorCode::conflict) return;
        resources.memory().merge = MergeMemory{wish.into, other};
      });
}

}  // namespace

void begin_merge(GuiContext& context) {
  context.resources.memory().merge = MergeMemory{*context.ui.selected, std::nullopt};
}

std::string merge_hint(const GuiContext& context) {
  const std::optional<MergeMemory>& waiting = context.resources.memory().merge;
  if (!waiting || !context.workspace) return {};
  const Track* const into = context.workspace->document().track(waiting->into);
  if (!into) return {};
  const std::string title = title_of(context.workspace->document(), *into);
  if (waiting->refused)
    return fmt::format(
        "Both have boxes at one sweep: a click on object {} again keeps those of {} · Esc: no merging",
        waiting->refused->value, title);
  return fmt::format("A click on an object, in a list or a view, merges it into {} · Esc: no merging", title);
}

bool leave_merge(GuiContext& context) {
  return std::exchange(context.resources.memory().merge, std::nullopt).has_value();
}

void settle_merge(GuiContext& context) {
  std::optional<MergeMemory>& waiting = context.resources.memory().merge;
  if (!waiting || context.ui.selected == waiting->into) return;
  const MergeMemory wish = *waiting;
  // A click beside all objects selects none and means none: what waits goes on to wait.
  if (!context.ui.selected && context.workspace && context.workspace->document().track(wish.into)) {
    select_only(context.ui, wish.into);
    return;
  }
  waiting.reset();
  if (context.workspace && context.ui.selected) merge(context, wish, *context.ui.selected);
}

}  // namespace sweepmark::gui
