// Runs sweepmarkctl within the test and keeps what it says.
#pragma once

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "app/cli/cli_command.hpp"

namespace sweepmark::test {

struct Ran {
  int code;
  std::string out, messages;
  nlohmann::json object() const { return nlohmann::json::parse(out); }
};

inline Ran ctl(const std::vector<std::string>& arguments) {
  std::vector<const char*> argv = {"sweepmarkctl"};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  std::ostringstream out, messages;
  const int code = run_cli(static_cast<int>(argv.size()), argv.data(), out, messages);
  return {code, out.str(), messages.str()};
}

}  // namespace sweepmark::test
