// Runs the commands that panels, tools and jobs ask for, in their order, and takes in what other windows do.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

class CommandRunner {
 public:
  // What GuiContext::run adds to.
  std::vector<CommandRequest>& requests() { return requests_; }
  // Whether a command is still to be run.
  bool has_work() const { return !requests_.empty(); }

  // Runs all that is asked for, also what `then` asks for. While another window has the labels file it comes
  // back at once, and what waits is kept for the next call.
  void drain(GuiContext& context);
  // One command, now; for scripts. Waits for the labels file.
  Result<void> run_now(GuiContext& context, const CommandRequest& request);
  // The drive is closed: what was asked for is for nobody.
  void forget(ShellState& shell);

 private:
  bool must_wait(ShellState& shell, const Result<CommandOutcome>& outcome);
  void follow_others(GuiContext& context);

  std::vector<CommandRequest> requests_;
  double refreshed_at_ = 0;   // when other windows' commits were last asked for
  int failed_refreshes_ = 0;  // one after another
  std::optional<std::chrono::steady_clock::time_point> waiting_since_;  // for the labels file
};

}  // namespace sweepmark::gui
