// The real window, timed from outside and by its own frame times.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "benchmarks/frame_benchmarks.hpp"
#include "benchmarks/window_run.hpp"

namespace sweepmark::bench {

namespace {

using nlohmann::json;

void failed(benchmark::State& state) {
  state.SkipWithError("the window did not run to the end of its script");
}

std::vector<double> frames_of(const json& timings) {
  return timings["frames_ms"].get<std::vector<double>>();
}

// From the start of the process to the first picture with the sweep, its images and all that is drawn over
// them, nothing of it still to come.
void open_window(benchmark::State& state, const DriveCase& drive) {
  double megabytes = 0;
  for (auto _ : state) {
    WindowRun run(drive);
    run.open("t");
    if (!run.wait_for("t")) return failed(state);
    const json timings = run.timings("t");
    state.SetIterationTime(timings["first_picture_ms"].get<double>() * 1e-3);
    megabytes = std::max(megabytes, timings["resident_mb"].get<double>());
  }
  state.counters["resident_mb"] = megabytes;
}

// Steps with a rest after each: the slowest frame after the key is the one that shows the next sweep, its
// images and what is drawn over them. Then the key held, each sweep shown with all its images before the
// next: all the work of loading, decoding and projecting is in that.
void next_sweep(benchmark::State& state, const DriveCase& drive) {
  constexpr int steps = 10, held = 40;
  double worst = 0, rate = 0;
  for (auto _ : state) {
    WindowRun run(drive);
    std::vector<json> script = {{{"wait_idle", true}}, {{"timings", run.file("opened")}}};
    for (int i = 0; i < steps; ++i) {
      script.push_back({{"key", "."}});
      script.push_back({{"timings", run.file(std::to_string(i))}});
    }
    script.push_back({{"key", "."}, {"repeat", held - 1}});
    script.push_back({{"timings", run.file("held")}});
    run.replay(script, true);
    if (!run.finish()) return failed(state);
    double sum = 0;
    for (int i = 0; i < steps; ++i) {
      const auto frames = frames_of(run.timings(std::to_string(i)));
      const double slowest = *std::ranges::max_element(frames);
      sum += slowest;
      worst = std::max(worst, slowest);
    }
    state.SetIterationTime(sum / steps * 1e-3);
    rate = 1e3 * held / run.timings("held")["elapsed_ms"].get<double>();
  }
  state.counters["worst_ms"] = worst;
  state.counters["held_sweeps_per_s"] = rate;
}

void drag_camera(benchmark::State& state, const DriveCase& drive) {
  double redraws = 0;
  for (auto _ : state) {
    WindowRun run(drive);
    const json drag = {
        {"drag", {{{"place", "view3d"}, {"at", {0.3, 0.5}}}, {{"place", "view3d"}, {"at", {0.7, 0.6}}}}},
        {"button", 1},
        {"steps", 120}};
    run.replay({{{"wait_idle", true}}, {{"timings", run.file("opened")}}, drag, {{"timings", run.file("t")}}},
               true);
    if (!run.finish()) return failed(state);
    auto frames = frames_of(run.timings("t"));
    std::ranges::sort(frames);
    const double median = frames[frames.size() / 2];
    state.SetIterationTime(median * 1e-3);
    redraws = 1e3 / median;
  }
  state.counters["redraws_per_s"] = redraws;
}

// Seconds of CPU in a second in which nothing happens.
void idle(benchmark::State& state, const DriveCase& drive) {
  using namespace std::chrono_literals;
  for (auto _ : state) {
    WindowRun run(drive);
    run.open("t");
    if (!run.wait_for("t")) return failed(state);
    std::this_thread::sleep_for(2s);  // prefetching ends
    const double before = run.cpu_seconds();
    std::this_thread::sleep_for(3s);
    const double share = (run.cpu_seconds() - before) / 3;
    state.SetIterationTime(std::max(share, 1e-9));
    state.counters["cpu_percent"] = 100 * share;
  }
}

}  // namespace

void register_window() {
  if (!window_is_built()) return;
  for (const DriveCase& drive : window_drives()) {
    const auto add = [&drive](const std::string& what, auto function, int iterations) {
      benchmark::RegisterBenchmark((what + "/" + drive.name).c_str(),
                                   [function, drive](benchmark::State& state) { function(state, drive); })
          ->UseManualTime()
          ->Iterations(iterations)
          ->Unit(benchmark::kMillisecond);
    };
    add("open", open_window, 5);
    add("step", next_sweep, 1);
    add("drag", drag_camera, 1);
    add("idle", idle, 1);
  }
}

}  // namespace sweepmark::bench
