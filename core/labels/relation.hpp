// What objects have to do with each other.
#pragma once

#include <array>
#include <compare>
#include <optional>
#include <string_view>

#include "core/base/ids.hpp"

namespace sweepmark {

enum class RelationKind {
  rides,    // a cyclist rides a bicycle
  tows,     // a car tows a trailer
  part_of,  // a wheel is part of a truck
};
inline constexpr std::array<RelationKind, 3> relation_kinds = {RelationKind::rides, RelationKind::tows,
                                                               RelationKind::part_of};

std::string_view to_string(RelationKind kind);
std::optional<RelationKind> relation_kind_named(std::string_view name);

// `from` rides, tows or is part of `to`. Both are objects of the document, and two.
struct Relation {
  RelationKind kind = RelationKind::part_of;
  TrackId from, to;
  auto operator<=>(const Relation&) const = default;
};

}  // namespace sweepmark
