#include "render/class_colours.hpp"

namespace sweepmark {

Rgba class_colour(const Taxonomy& taxonomy, ClassId id) {
  const auto found = taxonomy.find(id);
  if (found == taxonomy.end()) return unlabelled_colour;
  const auto& [r, g, b] = found->second.colour;
  return {r, g, b, 255};
}

std::vector<Rgba> class_colours(const Taxonomy& taxonomy) {
  std::vector<Rgba> colours(taxonomy.empty() ? 1 : std::size_t{taxonomy.rbegin()->first.value} + 1,
                            unlabelled_colour);
  for (const auto& [id, definition] : taxonomy) colours[id.value] = class_colour(taxonomy, id);
  return colours;
}

}  // namespace sweepmark
