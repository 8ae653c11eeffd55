#include "core/labels/taxonomy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"

namespace sweepmark {

Taxonomy default_taxonomy() {
  // Hues of Okabe & Ito's set, lightened to stand on a dark ground; usual sizes are round means of public
  // road data.
  return {
      {ClassId(1), {"Car", {86, 180, 233}, {4.2, 1.8, 1.55}, true}},
      {ClassId(2), {"Van", {0, 158, 115}, {5.1, 2.0, 2.2}, true}},
      {ClassId(3), {"Truck", {230, 159, 0}, {8.5, 2.6, 3.3}, true}},
      {ClassId(4), {"Bus", {240, 228, 66}, {11.5, 2.7, 3.3}, true}},
      {ClassId(5), {"Pedestrian", {204, 121, 167}, {0.75, 0.7, 1.75}, false}},
      {ClassId(6), {"Cyclist", {213, 94, 0}, {1.8, 0.7, 1.75}, true}},
      {ClassId(7), {"Motorcycle", {148, 103, 233}, {2.1, 0.8, 1.6}, true}},
      {ClassId(8), {"Trailer", {160, 200, 120}, {8.0, 2.5, 3.2}, true}},
      {ClassId(9), {"Misc", {190, 190, 190}, {2.0, 1.5, 1.6}, true}},
  };
}

ClassId class_named(const Taxonomy& taxonomy, std::string_view name) {
  const std::string wanted = lowered(name);
  for (const auto& [id, definition] : taxonomy)
    if (lowered(definition.name) == wanted) return id;
  return ClassId(0);
}

SizeBounds plausible_sizes(const ClassDefinition& definition) {
  if (definition.size_bounds) return *definition.size_bounds;
  constexpr double spreads = 4.0, least_ratio = 0.4, most_ratio = 2.5;
  SizeBounds bounds;
  for (Eigen::Index i = 0; i < 3; ++i) {
    const double usual = definition.usual_size[i], spread = definition.size_spread[i];
    bounds.least[i] = spread > 0 ? std::max(0.0, usual - spreads * spread) : least_ratio * usual;
    bounds.most[i] = spread > 0 ? usual + spreads * spread : most_ratio * usual;
  }
  return bounds;
}

std::string size_is_odd(const ClassDefinition& definition, const Eigen::Vector3d& size) {
  constexpr std::string_view dimensions[] = {"long", "wide", "high"};
  const SizeBounds bounds = plausible_sizes(definition);
  for (Eigen::Index i = 0; i < 3; ++i)
    if (!(size[i] >= bounds.least[i] && size[i] <= bounds.most[i]))
      return fmt::format("{:.2f} m {}; {:.2f} to {:.2f} m expected for a {}", size[i], dimensions[i],
                         bounds.least[i], bounds.most[i], definition.name);
  return {};
}

}  // namespace sweepmark
