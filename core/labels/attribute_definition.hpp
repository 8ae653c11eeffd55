// What an attribute may say: the ontology's side of the text that tracks carry (Attributes).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace sweepmark {

enum class AttributeType {
  choice,  // one of `options`
  number,  // decimal text, within `least` and `most` where they are given, in `unit`
  text,    // anything
  flag,    // "true" or "false"
};

// Whether an attribute holds for the object's whole life or changes from sweep to sweep.
enum class AttributeScope { track, frame };

struct AttributeDefinition {
  std::string name;  // as the formats write it: "occluded"
  AttributeType type = AttributeType::text;
  AttributeScope scope = AttributeScope::track;
  std::vector<std::string> options;   // of a choice, in the order in which they are offered
  std::optional<double> least, most;  // of a number
  std::string unit;                   // of a number: "m/s"
  std::string default_value;          // what holds where nothing was said; empty: nothing does
  bool required = false;              // an object without it is a finding
  std::string guideline;              // for the annotator
  bool operator==(const AttributeDefinition&) const = default;
};

// An error that says what was expected where `value` is not of the attribute's type and range.
Result<void> check_attribute_value(const AttributeDefinition& definition, std::string_view value);

// By name without regard to case, blanks, dashes and underscores ("Is Parked" is is_parked); null where there
// is none.
const AttributeDefinition* attribute_named(const std::vector<AttributeDefinition>& definitions,
                                           std::string_view name);

// The value as the definition spells it, where only its case differs or a flag is written as yes, no, 1, 0;
// otherwise as it was.
std::string spelled_as_defined(const AttributeDefinition& definition, std::string_view value);

}  // namespace sweepmark
