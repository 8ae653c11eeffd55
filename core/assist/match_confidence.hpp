// How far a match can be trusted.
#pragma once

#include "core/assist/propagate.hpp"

namespace sweepmark {

// The probability that the box's 3D IoU with the true one is at least 0.7: a logistic regression on the
// evidence, fitted on the sample drive and checked on others (docs/measurements.md says how). In 0…0.98.
double confidence_of(const MatchEvidence& evidence);

}  // namespace sweepmark
