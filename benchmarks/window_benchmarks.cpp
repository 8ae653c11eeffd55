// The real window, timed from outside and by its own frame times, on drives as a user opens them.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "benchmarks/frame_benchmarks.hpp"
#include "core/base/scratch_folder.hpp"

namespace sweepmark::bench {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct DriveCase {
  std::string name;
  std::vector<std::string> arguments;  // of sweepmark
};

fs::path program() {
  return fs::read_symlink("/proc/self/exe").parent_path() / "sweepmark";
}

std::vector<DriveCase> drives() {
  std::vector<DriveCase> found;
  const char* data = std::getenv("SWEEPMARK_DATA");
  const fs::path kitti = fs::path(data ? data : SWEEPMARK_BENCH_DATA) / "kitti_tracking";
  if (fs::exists(kitti)) found.push_back({"kitti", {kitti.string(), "--drive", "0052"}});
  const char* sample = std::getenv("SWEEPMARK_SAMPLE");
  const fs::path made = sample ? sample : "sample/drive";
  if (fs::exists(made)) found.push_back({"sample", {made.string()}});
  return found;
}

// A folder for one run of the window: its labels, its state, its script and what it writes.
class Run {
 public:
  explicit Run(const DriveCase& drive) : drive_(drive), folder_(ScratchFolder::make("bench").value()) {}
  ~Run() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  std::string file(const std::string& name) const { return (folder_ / name).string(); }

  void start(const std::vector<json>& script, bool quit) {
    std::ofstream out(file("script"));
    for (const json& line : script) out << line.dump() << '\n';
    out.close();
    std::vector<std::string> words = {program().string()};
    words.insert(words.end(), drive_.arguments.begin(), drive_.arguments.end());
    for (const std::string& word :
         {std::string("--labels"), file("labels.sweepmark"), std::string("--state"), file("view.json"),
          std::string("--size"), std::string("1280x720"), std::string("--replay"), file("script")})
      words.push_back(word);
    if (quit) words.emplace_back("--quit-after-replay");
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
      if (const int quiet = ::open("/dev/null", O_WRONLY); quiet >= 0) ::dup2(quiet, STDERR_FILENO);
      ::execv(arguments[0], arguments.data());
      ::_exit(127);
    }
  }
  bool finish() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = 0;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }
  json timings(const std::string& name) const {
    std::ifstream in(file(name));
    return json::parse(in, nullptr, false);
  }
  // Of the process, user and system; seconds.
  double cpu_seconds() const {
    std::ifstream in("/proc/" + std::to_string(pid_) + "/stat");
    std::string stat((std::istreambuf_iterator<char>(in)), {});
    std::istringstream fields(stat.substr(stat.rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
  }

 private:
  const DriveCase& drive_;
  ScratchFolder folder_;
  pid_t pid_ = 0;
};

void failed(benchmark::State& state) {
  state.SkipWithError("the window did not run to the end of its script");
}

void open_window(benchmark::State& state, const DriveCase& drive) {
  double megabytes = 0;
  for (auto _ : state) {
    Run run(drive);
    run.start({{{"wait_idle", true}}, {{"timings", run.file("t")}}}, true);
    if (!run.finish()) return failed(state);
    const json timings = run.timings("t");
    state.SetIterationTime(timings["since_start_ms"].get<double>() * 1e-3);
    megabytes = std::max(megabytes, timings["resident_mb"].get<double>());
  }
  state.counters["resident_mb"] = megabytes;
}

// The slowest frame after the key is the one that shows the next sweep, its image and what is drawn over it.
void next_sweep(benchmark::State& state, const DriveCase& drive) {
  constexpr int steps = 8;
  double worst = 0;
  for (auto _ : state) {
    Run run(drive);
    std::vector<json> script = {{{"wait_idle", true}}, {{"timings", run.file("opened")}}};
    for (int i = 0; i < steps; ++i) {
      script.push_back({{"key", "."}});
      script.push_back({{"timings", run.file(std::to_string(i))}});
    }
    run.start(script, true);
    if (!run.finish()) return failed(state);
    double sum = 0;
    for (int i = 0; i < steps; ++i) {
      const auto frames = run.timings(std::to_string(i))["frames_ms"].get<std::vector<double>>();
      const double slowest = *std::ranges::max_element(frames);
      sum += slowest;
      worst = std::max(worst, slowest);
    }
    state.SetIterationTime(sum / steps * 1e-3);
  }
  state.counters["worst_ms"] = worst;
}

void drag_camera(benchmark::State& state, const DriveCase& drive) {
  double redraws = 0;
  for (auto _ : state) {
    Run run(drive);
    const json drag = {
        {"drag", {{{"place", "view3d"}, {"at", {0.3, 0.5}}}, {{"place", "view3d"}, {"at", {0.7, 0.6}}}}},
        {"button", 1},
        {"steps", 120}};
    run.start({{{"wait_idle", true}}, {{"timings", run.file("opened")}}, drag, {{"timings", run.file("t")}}},
              true);
    if (!run.finish()) return failed(state);
    auto frames = run.timings("t")["frames_ms"].get<std::vector<double>>();
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
    Run run(drive);
    run.start({{{"wait_idle", true}}, {{"timings", run.file("t")}}}, false);
    for (int i = 0; i < 600 && !fs::exists(run.file("t")); ++i) std::this_thread::sleep_for(100ms);
    if (!fs::exists(run.file("t"))) return failed(state);
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
  if (!fs::exists(program())) return;
  for (const DriveCase& drive : drives()) {
    const auto add = [&drive](const std::string& what, auto function, int iterations) {
      benchmark::RegisterBenchmark(("window/" + what + "/" + drive.name).c_str(),
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
