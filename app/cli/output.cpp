#include "app/cli/output.hpp"

#include <fmt/format.h>

#include <atomic>
#include <csignal>

namespace sweepmark {

namespace {

// A signal handler can reach nothing but what is global.
std::stop_source interrupt_source;
std::atomic<bool> interrupted = false;

extern "C" void on_interrupt(int) {
  // The second Ctrl+C ends the process as usual.
  if (interrupted.exchange(true)) std::_Exit(130);
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, on_interrupt);
}

void Output::clear_bar() {
  if (bar_shown_) messages_ << "\r\033[K";
  bar_shown_ = false;
}

void Output::text(std::string_view line) {
  if (json) return;
  clear_bar();
  out_ << line << '\n' << std::flush;
}

void Output::object(const nlohmann::json& object) {
  if (json) out_ << object.dump(2) << '\n' << std::flush;
}

void Output::message(std::string_view line) {
  clear_bar();
  messages_ << line << '\n' << std::flush;
}

ExitCode Output::failure(const Error& error, ExitCode code) {
  message("error: " + to_string(error));
  nlohmann::json j = {{"code", to_string(error.code)}, {"message", error.message}};
  if (!error.where.file.empty()) j["file"] = error.where.file.string();
  if (error.where.line) j["line"] = *error.where.line;
  if (error.where.byte_offset) j["byte"] = *error.where.byte_offset;
  object({{"error", j}});
  return error.code == ErrorCode::cancelled ? ExitCode::cancelled : code;
}

Progress Output::progress() {
  return {interrupt_source.get_token(), [this](double fraction, std::string_view what) {
            if (interrupted) interrupt_source.request_stop();
            if (!on_terminal_) return;
            constexpr int width = 30;
            const int done = static_cast<int>(fraction * width);
            messages_ << fmt::format("\r\033[K[{:=<{}}{:<{}}] {:3.0f}% {}", "", done, "", width - done,
                                     100 * fraction, what)
                      << std::flush;
            bar_shown_ = true;
          }};
}

}  // namespace sweepmark
