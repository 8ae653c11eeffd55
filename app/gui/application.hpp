// The program without its window: what is open, what the hand asked for, what is drawn. One thread; ImGui's
// context must be current, GL only where ViewResources needs it.
#pragma once

#include <future>
#include <memory>

#include "app/gui/action.hpp"
#include "app/gui/command_runner.hpp"
#include "app/gui/input/input_frame.hpp"
#include "app/gui/options.hpp"
#include "app/gui/shell/shell_state.hpp"

namespace sweepmark::gui {

class Application {
 public:
  // `wake` makes the window's thread call `take_in` soon; it is called from other threads.
  // `early` is what `options` name, where somebody began to look for it before; see begin_to_find.
  Application(const Options& options, ViewResources& resources, std::function<void()> wake,
              std::future<Found> early = {});

  // Takes in what was finished in the background. True where there may be something new to see.
  bool take_in();
  // Work under way whose end will change what is seen.
  bool busy() const;

  // One frame, between the window's begin_frame and end_frame.
  void frame(const InputFrame& input, const Fonts& fonts, float scale, double last_frame_ms);
  bool wants_frame() const { return needs_redraw_; }  // something moves by itself
  double seconds_to_next_change() const;              // until a message fades; large where nothing does

  bool quitting() const { return shell_.quit; }
  void ask_to_quit() { shell_.quit = true; }
  std::string title() const;
  float user_scale() const { return settings_.view.ui_scale; }
  const Places& places() const { return ui_.places; }
  const std::deque<Message>& messages() const { return ui_.messages; }
  bool has_drive() const { return workspace_ != nullptr; }
  // Why what was to be opened last could not be.
  const std::optional<Error>& open_problem() const { return open_problem_; }

  // For scripts: what a key or a menu would do, and any command there is.
  Result<void> run_action(std::string_view name);
  Result<void> run_command(const std::string& name, const nlohmann::json& args);
  // To be called when the window is left and at the end.
  void save_settings();

 private:
  GuiContext context();
  void start_keymap();
  void dispatch_keys(const InputFrame& input, GuiContext& context);
  void take_drops(const InputFrame& input);
  void play(double dt, GuiContext& context);
  void follow_cursor();
  bool take_loaded();
  void grant_wishes(GuiContext& context);
  void open(const OpenRequest& request);
  // Whether a job was told to stop; then says so.
  bool said_to_stop(const std::stop_token& stop, const std::string& what);
  void close_drive();
  void take_found(Found found, const OpenRequest& request);
  void take_workspace(std::unique_ptr<Workspace> opened, const OpenRequest& request);

  Options options_;
  ViewResources& resources_;
  std::function<void()> wake_;
  std::future<Found> early_;
  std::filesystem::path settings_file_;
  Settings settings_;  // its view is the one that is used
  UiState ui_;
  ShellState shell_;
  CommandRunner commands_;
  // Shared so that a job that works on it can outlast its being closed; always dropped on this thread.
  std::shared_ptr<Workspace> workspace_;
  double now_ = 0;
  double play_time_ = 0;               // seconds owed to playing
  std::size_t looked_at_ = 0;          // cursor that the caches know
  std::size_t loaded_when_drawn_ = 0;  // of what is in view
  bool needs_redraw_ = true;
  std::optional<Error> open_problem_;
  int opening_ = 0;  // number of the newest request to open: older ones are dropped
  Jobs jobs_;        // last: its workers are waited for before the rest goes
};

}  // namespace sweepmark::gui
