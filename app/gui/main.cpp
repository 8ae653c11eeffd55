// sweepmark: the window.
#include <fmt/format.h>
#include <malloc.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <future>
#include <map>
#include <string>

#include "app/gui/run.hpp"
#include "core/base/text.hpp"

namespace {

using namespace sweepmark;

constexpr int exit_failed = 1, exit_usage = 2, exit_no_display = 3;

constexpr const char* examples = R"(Examples:
  sweepmark                                     the start screen: open a folder, a recent drive, the sample
  sweepmark ~/drives/log7                       open a drive; its layout is told by what the folder holds
  sweepmark ~/kitti/training --drive 0004       one of several drives under a path
  sweepmark log7 --layer alice --author alice   label in a line of history of one's own
  sweepmark log7 --screenshot log7.png          a picture of the window with the drive, then quit
  sweepmark log7 --record session.jsonl         write down all input, to be replayed
  sweepmark log7 --replay session.jsonl --quit-after-replay

Labels are saved as they are made, in one file beside the drive (or --labels FILE); the drive is never written to.
Exit codes: 0 all is well, 1 something failed, 2 wrong usage, 3 no display.)";

// "1600x1000"
std::string read_size(const std::string& text, gui::Options& options) {
  const auto parts = split(text, 'x');
  const auto width = parse_int(parts.front()), height = parse_int(parts.back());
  const bool sound = parts.size() == 2 && width && height && *width >= 800 && *height >= 500 &&
                     *width <= 16384 && *height <= 16384;
  if (!sound) return "a size from 800x500 to 16384x16384 expected, found " + text;
  options.width = static_cast<int>(*width);
  options.height = static_cast<int>(*height);
  return "";
}

void describe(CLI::App& app, gui::Options& options) {
  app.footer(examples);
  app.add_option("PATH", options.path, "a drive, or a folder that holds several");
  app.add_option("--drive", options.drive, "which of several drives under PATH");
  app.add_option("--labels", options.labels, "the labels file; otherwise beside the drive");
  app.add_option("--layer", options.layer, "the line of history to work in")->capture_default_str();
  app.add_option("--author", options.author, "who works; otherwise the login name");
  app.add_flag("--adopt-labels", options.adopt_labels, "take over labels that were made on another drive");
  app.add_option_function<std::string>(
      "--size",
      [&options](const std::string& text) {
        if (const std::string wrong = read_size(text, options); !wrong.empty())
          throw CLI::ValidationError("--size", wrong);
      },
      "of the window, as 1600x1000");
  const std::map<std::string, BackendChoice> backends = {{"auto", BackendChoice::automatic},
                                                         {"software", BackendChoice::software},
                                                         {"opengl", BackendChoice::opengl}};
  app.add_option("--backend", options.backend, "what draws points: auto, software or opengl")
      ->transform(CLI::CheckedTransformer(backends, CLI::ignore_case));
  app.add_option("--state", options.state, "where the window's sizes and recent drives are remembered");
  app.add_option("--record", options.record, "write all input to this file");
  app.add_option("--replay", options.replay, "play input from this file; see docs/replay.md")
      ->check(CLI::ExistingFile);
  app.add_flag("--quit-after-replay", options.quit_after_replay, "close the window when the replay is over");
  app.add_option("--timings", options.timings,
                 "write here how long the first picture with all in it took; see docs/replay.md");
  app.add_option("--screenshot", options.screenshot,
                 "save a picture once all is loaded (and replayed); without --replay, quit then");
}

int report(const Error& error, int exit_code) {
  fmt::print(stderr, "sweepmark: {}\n", to_string(error));
  return exit_code;
}

// Images and sweeps come and go in pieces of megabytes. By default glibc learns from the first that is freed
// to keep the next ones in its heaps, where every thread has one and little is given back.
void give_memory_back() {
  ::mallopt(M_MMAP_THRESHOLD, 256 * 1024);
  ::mallopt(M_ARENA_MAX, 2);
}

}  // namespace

int main(int argc, char** argv) {
  give_memory_back();
  gui::Options options;
  CLI::App app("Sweepmark: label lidar drives with their cameras.", "sweepmark");
  describe(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : exit_usage;
  }
  std::future<gui::Found> early;
  if (!options.path.empty()) early = gui::begin_to_find({options.path, options.drive}, gui::Window::wake);
  const auto window = gui::Window::create(options.width, options.height, "Sweepmark");
  if (!window) return report(window.error(), exit_no_display);
  const auto done = gui::run(options, **window, std::move(early));
  return done ? 0 : report(done.error(), exit_failed);
}
