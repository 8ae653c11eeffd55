#include "app/gui/input/recording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "app/gui/input/gestures.hpp"
#include "core/base/files.hpp"
#include "core/base/text.hpp"

namespace sweepmark::gui {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 7> orders = {"wait_idle", "screenshot", "timings", "action",
                                                    "command",   "kill",       "quit"};

bool is_order(const json& directive) {
  return directive.is_object() && std::ranges::any_of(orders, [&](std::string_view name) {
           return directive.contains(std::string(name));
         });
}

}  // namespace

// The first frame differs in everything from this one, so that it says all: a replay may start from another
// window.
Recorder::Recorder(std::ofstream out) : out_(std::move(out)) {
  last_.width = last_.height = 0;
  last_.scale = 0;
  last_.mouse_x = last_.mouse_y = -2;
}

Result<Recorder> Recorder::open(const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  if (!out) return fail(ErrorCode::read_only, "the recording cannot be written", at_file(file));
  out << "# Recorded by sweepmark --record; replay with sweepmark --replay.\n";
  return Recorder(std::move(out));
}

void Recorder::add(const InputFrame& frame) {
  out_ << json{{"frame", frame_to_json(frame, last_)}}.dump() << '\n' << std::flush;
  last_ = frame;
}

Result<std::vector<ScriptLine>> read_script(const std::filesystem::path& file) {
  SWEEPMARK_TRY(text, read_text(file));
  std::vector<ScriptLine> script;
  std::size_t number = 0;
  for (std::string_view line : lines_of(text)) {
    ++number;
    line = trimmed(line);
    if (line.empty() || line.front() == '#') continue;
    json directive = json::parse(line, nullptr, false);
    if (directive.is_discarded())
      return fail(ErrorCode::malformed, "JSON expected, found: " + std::string(line.substr(0, 80)),
                  at_line(file, number));
    if (!is_gesture(directive) && !is_order(directive))
      return fail(ErrorCode::malformed, fmt::format("no directive is known in {}", directive.dump()),
                  at_line(file, number));
    script.push_back({number, std::move(directive)});
  }
  return script;
}

}  // namespace sweepmark::gui
