#include "app/gui/shell/transfers.hpp"

#include <fmt/format.h>

#include <utility>

#include "app/gui/label_source.hpp"
#include "app/gui/scene_export.hpp"
#include "app/gui/shell/shell_state.hpp"
#include "app/gui/view_scene.hpp"
#include "core/commands/exchange.hpp"
#include "core/formats/label_format.hpp"

namespace sweepmark::gui {
namespace {

using Read = std::function<Result<ReadLabels>(const Drive&)>;

// What is thrown (out of memory) is the transfer's own failure, and ends it.
template <class Work>
auto guarded(Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::exception& error) {
    return fail(ErrorCode::internal, error.what());
  } catch (...) {
    return fail(ErrorCode::internal, "it ended for a reason that was not told");
  }
}

// A transfer is ended by its own job alone: another may be under way by then, of another drive.
bool end(Transfer& transfer, int number) {
  if (transfer.running != number) return false;
  transfer.running.reset();
  return true;
}

int begin(ShellState& shell) {
  shell.transfer.wanted = false;
  shell.transfer.result.clear();
  shell.transfer.problem.clear();
  shell.transfer.running = ++shell.transfers;
  return shell.transfers;
}

// Whatever is typed may name something slow: it is looked at by a job, one at a time, and again when the text
// is another by then.
void look_at_source(ShellState& shell) {
  Transfer& transfer = shell.transfer;
  if (transfer.looking || transfer.place_text == transfer.looked_at) return;
  transfer.looking = true;
  transfer.looked_at = transfer.place_text;
  transfer.format.clear();
  transfer.source_problem.clear();
  shell.background->start("Looking at " + transfer.place_text,
                          [&shell, text = transfer.place_text](const Progress&) -> Jobs::Finish {
                            const auto format = guarded([&] { return format_of_source(text); });
                            return
                                [&shell, text, name = format ? std::string((*format)->name) : std::string(),
                                 problem = format ? std::string() : to_string(format.error())] {
                                  Transfer& now = shell.transfer;
                                  if (now.looked_at != text) return;  // the dialog was opened anew meanwhile
                                  now.looking = false;
                                  now.format = name;
                                  now.source_problem = problem;
                                };
                          });
}

void start_export(GuiContext& context, const LabelFormat& format) {
  ShellState& shell = *context.shell;
  const int number = begin(shell);
  shell.background->start(
      "Exporting " + std::string(format.name),
      [&shell, &format, number, workspace = context.workspace->shared_from_this(),
       snapshot = context.workspace->session().document(),
       place = shell.transfer.place](const Progress& progress) mutable -> Jobs::Finish {
        auto done =
            guarded([&] { return export_labels(*snapshot, workspace->drive(), format, place, progress); });
        // The workspace goes on the window's thread.
        return [&shell, number, workspace = std::move(workspace), done = std::move(done), place] {
          if (!end(shell.transfer, number)) return;
          if (done)
            shell.transfer.result = "Written to " + place.string();
          else
            shell.transfer.problem = to_string(done.error());
        };
      });
}

void start_saving_scene(GuiContext& context) {
  ShellState& shell = *context.shell;
  const int number = begin(shell);
  auto scene = scene_to_save(context);
  const auto outside = check_outside_drive(shell.transfer.place, context.workspace->drive());
  if (!scene || !outside) {
    end(shell.transfer, number);
    shell.transfer.problem = to_string(scene ? outside.error() : scene.error());
    return;
  }
  shell.background->start("Saving the scene",
                          [&shell, number, scene = std::move(*scene),
                           place = shell.transfer.place](const Progress&) -> Jobs::Finish {
                            const auto written = guarded([&] { return save_scene(scene, place); });
                            return [&shell, number,
                                    problem = written ? std::string() : to_string(written.error()), place] {
                              if (!end(shell.transfer, number)) return;
                              (problem.empty() ? shell.transfer.result : shell.transfer.problem) =
                                  problem.empty() ? "Written to " + place.string() : problem;
                            };
                          });
}

// In the dialog while it is open, and otherwise on the window.
void say(ShellState& shell, UiState& ui, bool done, const std::string& said) {
  if (shell.dialog == Dialog::import_labels)
    (done ? shell.transfer.result : shell.transfer.problem) = said;
  else
    ui.messages.push_back({done ? Message::Kind::info : Message::Kind::error, said});
}

void start_import(GuiContext& context, const std::string& source, Read read) {
  const int number = begin(*context.shell);
  const auto count = std::make_shared<std::size_t>(0);  // written by the job, read when it is over
  start_suggesting(
      context,
      {.title = "Importing from " + source,
       .suggest = [source, count, read = std::move(read)](const SuggestContext& from,
                                                          const Progress& progress) -> Result<CommandCall> {
         progress(0.1, "reading");
         SWEEPMARK_TRY(labels, read(from.drive));
         *count = labels.boxes.size();
         return CommandCall{"import.boxes", import_arguments(labels, source)};
       },
       .aloud = false,
       .settled =
           [&shell = *context.shell, &ui = context.ui, number, source,
            count](const Result<CommandOutcome>& outcome) {
             end(shell.transfer, number);
             if (outcome)
               say(shell, ui, true,
                   fmt::format("{} boxes were imported from {}; one undo takes them back.", *count, source));
             else if (outcome.error().code == ErrorCode::cancelled)
               ui.messages.push_back(
                   {Message::Kind::info, "Importing from " + source + " was stopped; nothing was changed."});
             else
               say(shell, ui, false, to_string(outcome.error()));
           }});
}

void start_wanted(GuiContext& context) {
  Transfer& transfer = context.shell->transfer;
  transfer.wanted = false;
  if (context.shell->dialog == Dialog::save_scene && has_sweeps(context)) return start_saving_scene(context);
  const LabelFormat* format = label_format_named(transfer.format);
  if (!can_suggest(context) || !format) return;
  if (context.shell->dialog == Dialog::export_labels) return start_export(context, *format);
  start_import(context, transfer.place.string(),
               [place = transfer.place](const Drive& drive) -> Result<ReadLabels> {
                 SWEEPMARK_TRY(source, format_of_source(place));
                 return read_labels(*source, place, drive);
               });
}

}  // namespace

void go_on_with_transfers(GuiContext& context) {
  ShellState& shell = *context.shell;
  if (shell.transfer.wanted) start_wanted(context);
  if (shell.dialog == Dialog::import_labels) look_at_source(shell);
  if (std::exchange(shell.import_own, false) && can_suggest(context))
    start_import(context, "the drive", [](const Drive& drive) -> Result<ReadLabels> {
      SWEEPMARK_TRY(boxes, drive.read_truth());
      return ReadLabels{std::move(boxes)};
    });
}

}  // namespace sweepmark::gui
