#include "benchmarks/window_run.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

namespace sweepmark::bench {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

fs::path program() {
  return fs::read_symlink("/proc/self/exe").parent_path() / "sweepmark";
}

}  // namespace

bool window_is_built() {
  return fs::exists(program());
}

std::vector<DriveCase> window_drives() {
  std::vector<DriveCase> found;
  const char* data = std::getenv("SWEEPMARK_DATA");
  const fs::path kitti = fs::path(data ? data : SWEEPMARK_BENCH_DATA) / "kitti_tracking";
  if (fs::exists(kitti)) found.push_back({"kitti", {kitti.string(), "--drive", "0052"}});
  const char* sample = std::getenv("SWEEPMARK_SAMPLE");
  const fs::path made = sample ? sample : "sample/drive";
  if (fs::exists(made)) found.push_back({"sample", {made.string()}});
  return found;
}

WindowRun::WindowRun(const DriveCase& drive) : drive_(drive), folder_(ScratchFolder::make("bench").value()) {}

WindowRun::~WindowRun() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void WindowRun::replay(const std::vector<json>& script, bool quit) {
  std::ofstream out(file("script"));
  for (const json& line : script) out << line.dump() << '\n';
  out.close();
  std::vector<std::string> words = {"--replay", file("script")};
  if (quit) words.emplace_back("--quit-after-replay");
  start(words);
}

void WindowRun::open(const std::string& timings_file) {
  start({"--timings", file(timings_file)});
}

void WindowRun::start(const std::vector<std::string>& more) {
  std::vector<std::string> words = {program().string()};
  words.insert(words.end(), drive_.arguments.begin(), drive_.arguments.end());
  words.insert(words.end(),
               {"--labels", file("labels.sweepmark"), "--state", file("view.json"), "--size", "1280x720"});
  words.insert(words.end(), more.begin(), more.end());
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

bool WindowRun::wait_for(const std::string& name) const {
  using namespace std::chrono_literals;
  for (int i = 0; i < 1200 && !fs::exists(file(name)); ++i) std::this_thread::sleep_for(50ms);
  return fs::exists(file(name));
}

bool WindowRun::finish() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = 0;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

json WindowRun::timings(const std::string& name) const {
  std::ifstream in(file(name));
  return json::parse(in, nullptr, false);
}

double WindowRun::cpu_seconds() const {
  std::ifstream in("/proc/" + std::to_string(pid_) + "/stat");
  std::string stat((std::istreambuf_iterator<char>(in)), {});
  std::istringstream fields(stat.substr(stat.rfind(')') + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace sweepmark::bench
