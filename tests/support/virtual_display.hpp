// A display for programs that need a window where there is none: an Xvfb of our own, gone when we are.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <string>

namespace sweepmark::test {

class VirtualDisplay {
 public:
  // Starts Xvfb and points DISPLAY at it; null where it cannot be started. Call before any thread and any
  // window is made.
  static std::unique_ptr<VirtualDisplay> start() {
    std::array<int, 2> pipe_ends{};
    if (pipe(pipe_ends.data()) != 0) return nullptr;
    const pid_t pid = fork();
    if (pid == 0) become_xvfb(pipe_ends);
    close(pipe_ends[1]);
    std::string number;  // Xvfb chooses a free display and writes its number when it is ready
    for (char c = 0; read(pipe_ends[0], &c, 1) == 1 && c != '\n';) number += c;
    close(pipe_ends[0]);
    if (pid < 0) return nullptr;
    std::unique_ptr<VirtualDisplay> display(new VirtualDisplay(pid));
    if (number.empty()) return nullptr;
    setenv("DISPLAY", (":" + number).c_str(), 1);
    return display;
  }

  ~VirtualDisplay() {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
    unsetenv("DISPLAY");
  }
  VirtualDisplay(const VirtualDisplay&) = delete;
  VirtualDisplay& operator=(const VirtualDisplay&) = delete;

 private:
  explicit VirtualDisplay(pid_t pid) : pid_(pid) {}

  [[noreturn]] static void become_xvfb(const std::array<int, 2>& pipe_ends) {
    close(pipe_ends[0]);
    prctl(PR_SET_PDEATHSIG, SIGTERM);  // it does not outlive a program that crashed
    if (const int quiet = open("/dev/null", O_WRONLY); quiet >= 0) dup2(quiet, STDERR_FILENO);
    const std::string descriptor = std::to_string(pipe_ends[1]);
    execlp("Xvfb", "Xvfb", "-displayfd", descriptor.c_str(), "-screen", "0", "1920x1200x24", "-nolisten",
           "tcp", nullptr);
    _exit(127);
  }

  pid_t pid_;
};

}  // namespace sweepmark::test
