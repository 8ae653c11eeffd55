#include "core/labels/ontology_presets.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sweepmark {

Result<Ontology> ontology_preset(std::string_view name) {
  const auto presets = ontology_presets();
  const auto found = std::ranges::find(presets, name, &OntologyPreset::name);
  if (found != presets.end()) return ontology_from_json(found->text);
  std::string known;
  for (const OntologyPreset& preset : presets)
    known += fmt::format("{}{}", known.empty() ? "" : ", ", preset.name);
  return fail(ErrorCode::not_found, fmt::format("there is no preset '{}'; there are {}", name, known));
}

}  // namespace sweepmark
