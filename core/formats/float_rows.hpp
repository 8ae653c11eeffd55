// Guesses about headerless rows of float32, from the numbers alone.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace sweepmark {

// Whether these are numbers a range sensor writes: nearly all are zero or between a micrometre and 100 km.
bool plausible_measurements(std::span<const float> values);

// How many of the values make a row, 3 to 7: the smallest that divides their number and at which they
// resemble the values one row on nearly as well as at any other (the lag of least mean difference, on a
// logarithmic scale). Columns keep to their range and neighbouring points to their place, so a wrong width
// compares x with y and stands out.
std::optional<std::size_t> likely_row_width(std::span<const float> values);

}  // namespace sweepmark
