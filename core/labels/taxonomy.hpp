// The classes of a labelling job.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/base/ids.hpp"

namespace sweepmark {

struct ClassDefinition {
  std::string name;                                   // as the formats write it: "Car"
  std::array<std::uint8_t, 3> colour{160, 160, 160};  // sRGB
  Eigen::Vector3d usual_size =
      Eigen::Vector3d(4, 2, 1.6);  // length, width, height; metres; a new box takes it
  bool rigid = true;  // one size for the whole track (a car); false where the shape changes (a pedestrian)
  bool operator==(const ClassDefinition&) const = default;
};

// Ordered by id; the first nine have the hotkeys 1–9. Id 0 is "unlabelled" and never stands here.
using Taxonomy = std::map<ClassId, ClassDefinition>;

// The classes a new document starts with: road users with their usual sizes in colours that the common kinds
// of colour blindness keep apart (Okabe & Ito 2008), fixed ids.
Taxonomy default_taxonomy();

// By name without regard to case; ClassId{0} where there is none.
ClassId class_named(const Taxonomy& taxonomy, std::string_view name);

}  // namespace sweepmark
