#include "sample_data/display/virtual_display.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>
#include <utility>

namespace sweepmark {

namespace {

// Never returns. Xvfb picks a free display number and writes it, with a line end, to `number_to`.
[[noreturn]] void become_server(int number_to, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(126);  // the parent died before the line above
  const int silence = ::open("/dev/null", O_RDWR);
  dup2(silence, STDIN_FILENO);
  dup2(silence, STDOUT_FILENO);
  dup2(silence, STDERR_FILENO);
  const std::string fd = std::to_string(number_to);
  execlp("Xvfb", "Xvfb", "-displayfd", fd.c_str(), "-screen", "0", "1920x1200x24", "-nolisten", "tcp",
         static_cast<char*>(nullptr));
  _exit(127);
}

// What arrives before the line's end; empty where the other side closes first.
std::string line_from(int fd) {
  std::string line;
  for (char c = 0; read(fd, &c, 1) == 1;) {
    if (c == '\n') return line;
    line += c;
  }
  return {};
}

}  // namespace

Result<VirtualDisplay> VirtualDisplay::start() {
  std::array<int, 2> channel{};
  if (pipe(channel.data()) != 0) return fail(ErrorCode::internal, "No pipe could be opened to start Xvfb.");
  const pid_t parent = getpid(), server = fork();
  if (server == 0) {
    close(channel[0]);
    become_server(channel[1], parent);
  }
  close(channel[1]);
  const std::string number = server < 0 ? std::string() : line_from(channel[0]);
  close(channel[0]);
  if (server < 0) return fail(ErrorCode::internal, "No process could be started for Xvfb.");
  if (number.empty()) {
    int status = 0;
    waitpid(server, &status, 0);
    const bool missing = WIFEXITED(status) && WEXITSTATUS(status) == 127;
    return fail(
        ErrorCode::not_found,
        missing ? "There is no display, and no Xvfb program to make one: install the package xvfb, or set "
                  "DISPLAY."
                : "There is no display, and Xvfb did not start.");
  }
  setenv("DISPLAY", (":" + number).c_str(), 1);
  return VirtualDisplay(server);
}

VirtualDisplay::VirtualDisplay(VirtualDisplay&& other) noexcept : server_(std::exchange(other.server_, 0)) {}

VirtualDisplay::~VirtualDisplay() {
  if (server_ <= 0) return;
  kill(server_, SIGTERM);
  waitpid(server_, nullptr, 0);
  unsetenv("DISPLAY");
}

}  // namespace sweepmark
