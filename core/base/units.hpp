// Radians, metres and seconds everywhere inside; degrees only where a person reads or types them.
#pragma once

#include <numbers>

namespace sweepmark {

constexpr double radians_from_degrees(double degrees) {
  return degrees * (std::numbers::pi / 180.0);
}
constexpr double degrees_from_radians(double radians) {
  return radians * (180.0 / std::numbers::pi);
}

}  // namespace sweepmark
