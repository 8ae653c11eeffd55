// How far a match can be trusted.
#pragma once

#include "core/assist/propagate.hpp"

namespace sweepmark {

// The probability that the box's 3D IoU with the true one is at least 0.7: a logistic regression on the
// evidence, fitted on recorded and simulated drives (docs/measurements.md says how to check it). In 0…1.
double confidence_of(const MatchEvidence& evidence);

}  // namespace sweepmark
