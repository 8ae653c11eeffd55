#include "app/gui/certainty.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark::gui {
namespace {

// Calls `see` with every proposed box of a track.
template <class See>
void for_each_proposed(const Track& track, See&& see) {
  for (const Keyframe& keyframe : track.keyframes)
    if (keyframe.origin == Origin::automatic)
      see(UncertainBox{keyframe.confidence.value_or(0.0), track.id, keyframe.time});
}

Rgba mixed(Rgba from, Rgba to, double share) {
  const auto channel = [share](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a + share * (b - a)));
  };
  return {channel(from.r, to.r), channel(from.g, to.g), channel(from.b, to.b), 255};
}

}  // namespace

std::optional<UncertainBox> least_certain(const Document& document, const std::optional<TrackId>& track,
                                          const std::optional<UncertainBox>& after) {
  std::optional<UncertainBox> first, next;
  const auto see = [&](const UncertainBox& box) {
    if (!first || box < *first) first = box;
    if (after && *after < box && (!next || box < *next)) next = box;
  };
  for (const auto& [id, one] : document.tracks)
    if (!track || *track == id) for_each_proposed(*one, see);
  return next ? next : first;
}

Rgba confidence_colour(double confidence) {
  constexpr Rgba unsure{213, 94, 0, 255}, middling{240, 228, 66, 255}, sure{86, 180, 233, 255};
  const double c = std::clamp(confidence, 0.0, 1.0);
  return c < 0.6 ? mixed(unsure, middling, c / 0.6) : mixed(middling, sure, (c - 0.6) / 0.4);
}

}  // namespace sweepmark::gui
