// Whether labels keep to their ontology.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/labels/patch.hpp"

namespace sweepmark {

struct OntologyFinding {
  TrackId track;
  std::optional<TimestampNs> time;  // empty: of the whole track
  std::string rule;                 // its name; "size", "attribute", "class" for what needs no rule
  std::string message;              // a sentence for the annotator
};

// Every rule of the job on every object, and what holds without rules: sizes are plausible for the class,
// required attributes are set from the first box on, values fit their definitions, classes are defined.
// Ordered by track.
std::vector<OntologyFinding> check_ontology(const Document& document);

// A sentence for each object that `patch`, applied already, gave a size that its class makes odd.
std::vector<std::string> odd_sizes(const Document& document, const Patch& patch);

}  // namespace sweepmark
