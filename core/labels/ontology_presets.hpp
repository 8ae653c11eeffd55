// Ontologies that come with the program: core/labels/presets/*.json, embedded by the build.
#pragma once

#include <span>
#include <string_view>

#include "core/labels/ontology.hpp"

namespace sweepmark {

struct OntologyPreset {
  std::string_view name;  // "kitti"
  std::string_view text;  // as ontology_from_json reads it
};

std::span<const OntologyPreset> ontology_presets();  // by name

// An error that lists the known names where there is no such preset.
Result<Ontology> ontology_preset(std::string_view name);

}  // namespace sweepmark
