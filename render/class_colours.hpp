// The colours of classes, wherever points or boxes take them.
#pragma once

#include <vector>

#include "core/labels/taxonomy.hpp"
#include "render/colour.hpp"

namespace sweepmark {

inline constexpr Rgba unlabelled_colour{110, 116, 126, 255};

// That of the taxonomy; unlabelled_colour for a class it does not have.
Rgba class_colour(const Taxonomy& taxonomy, ClassId id);
// By class id, for PointStyle::label_colours; never empty.
std::vector<Rgba> class_colours(const Taxonomy& taxonomy);

}  // namespace sweepmark
