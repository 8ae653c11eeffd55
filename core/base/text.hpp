// Small pieces of text handling that every reader shares. All number parsing is independent of the locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sweepmark {

std::string_view trimmed(std::string_view text);

// Fields between runs of blanks.
std::vector<std::string_view> split_blanks(std::string_view line);
// Fields between single separators; empty fields are kept.
std::vector<std::string_view> split(std::string_view line, char separator);
// Lines without their ends (\n or \r\n); a last line without an end counts.
std::vector<std::string_view> lines_of(std::string_view text);

// The whole text must be the number; nan and inf are numbers.
std::optional<double> parse_double(std::string_view text);
std::optional<std::int64_t> parse_int(std::string_view text);

std::string lowered(std::string_view text);

// Runs of digits compare as numbers: "2.bin" before "10.bin".
bool natural_less(std::string_view a, std::string_view b);

}  // namespace sweepmark
