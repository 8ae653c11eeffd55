// The views' filters as they are remembered.
#pragma once

#include <nlohmann/json.hpp>

#include "app/gui/view_filters.hpp"

namespace sweepmark::gui {

nlohmann::json filters_json(const ViewFilters& filters);
// What is damaged stays as it was.
void read_filters(const nlohmann::json& j, ViewFilters& filters);

}  // namespace sweepmark::gui
