// What the list of objects says of each. No drawing.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/drive/drive.hpp"
#include "core/labels/document.hpp"

namespace sweepmark::gui {

struct ObjectRow {
  TrackId track;
  ClassId class_id;
  std::string class_name, name;
  bool standing = false, related = false, has_findings = false;
  std::size_t placed = 0;     // keyframes of persons and files
  std::size_t automatic = 0;  // keyframes that algorithms propose
  std::size_t sweeps = 0;     // from the first keyframe to the last
  std::optional<double> least_confidence;
  std::optional<TimeInterval> lifetime;
  std::string found_by;  // in lower case, what the filter looks in
};

enum class ObjectColumn { name, placed, automatic, confidence, sweeps };

// By number of the object. `with_findings`: those that do not keep to the ontology.
std::vector<ObjectRow> object_rows(const Document& document, const Drive& drive,
                                   const std::set<TrackId>& with_findings);

// Words that all occur in class, number or name ("car 3", "red"), or one of "standing", "proposed",
// "findings".
bool passes(const ObjectRow& row, const std::string& filter);

// Equal ones stay in their order. Rows without a confidence come last in either direction.
void sort_rows(std::vector<ObjectRow>& rows, ObjectColumn column, bool ascending);

// Which rows are wanted, and in which order.
struct ObjectWish {
  std::string filter;
  ObjectColumn column = ObjectColumn::name;
  bool ascending = true;
  bool operator==(const ObjectWish&) const = default;
};

// The list of objects as it is shown: rows are worked out once a revision, their order once a revision and
// wish.
class ObjectList {
 public:
  // False where the rows are of that revision already.
  bool is_old(Revision revision) const { return of_ != revision; }
  void take(Revision revision, std::vector<ObjectRow> rows);
  // Stays as it is until rows or wish change.
  const std::vector<ObjectRow>& shown(const ObjectWish& wish);
  // As it was last asked for.
  const std::vector<ObjectRow>& shown() { return shown(wish_); }
  const ObjectWish& wish() const { return wish_; }

 private:
  std::optional<Revision> of_;
  std::vector<ObjectRow> rows_, shown_;
  ObjectWish wish_;
  bool in_order_ = false;  // shown_ is what rows_ and wish_ come to
};

}  // namespace sweepmark::gui
