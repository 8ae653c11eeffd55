#include "core/labels/attribute_definition.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "core/base/text.hpp"

namespace sweepmark {

namespace {

Failure wrong(const AttributeDefinition& definition, std::string expected, std::string_view found) {
  return fail(ErrorCode::invalid_argument,
              fmt::format("'{}' must be {}, found '{}'", definition.name, expected, found));
}

std::string range_in_words(const AttributeDefinition& definition) {
  std::string words = "a number";
  if (definition.least) words += fmt::format(" of at least {}", *definition.least);
  if (definition.most)
    words += fmt::format("{} at most {}", definition.least ? " and" : " of", *definition.most);
  return definition.unit.empty() ? words : words + " " + definition.unit;
}

// Letters and digits alone, in lower case.
std::string bare(std::string_view name) {
  std::string result = lowered(name);
  std::erase_if(result, [](char c) { return c == ' ' || c == '_' || c == '-'; });
  return result;
}

}  // namespace

Result<void> check_attribute_value(const AttributeDefinition& definition, std::string_view value) {
  switch (definition.type) {
    case AttributeType::text:
      return {};
    case AttributeType::flag:
      if (value == "true" || value == "false") return {};
      return wrong(definition, "true or false", value);
    case AttributeType::choice:
      if (std::ranges::find(definition.options, value) != definition.options.end()) return {};
      return wrong(definition, fmt::format("one of {}", fmt::join(definition.options, ", ")), value);
    case AttributeType::number:
      break;
  }
  const auto number = parse_double(value);
  const bool fits = number && std::isfinite(*number) && !(definition.least && *number < *definition.least) &&
                    !(definition.most && *number > *definition.most);
  if (fits) return {};
  return wrong(definition, range_in_words(definition), value);
}

const AttributeDefinition* attribute_named(const std::vector<AttributeDefinition>& definitions,
                                           std::string_view name) {
  const std::string wanted = bare(name);
  const auto found = std::ranges::find(
      definitions, wanted, [](const AttributeDefinition& definition) { return bare(definition.name); });
  return found == definitions.end() ? nullptr : &*found;
}

std::string spelled_as_defined(const AttributeDefinition& definition, std::string_view value) {
  const std::string wanted = lowered(value);
  if (definition.type == AttributeType::flag) {
    for (const std::string_view yes : {"true", "yes", "1"})
      if (wanted == yes) return "true";
    for (const std::string_view no : {"false", "no", "0"})
      if (wanted == no) return "false";
  }
  for (const std::string& option : definition.options)
    if (lowered(option) == wanted) return option;
  return std::string(value);
}

}  // namespace sweepmark
