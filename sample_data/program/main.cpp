// sweepmark-sample: makes a synthetic drive whose truth is known exactly.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "sample_data/generate.hpp"

namespace {

using namespace sweepmark;
using namespace sweepmark::sample;

constexpr int exit_failure = 1, exit_usage = 2;

constexpr const char* description =
    "Makes a synthetic drive whose truth is known exactly: a vehicle with a spinning lidar and three cameras "
    "turns left at a crossing "
    "among cars, a truck, cyclists and walkers. Written as an OpenLABEL drive (PCD, JPEG, drive.json) with "
    "the boxes, the class and "
    "object of every point, the calibration and the poses.";

constexpr const char* examples =
    "Examples:\n"
    "  sweepmark-sample sample\n"
    "      90 sweeps with images into the folder sample\n"
    "  sweepmark-sample /tmp/other --seed 7 --sweeps 30 --rings 32\n"
    "      other cars, houses and people; a shorter drive, a simpler lidar\n"
    "  sweepmark-sample /tmp/askew --yaw-error-deg 0.5 --error-camera camera_front\n"
    "      drive.json says the front camera looks half a degree too far left; truth.json says how it really "
    "looks\n"
    "  sweepmark-sample /tmp/late --clock-offset-ms 40\n"
    "      image times are written 40 ms too late\n"
    "  sweepmark-sample /tmp/points --no-images\n"
    "      sweeps only: needs no display\n"
    "\n"
    "Exit codes: 0 made, 1 could not be made, 2 wrong usage.";

struct Arguments {
  std::string folder;
  SampleOptions options;
  std::vector<std::string> error_cameras;
  bool force = false, no_images = false, json = false;
};

void declare(CLI::App& app, Arguments& a) {
  CalibrationError& error = a.options.calibration_error;
  app.add_option("OUT", a.folder, "Folder to make the drive in")->required();
  app.add_option("--seed", a.options.seed, "Which street: its cars, houses, people and noise")
      ->capture_default_str();
  app.add_option("--sweeps", a.options.sweeps, "Length of the drive in tenths of a second")
      ->check(CLI::Range(1, most_sweeps))
      ->capture_default_str();
  app.add_option("--rings", a.options.rings, "Lasers of the lidar")
      ->check(CLI::IsMember({32, 64}))
      ->capture_default_str();
  app.add_flag("--no-images", a.no_images, "Leave the camera images out");
  const char* wrong = "A wrong calibration on purpose (truth.json keeps the right one)";
  app.add_option("--yaw-error-deg", error.yaw_deg, "Cameras turned to the left")->group(wrong);
  app.add_option("--pitch-error-deg", error.pitch_deg, "Cameras turned downwards")->group(wrong);
  app.add_option("--roll-error-deg", error.roll_deg, "Cameras tilted to the right")->group(wrong);
  app.add_option("--x-error-m", error.translation_m.x(), "Cameras moved forward")->group(wrong);
  app.add_option("--y-error-m", error.translation_m.y(), "Cameras moved left")->group(wrong);
  app.add_option("--z-error-m", error.translation_m.z(), "Cameras moved up")->group(wrong);
  app.add_option("--error-camera", a.error_cameras, "Only this camera is wrong; may be repeated")
      ->group(wrong);
  app.add_option("--clock-offset-ms", a.options.clock_offset_ms, "Image times written too late by this")
      ->group(wrong);
  app.add_flag("--force", a.force, "Replace the sample drive that is in OUT");
  app.add_flag("--json", a.json, "Print what was made as one JSON object on standard output");
  app.footer(examples);
}

// One line on standard error: rewritten in place on a terminal, at every tenth of the way in a log.
Progress progress_on_stderr() {
  return {{}, [last = std::string()](double fraction, std::string_view what) mutable {
            const bool terminal = isatty(STDERR_FILENO);
            const int percent = static_cast<int>(100 * fraction);
            const std::string line =
                fraction > 0 ? fmt::format("{} {:3} %", what, terminal ? percent : percent / 20 * 20)
                             : std::string(what);
            if (line == last) return;
            last = line;
            const bool stays = !terminal || fraction == 0.0 || percent == 100;
            fmt::print(stderr, "{}sweepmark-sample: {}{}", terminal ? "\r" : "", line, stays ? "\n" : "");
            std::fflush(stderr);
          }};
}

void report(const Arguments& a, const SampleSummary& made, double seconds) {
  if (a.json) {
    const nlohmann::ordered_json object = {
        {"drive", a.folder},       {"sweeps", made.sweeps},
        {"images", made.images},   {"points", made.points},
        {"objects", made.objects}, {"boxes", made.boxes},
        {"bytes", made.bytes},     {"seconds", std::round(seconds * 100) / 100}};
    fmt::print("{}\n", object.dump());
    return;
  }
  fmt::print(stderr,
             "sweepmark-sample: {} sweeps of {} points, {} images, {} boxes of {} objects: {:.0f} MB in "
             "{:.0f} s at {}\n",
             made.sweeps, made.points / made.sweeps, made.images, made.boxes, made.objects,
             static_cast<double>(made.bytes) * 1e-6, seconds, a.folder);
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  CLI::App app(description, "sweepmark-sample");
  declare(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : exit_usage;
  }
  arguments.options.images = !arguments.no_images;
  arguments.options.calibration_error.cameras.insert(arguments.error_cameras.begin(),
                                                     arguments.error_cameras.end());
  const auto start = std::chrono::steady_clock::now();
  const auto made =
      make_sample_drive(arguments.options, arguments.folder,
                        arguments.force ? Existing::replace : Existing::keep, progress_on_stderr());
  if (!made) {
    fmt::print(stderr, "sweepmark-sample: {}\n", to_string(made.error()));
    return made.error().code == ErrorCode::invalid_argument ? exit_usage : exit_failure;
  }
  report(arguments, *made, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  return 0;
}
