#include "core/formats/stem_time.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "core/base/text.hpp"

namespace sweepmark {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t digits_before(const std::string& text, std::size_t end) {
  std::size_t first = end;
  while (first > 0 && is_digit(text[first - 1])) --first;
  return end - first;
}

std::optional<TimestampNs> plausible(std::int64_t seconds, std::int64_t ns) {
  constexpr std::int64_t year_2000 = 946'684'800, year_2100 = 4'102'444'800;
  if (seconds < year_2000 || seconds >= year_2100) return std::nullopt;
  return TimestampNs{seconds * 1'000'000'000 + ns};
}

std::optional<TimestampNs> whole_time(const std::string& digits) {
  std::int64_t ns_per_unit = 0;
  switch (digits.size()) {
    case 19:
      ns_per_unit = 1;
      break;
    case 16:
      ns_per_unit = 1'000;
      break;
    case 13:
      ns_per_unit = 1'000'000;
      break;
    case 10:
      ns_per_unit = 1'000'000'000;
      break;
    default:
      return std::nullopt;
  }
  const auto units = parse_int(digits);
  if (!units) return std::nullopt;
  const std::int64_t per_second = 1'000'000'000 / ns_per_unit;
  return plausible(*units / per_second, *units % per_second * ns_per_unit);
}

// ".5" is half a second; "_5" is five nanoseconds, as recorders join a stamp's two fields.
std::optional<TimestampNs> split_time(const std::string& seconds, char separator, std::string fraction) {
  if (seconds.size() < 9 || seconds.size() > 10 || fraction.size() > 9) return std::nullopt;
  if (separator == '.') fraction.resize(9, '0');
  const auto whole = parse_int(seconds), ns = parse_int(fraction);
  return whole && ns ? plausible(*whole, *ns) : std::nullopt;
}

}  // namespace

std::string stem_of(const std::filesystem::path& file) {
  std::filesystem::path name = file.filename();
  while (name.has_extension()) {
    const std::string extension = name.extension().string();
    if (std::ranges::all_of(extension.substr(1), is_digit)) break;
    name = name.stem();
  }
  return name.string();
}

std::string trailing_number(const std::string& stem) {
  return stem.substr(stem.size() - digits_before(stem, stem.size()));
}

std::optional<TimestampNs> time_of_stem(const std::string& stem) {
  const std::string last = trailing_number(stem);
  if (last.empty()) return std::nullopt;
  if (const auto time = whole_time(last)) return time;
  const std::size_t rest = stem.size() - last.size();
  if (rest < 2 || (stem[rest - 1] != '.' && stem[rest - 1] != '_')) return std::nullopt;
  const std::size_t digits = digits_before(stem, rest - 1);
  return split_time(stem.substr(rest - 1 - digits, digits), stem[rest - 1], last);
}

std::optional<std::vector<TimestampNs>> times_of_files(const std::vector<std::filesystem::path>& files) {
  std::vector<TimestampNs> times;
  std::set<TimestampNs> distinct;
  for (const auto& file : files) {
    const auto time = time_of_stem(stem_of(file));
    if (!time || !distinct.insert(*time).second) return std::nullopt;
    times.push_back(*time);
  }
  return times;
}

}  // namespace sweepmark
