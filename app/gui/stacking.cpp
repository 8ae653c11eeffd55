#include "app/gui/stacking.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/gui/shell/shell_state.hpp"
#include "app/gui/shown_stack.hpp"
#include "core/commands/stack_boxes.hpp"
#include "core/drive/trajectory_of.hpp"
#include "core/stack/stack_build.hpp"
#include "core/stack/stack_path.hpp"

namespace sweepmark::gui {

namespace {

StackRequest request_of(const StackChoice& choice, std::size_t cursor) {
  StackRequest request;
  request.step = static_cast<std::size_t>(std::max(1, choice.step));
  request.movers = choice.movers;
  if (choice.all) return request;
  const auto reach = static_cast<std::size_t>(std::max(0, choice.reach));
  request.first = cursor - std::min(cursor, reach / request.step * request.step);
  request.end = cursor + reach + 1;
  return request;
}

std::string text_of(const StackRequest& request, std::size_t sweeps) {
  const std::size_t end = std::min(request.end, sweeps);
  std::string text = request.first == 0 && end == sweeps
                         ? "all sweeps"
                         : fmt::format("sweeps {} … {}", request.first + 1, end);
  if (request.step > 1) text += fmt::format(", every {}.", request.step);
  return text;
}

std::string said_of(const StackBuilt& built) {
  std::string text =
      fmt::format("{:.1f} million points are stacked", static_cast<double>(built.points) / 1e6);
  if (built.resumed_points > 0)
    text += fmt::format(" ({:.1f} million were there)", static_cast<double>(built.resumed_points) / 1e6);
  if (!built.unreadable.empty())
    text += fmt::format("; {} sweeps could not be read", built.unreadable.size());
  return text + ".";
}

}  // namespace

void start_stacking(GuiContext& context) {
  ShellState* const shell = context.shell;
  const auto workspace = context.workspace->shared_from_this();
  const Drive& drive = workspace->drive();
  const auto document = workspace->session().document();
  const StackRequest request = request_of(shell->stack, context.ui.cursor);
  const bool with_boxes = request.movers != Movers::as_measured;
  auto source = stack_source(drive, trajectory_of(*document, drive), request,
                             with_boxes ? stack_boxes(document, drive) : BoxesAt());
  if (!source) return context.say(Message::Kind::error, to_string(source.error()));
  const std::filesystem::path file = default_stack_path(drive, *source);
  const std::string what = text_of(request, drive.sweeps.size());
  workspace->stack() = std::make_shared<ShownStack>(file, what, workspace->waker());
  context.view.show_stack = true;
  shell->stack.running = true;
  shell->background->start(
      "Stacking " + what,
      [workspace, document, source = std::move(*source), file, shell, &ui = context.ui,
       now = context.now](const Progress& progress) mutable -> Jobs::Finish {
        auto built = build_stack(source, file, progress);
        return [workspace = std::move(workspace), built = std::move(built), shell, &ui, now] {
          shell->stack.running = false;
          const bool stopped = !built && built.error().code == ErrorCode::cancelled;
          const std::string said =
              built     ? said_of(*built)
              : stopped ? "Stacking was stopped; what is there stays, and the next time goes on from it."
                        : to_string(built.error());
          ui.messages.push_back({built || stopped ? Message::Kind::info : Message::Kind::error, said, now});
        };
      });
}

void drop_stack(GuiContext& context) {
  context.workspace->stack().reset();
}

bool has_stack(const GuiContext& context) {
  return context.workspace && context.workspace->stack() != nullptr;
}

}  // namespace sweepmark::gui
