// What an object's attributes are at a moment.
#pragma once

#include <string>
#include <vector>

#include "core/labels/document.hpp"

namespace sweepmark {

// Each attribute as the last event or keyframe at or before `time` set it (at one moment the event has the
// last word), else as the track has it. Defaults are not filled in.
Attributes attributes_at(const Track& track, TimestampNs time);

// The definitions that apply to a class: those of every class, then its own, which win where names are alike.
std::vector<AttributeDefinition> attributes_of_class(const Document& document, ClassId id);

// The same with the defaults of the ontology where nothing was said.
Attributes attributes_at(const Document& document, const Track& track, TimestampNs time);

}  // namespace sweepmark
