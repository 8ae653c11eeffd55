// The classes of a labelling job.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/labels/attribute_definition.hpp"

namespace sweepmark {

// Length, width, height in metres, both ends allowed.
struct SizeBounds {
  Eigen::Vector3d least = Eigen::Vector3d::Zero();
  Eigen::Vector3d most = Eigen::Vector3d::Zero();
  bool operator==(const SizeBounds&) const = default;
};

struct ClassDefinition {
  std::string name;                                   // as the formats write it: "Car"
  std::array<std::uint8_t, 3> colour{160, 160, 160};  // sRGB
  Eigen::Vector3d usual_size =
      Eigen::Vector3d(4, 2, 1.6);  // length, width, height; metres; a new box takes it
  bool rigid = true;  // one size for the whole track (a car); false where the shape changes (a pedestrian)
  // Standard deviation of the sizes about the usual one; metres; 0: not known.
  Eigen::Vector3d size_spread = Eigen::Vector3d::Zero();
  std::optional<SizeBounds> size_bounds = std::nullopt;  // what no object of the class lies outside of
  std::string guideline = {};                            // when an object is of this class, for the annotator
  std::vector<AttributeDefinition> attributes = {};      // beside those of every class
  bool operator==(const ClassDefinition&) const = default;
};

// Ordered by id; the first nine have the hotkeys 1–9. Id 0 is "unlabelled" and never stands here.
using Taxonomy = std::map<ClassId, ClassDefinition>;

// The classes a new document starts with: road users with their usual sizes in colours that the common kinds
// of colour blindness keep apart (Okabe & Ito 2008), fixed ids. Every log begins on it: it never changes, or
// logs that change a class of it could no longer be read.
Taxonomy default_taxonomy();

// By name without regard to case; ClassId{0} where there is none.
ClassId class_named(const Taxonomy& taxonomy, std::string_view name);

// The least and greatest size the class allows: its bounds; else four spreads about the usual size; else, of
// a dimension without a spread, two fifths to two and a half times it.
SizeBounds plausible_sizes(const ClassDefinition& definition);

// Empty where a box of `size` may be an object of the class; otherwise what is odd about it, in words: "0.1 m
// high; 0.6 to 3.9 m expected for a Car".
std::string size_is_odd(const ClassDefinition& definition, const Eigen::Vector3d& size);
inline bool size_is_plausible(const ClassDefinition& definition, const Eigen::Vector3d& size) {
  return size_is_odd(definition, size).empty();
}

}  // namespace sweepmark
