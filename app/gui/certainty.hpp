// How sure algorithms were of the boxes they proposed, and where a person should look first.
#pragma once

#include <compare>
#include <optional>

#include "core/labels/document.hpp"
#include "render/colour.hpp"

namespace sweepmark::gui {

// A proposed box. In the order in which they should be looked at: the least certain first, the earlier of
// equals. One without a confidence counts as 0.
struct UncertainBox {
  double confidence = 0;
  TrackId track;
  TimestampNs time;
  auto operator<=>(const UncertainBox&) const = default;
};

// Of one track, or of all where `track` is empty: the first after `after` in that order, and from the
// beginning again past its end. Empty where nothing is proposed.
std::optional<UncertainBox> least_certain(const Document& document, const std::optional<TrackId>& track,
                                          const std::optional<UncertainBox>& after);

// Vermilion at 0 over yellow to blue at 1: hues of Okabe & Ito (2008), which the common kinds of colour
// blindness keep apart.
Rgba confidence_colour(double confidence);

}  // namespace sweepmark::gui
