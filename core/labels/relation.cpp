#include "core/labels/relation.hpp"

namespace sweepmark {

std::string_view to_string(RelationKind kind) {
  switch (kind) {
    case RelationKind::rides:
      return "rides";
    case RelationKind::tows:
      return "tows";
    case RelationKind::part_of:
      return "part_of";
  }
  return "part_of";
}

std::optional<RelationKind> relation_kind_named(std::string_view name) {
  for (const RelationKind kind : relation_kinds)
    if (to_string(kind) == name) return kind;
  return std::nullopt;
}

}  // namespace sweepmark
