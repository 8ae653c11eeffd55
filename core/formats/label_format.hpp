// Label files of other tools, read and written. One file in labels/ each. Every writer says what it cannot
// keep.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/progress.hpp"
#include "core/base/result.hpp"
#include "core/drive/drive.hpp"
#include "core/labels/document.hpp"

namespace sweepmark {

// A box as it is at one sweep, whether placed or derived: what frame-based formats hold.
struct LabelledBox {
  std::size_t sweep = 0;
  TimestampNs time;
  TrackId track;
  std::string track_name;  // the source's own name where there was one, otherwise the id as text
  std::string class_name;
  Box3<Ego> box;
  bool keyframe = false;
  Origin origin = Origin::human;
  Attributes attributes;  // as they are at that moment, defaults of the ontology included
  std::optional<double> confidence = std::nullopt;  // 0…1, where an algorithm proposed the box
};

// All a writer gets.
struct LabelExport {
  const Drive& drive;
  const Taxonomy& taxonomy;
  std::vector<LabelledBox> boxes;  // by sweep, then track
  std::set<Relation> relations = {};
};

// What objects of a source have to do with each other, by the names their boxes have (TruthBox::track).
struct NamedRelation {
  RelationKind kind = RelationKind::part_of;
  std::string from, to;
  auto operator<=>(const NamedRelation&) const = default;
};

struct LabelFormat {
  std::string_view name;         // "kitti-tracking"
  std::string_view description;  // one line for people: what is written where
  // What is lost on the way out and back, a sentence each, always: shown to the user before and after.
  std::span<const std::string_view> declared_losses;
  // Writes under `target` (a folder or a file, as `description` says; created as needed), which the
  // caller has seen to lie outside the drive.
  Result<void> (*write)(const LabelExport& labels, const std::filesystem::path& target,
                        const Progress& progress);
  // 0…100 as for drives.
  int (*probe)(const std::filesystem::path& source);
  // Boxes in the ego frame at the times of the drive's sweeps. Rows of sweeps the drive lacks are an error
  // that names them.
  Result<std::vector<TruthBox>> (*read)(const std::filesystem::path& source, const Drive& drive);
  // Of kinds that are known. Null: the format has none.
  Result<std::vector<NamedRelation>> (*read_relations)(const std::filesystem::path& source) = nullptr;
};

// What a source holds.
struct ReadLabels {
  std::vector<TruthBox> boxes;
  std::vector<NamedRelation> relations = {};  // between objects that have boxes
};
Result<ReadLabels> read_labels(const LabelFormat& format, const std::filesystem::path& source,
                               const Drive& drive);

// Labels never go where the drive lies: an error where `target` is the drive's folder or below it, by
// whatever links. For whoever calls a format's `write`.
Result<void> check_outside_drive(const std::filesystem::path& target, const Drive& drive);
// For writers: makes the folder with those it lies in. Errors name it; none is made for an empty path.
Result<void> make_folder(const std::filesystem::path& folder);

std::span<const LabelFormat> label_formats();
const LabelFormat* label_format_named(std::string_view name);
// The format surest of the file or folder, or an error that lists the known ones.
Result<const LabelFormat*> label_format_for(const std::filesystem::path& source);

}  // namespace sweepmark
