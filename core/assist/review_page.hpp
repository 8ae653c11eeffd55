// Which sweeps a person should look at to find what is wrong with an object's boxes.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <vector>

#include "core/labels/track.hpp"

namespace sweepmark {

// Sweeps just past either end of an object's life in which one sees whether it goes on.
inline constexpr std::size_t review_beyond_an_end = 2;

// At most `page_size` of the sweeps whose moments these are, as indices into `times`, which ascends;
// ascending too. Those just past both ends of the track's life come first; half of the room that is left is
// spread evenly over the life, and the other half has the boxes of least confidence: one between keyframes
// counts as 0, the further from a keyframe the sooner, and one from a file as 1. What the unsure leave
// of that half is spread as well. Of an object that never moves all are spread: it has one box, and they are
// all as sure. Keyframes that a
// person placed are left out, and so is what earlier pages have had (`seen`), so that repeated calls with all
// pages before go through the whole life; an empty page says that nothing is left. Empty also where the track
// has no keyframe.
std::vector<std::size_t> review_page(const Track& track, std::span<const TimestampNs> times,
                                     std::size_t page_size, const std::set<std::size_t>& seen = {});

}  // namespace sweepmark
