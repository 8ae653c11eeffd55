// What does not keep to the ontology, worked out once a revision.
#pragma once

#include <set>
#include <vector>

#include "app/gui/gui_context.hpp"
#include "core/labels/ontology_check.hpp"

namespace sweepmark::gui {

const std::vector<OntologyFinding>& findings_of(GuiContext& context);
std::set<TrackId> tracks_with_findings(GuiContext& context);

}  // namespace sweepmark::gui
