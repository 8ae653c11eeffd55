#include "core/labels/taxonomy.hpp"

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

}  // namespace sweepmark
