// What a command of sweepmarkctl says: results on one stream, messages and progress on the other.
#pragma once

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>

#include "core/base/progress.hpp"
#include "core/base/result.hpp"

namespace sweepmark {

enum class ExitCode {
  success = 0,
  negative = 1,  // it ran, and what it found is not well
  usage = 2,     // the command line is wrong
  input = 3,     // a file or a drive could not be used
  store = 4,     // the labels could not be used
  cancelled = 130,
};

class Output {
 public:
  Output(std::ostream& out, std::ostream& messages, bool messages_on_terminal)
      : out_(out), messages_(messages), on_terminal_(messages_on_terminal) {}

  bool json = false;

  // Text for people; says nothing with --json.
  void text(std::string_view line);
  // The one object of --json; says nothing without it.
  void object(const nlohmann::json& object);
  void message(std::string_view line);
  // Reports an error on both streams as fits, and says which exit code it means.
  ExitCode failure(const Error& error, ExitCode code = ExitCode::input);
  // A bar on a terminal, nothing where the messages go to a file. Its stop token is Ctrl+C's.
  Progress progress();

 private:
  void clear_bar();

  std::ostream& out_;
  std::ostream& messages_;
  bool on_terminal_;
  bool bar_shown_ = false;
};

// From here on Ctrl+C asks long work to stop instead of ending the process.
void catch_interrupts();

}  // namespace sweepmark
