#include "app/gui/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <optional>

#include "app/gui/application.hpp"
#include "app/gui/input/gestures.hpp"
#include "app/gui/input/recording.hpp"
#include "app/gui/timings.hpp"
#include "app/gui/view_resources.hpp"
#include "app/gui/window.hpp"

namespace sweepmark::gui {
namespace {

using nlohmann::json;

// ImGui needs a frame or two to give sizes that depend on contents.
constexpr int settling_frames = 3;

class Runner {
 public:
  Runner(const Options& options, Window& window, ViewResources& resources, std::future<Found> early)
      : options_(options),
        window_(window),
        application_(options, resources, Window::wake, std::move(early)) {}

  Result<void> all() {
    if (!options_.record.empty()) {
      SWEEPMARK_TRY(recorder, Recorder::open(options_.record));
      recorder_.emplace(std::move(recorder));
    }
    if (!options_.replay.empty()) SWEEPMARK_CHECK(replay());
    if (!options_.screenshot.empty()) SWEEPMARK_CHECK(screenshot(options_.screenshot));
    const bool only_to_look = !options_.screenshot.empty() && options_.replay.empty();
    if (!options_.quit_after_replay && !only_to_look) SWEEPMARK_CHECK(live());
    application_.save_settings();
    return {};
  }

 private:
  void draw(const InputFrame& frame) {
    if (recorder_) recorder_->add(frame);
    const double before = window_.seconds();
    window_.begin_frame(frame, application_.user_scale());
    application_.frame(frame, window_.fonts(), window_.scale(), last_frame_ms_);
    window_.end_frame();
    last_frame_ms_ = (window_.seconds() - before) * 1e3;
    timings_.add_frame(last_frame_ms_);
    last_ = frame;
    note_first_picture();
  }

  // The first that shows the drive with nothing still to come.
  void note_first_picture() {
    if (timings_.has_first_picture() || !application_.has_drive() || application_.busy()) return;
    timings_.note_first_picture();
    if (options_.timings.empty()) return;
    if (const auto written = timings_.write(options_.timings); !written)
      fmt::print(stderr, "sweepmark: {}\n", to_string(written.error()));
  }

  // Frames are drawn while something changes; otherwise the thread sleeps in the operating system.
  Result<void> live() {
    int owed = settling_frames;
    double last_time = window_.seconds();
    while (!application_.quitting()) {
      const bool at_rest = owed <= 0 && !application_.wants_frame() && !window_.input().pending();
      const double until = window_.seconds() + application_.seconds_to_next_change();
      if (at_rest)
        window_.wait(std::max(0.0, until - window_.seconds()));
      else
        window_.poll();
      if (window_.close_requested()) {
        window_.forbid_close();  // unless the action agrees
        SWEEPMARK_CHECK(application_.run_action("file.quit"));
      }
      const double now = window_.seconds();
      const bool delivered = application_.take_in(), damaged = window_.take_damage();
      const bool expired = at_rest && now >= until;  // a message, or a hint
      // A worker that loaded something ahead wakes the thread too, and there is nothing new to see.
      if (window_.input().pending() || delivered || damaged || expired) owed = settling_frames;
      if (owed <= 0 && !application_.wants_frame()) continue;
      draw(window_.input().take(static_cast<float>(std::clamp(now - last_time, 1e-4, 10.0))));
      last_time = now;
      --owed;
      show_title();
    }
    return {};
  }

  void show_title() {
    if (application_.title() == title_) return;
    title_ = application_.title();
    window_.set_title(title_);
  }

  // Until nothing is under way whose end would change the picture: so that a replay does not depend on the
  // machine's speed.
  void wait_until_idle() {
    while (application_.busy()) {
      window_.wait(0.01);
      application_.take_in();
    }
    application_.take_in();
  }

  Result<void> play(const InputFrame& frame) {
    SWEEPMARK_CHECK(window_.match_size(frame.width, frame.height));
    wait_until_idle();
    draw(frame);
    return {};
  }

  Result<void> settle() {
    for (int i = 0; i < settling_frames; ++i) SWEEPMARK_CHECK(play(last_.next()));
    return {};
  }

  Result<void> screenshot(const std::filesystem::path& file) {
    if (options_.replay.empty()) start_frames();
    SWEEPMARK_CHECK(settle());
    // A large scene is completed over several frames.
    constexpr int most_frames = 600;
    for (int i = 0; i < most_frames && application_.wants_frame(); ++i) SWEEPMARK_CHECK(play(last_.next()));
    // A picture of a message is not the picture that was asked for.
    if (options_.replay.empty() && application_.open_problem()) return Failure(*application_.open_problem());
    return window_.save_screenshot(file);
  }

  void start_frames() {
    last_ = InputFrame{};
    last_.width = options_.width;
    last_.height = options_.height;
  }

  Result<void> replay() {
    SWEEPMARK_TRY(script, read_script(options_.replay));
    start_frames();
    SWEEPMARK_CHECK(settle());
    for (const ScriptLine& line : script) {
      const auto done = obey(line.directive);
      if (!done) return fail(done.error().code, to_string(done.error()), at_line(options_.replay, line.line));
      if (application_.quitting()) break;
    }
    return {};
  }

  Result<void> obey(const json& directive) {
    if (is_gesture(directive)) {
      // Places are looked up on a window that has come to rest.
      if (!directive.contains("frame")) SWEEPMARK_CHECK(settle());
      SWEEPMARK_TRY(frames, gesture_frames(directive, last_, application_.places()));
      for (const InputFrame& frame : frames) SWEEPMARK_CHECK(play(frame));
      return {};
    }
    try {
      return order(directive);
    } catch (const json::exception& error) {
      return fail(ErrorCode::malformed, fmt::format("{}: {}", directive.dump(), error.what()));
    }
  }

  Result<void> order(const json& directive) {
    if (directive.contains("screenshot")) return screenshot(directive["screenshot"].get<std::string>());
    if (directive.contains("timings")) return timings_.write(directive["timings"].get<std::string>());
    wait_until_idle();
    if (directive.contains("kill")) std::raise(directive["kill"].get<int>());
    if (directive.contains("quit")) application_.ask_to_quit();
    if (directive.contains("action"))
      SWEEPMARK_CHECK(application_.run_action(directive["action"].get<std::string>()));
    if (directive.contains("command")) {
      const json& command = directive["command"];
      SWEEPMARK_CHECK(application_.run_command(command.at("name").get<std::string>(),
                                               command.value("args", json::object())));
    }
    return settle();
  }

  const Options& options_;
  Window& window_;
  Application application_;
  std::optional<Recorder> recorder_;
  InputFrame last_;
  double last_frame_ms_ = 0;
  Timings timings_;
  std::string title_;
};

}  // namespace

Result<void> run(const Options& options, Window& window, std::future<Found> early) {
  const auto resources = make_view_resources(options.backend);
  return Runner(options, window, *resources, std::move(early)).all();
}

}  // namespace sweepmark::gui
