// Values of settings that may be damaged: what is not as it should be is left as it was.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace sweepmark::gui {

template <class Enum, std::size_t N>
void read_enum(const nlohmann::json& j, const char* name, const std::array<std::string_view, N>& names,
               Enum& value) {
  if (!j.contains(name) || !j[name].is_string()) return;
  for (std::size_t i = 0; i < N; ++i)
    if (j[name].get<std::string>() == names[i]) value = static_cast<Enum>(i);
}

template <class Number>
void read_number(const nlohmann::json& j, const char* name, Number low, Number high, Number& value) {
  if (!j.contains(name) || !j[name].is_number()) return;
  const double number = j[name].get<double>();
  if (number >= static_cast<double>(low) && number <= static_cast<double>(high))
    value = static_cast<Number>(number);
}

// As many finite numbers as there should be, or nothing.
template <std::size_t N>
std::optional<std::array<double, N>> numbers_in(const nlohmann::json& j, const char* name) {
  if (!j.contains(name) || !j[name].is_array() || j[name].size() != N) return std::nullopt;
  std::array<double, N> numbers{};
  for (std::size_t i = 0; i < N; ++i) {
    if (!j[name][i].is_number()) return std::nullopt;
    numbers[i] = j[name][i].get<double>();
    if (!std::isfinite(numbers[i])) return std::nullopt;
  }
  return numbers;
}

inline void read_flag(const nlohmann::json& j, const char* name, bool& value) {
  if (j.contains(name) && j[name].is_boolean()) value = j[name].get<bool>();
}

}  // namespace sweepmark::gui
