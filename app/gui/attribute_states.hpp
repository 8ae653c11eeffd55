// What the inspector says of an object's attributes at a sweep: each value, and where it comes from. No
// drawing.
#pragma once

#include <string>
#include <vector>

#include "core/labels/attributes_at.hpp"

namespace sweepmark::gui {

struct AttributeState {
  enum class Source {
    nothing,  // nothing was said and there is no default
    usual,    // the ontology's default
    object,   // of the object, for its whole life
    earlier,  // set at an earlier sweep and still holding
    here,     // set at this sweep
  };
  AttributeDefinition definition;
  std::string value;
  Source source = Source::nothing;
  TimestampNs since;  // of earlier and here

  // Whether taking it away here brings another value back.
  bool set_here() const {
    return source == Source::here || (source == Source::object && definition.scope == AttributeScope::track);
  }
  bool missing() const { return definition.required && value.empty(); }
  bool inherited() const { return !set_here(); }
};

// For each attribute of the object's class, in the ontology's order.
std::vector<AttributeState> attribute_states(const Document& document, const Track& track, TimestampNs time);

// What is said of the object that the ontology does not know: names and values at the moment.
Attributes unknown_attributes(const Document& document, const Track& track, TimestampNs time);

// Attributes that were set to something for some of the object's life and not all of it, by events and
// keyframes: where each value holds, at most to the end of its life. In order of name, then time.
struct AttributeSpan {
  std::string name, value;
  TimeInterval during;
};
std::vector<AttributeSpan> attribute_spans(const Track& track);

}  // namespace sweepmark::gui
