#include "app/gui/view_filters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace sweepmark::gui {

namespace {

Box3<World> larger_by(Box3<World> box, double margin) {
  box.size.array() += 2 * margin;
  return box;
}

std::string band_text(std::string_view what, const BandFilter& band) {
  return fmt::format("{} {:.3g} … {:.3g} m", what, band.low, band.high);
}

}  // namespace

bool clips_in(const ViewFilters& filters, const std::string& drive) {
  return filters.clipping && filters.clip && filters.clip->drive == drive;
}

PointFilter point_filter(const ViewFilters& filters, const FilterMoment& moment) {
  PointFilter filter;
  if (filters.height.on)
    filter.height = ValueBand{moment.ground + filters.height.low, moment.ground + filters.height.high};
  if (filters.range.on) filter.range = ValueBand{filters.range.low, filters.range.high};
  if (filters.inside_selected && moment.selected)
    filter.clip = larger_by(*moment.selected, filters.margin);
  else if (clips_in(filters, moment.drive))
    filter.clip = filters.clip->box;
  filter.hidden_classes.assign(filters.hidden_classes.begin(), filters.hidden_classes.end());
  filter.shown = filters.shown;
  return filter;
}

std::string filter_text(const ViewFilters& filters, const FilterMoment& moment) {
  std::vector<std::string> parts;
  if (filters.inside_selected && moment.selected)
    parts.push_back(fmt::format("{} and {:.3g} m round it", moment.selected_name, filters.margin));
  else if (clips_in(filters, moment.drive))
    parts.push_back("clipping box");
  if (filters.height.on) parts.push_back(band_text("height", filters.height));
  if (filters.range.on) parts.push_back(band_text("range", filters.range));
  if (filters.shown == PointsShown::annotated) parts.push_back("annotated");
  if (filters.shown == PointsShown::unannotated) parts.push_back("not annotated");
  if (const std::size_t count = filters.hidden_classes.size())
    parts.push_back(count == 1 ? "1 class hidden" : fmt::format("{} classes hidden", count));
  return fmt::format("{}", fmt::join(parts, " · "));
}

void turn_off(ViewFilters& filters) {
  filters.height.on = filters.range.on = filters.inside_selected = filters.clipping = false;
  filters.shown = PointsShown::all;
  filters.hidden_classes.clear();
}

}  // namespace sweepmark::gui
