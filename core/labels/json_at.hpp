// JSON that people write, read with the place of everything that is wrong: by JSON pointer (RFC 6901). For
// the readers of this folder; what is refused is thrown as Malformed.
#pragma once

#include <fmt/format.h>

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/labels/json.hpp"

namespace sweepmark::labels_json {

// A value and where it stands in the file.
struct At {
  const json& value;
  std::string pointer;

  [[noreturn]] void refuse(const std::string& expected) const {
    constexpr std::size_t most_shown = 80;
    std::string found = value.dump(-1, ' ', false, json::error_handler_t::replace);
    if (found.size() > most_shown) found = found.substr(0, most_shown) + "…";
    throw Malformed(
        fmt::format("{}: {} expected, found {}", pointer.empty() ? "/" : pointer, expected, found));
  }
  bool has(const char* name) const { return value.contains(name); }
  At operator[](const char* name) const {
    if (!value.is_object()) refuse("an object");
    if (!has(name)) throw Malformed(fmt::format("{}/{}: is missing", pointer, name));
    return {value[name], pointer + "/" + name};
  }
  // Refuses what is not known: a word misspelt is a rule that never holds.
  void only(std::initializer_list<std::string_view> known) const {
    if (!value.is_object()) refuse("an object");
    for (const auto& [name, content] : value.items())
      if (std::ranges::find(known, name) == known.end())
        throw Malformed(fmt::format("{}/{}: is not known here", pointer, name));
  }
  std::string text() const {
    if (!value.is_string()) refuse("text");
    return value.get<std::string>();
  }
  std::string name() const {
    if (!value.is_string() || value.get<std::string>().empty()) refuse("text that is not empty");
    return value.get<std::string>();
  }
  bool truth() const {
    if (!value.is_boolean()) refuse("true or false");
    return value.get<bool>();
  }
  double number() const {
    if (!value.is_number() || !std::isfinite(value.get<double>())) refuse("a number");
    return value.get<double>();
  }
  Eigen::Vector3d three(double above, const char* expected) const {
    Eigen::Vector3d v;
    if (!value.is_array() || value.size() != 3) refuse(expected);
    for (std::size_t i = 0; i < 3; ++i) {
      if (!value[i].is_number()) refuse(expected);
      v[static_cast<Eigen::Index>(i)] = value[i].get<double>();
    }
    if (!v.allFinite() || !(v.minCoeff() > above)) refuse(expected);
    return v;
  }
  Eigen::Vector3d size() const { return three(0.0, "three numbers above 0"); }
  template <class Each>
  void each(Each&& read_one) const {
    if (!value.is_array()) refuse("an array");
    for (std::size_t i = 0; i < value.size(); ++i) read_one(At{value[i], fmt::format("{}/{}", pointer, i)});
  }
};

// The words for the values of an enumeration.
template <class Enum>
struct Named {
  std::string_view name;
  Enum value;
};
template <class Enum, std::size_t N>
Enum one_of(const Named<Enum> (&names)[N], const At& at) {
  std::string known;
  for (const auto& [name, value] : names) {
    if (at.value.is_string() && at.value.get<std::string>() == name) return value;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", name);
  }
  at.refuse("one of " + known);
}

template <class Enum, std::size_t N>
std::string_view word_for(const Named<Enum> (&names)[N], Enum wanted) {
  for (const auto& [name, value] : names)
    if (value == wanted) return name;
  throw std::logic_error("a value without a name");
}

}  // namespace sweepmark::labels_json
