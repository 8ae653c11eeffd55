#include "core/formats/label_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sweepmark {

namespace {

// Where a path cannot be looked at it is taken as it is written: the writer will say what is wrong with it.
std::filesystem::path resolved(const std::filesystem::path& path) {
  std::error_code error;
  const auto canonical = std::filesystem::weakly_canonical(std::filesystem::absolute(path, error), error);
  return error ? path.lexically_normal() : canonical;
}

}  // namespace

Result<void> check_outside_drive(const std::filesystem::path& target, const Drive& drive) {
  if (drive.root.empty()) return {};
  const auto relative = resolved(target).lexically_relative(resolved(drive.root));
  if (relative.empty() || *relative.begin() == "..") return {};
  return fail(ErrorCode::invalid_argument,
              fmt::format("this lies inside the drive ({}), which is never written to; choose another place",
                          drive.root.string()),
              at_file(target));
}

Result<void> make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (!error) return {};
  const ErrorCode code = error == std::errc::no_space_on_device ? ErrorCode::no_space
                         : error == std::errc::read_only_file_system || error == std::errc::permission_denied
                             ? ErrorCode::read_only
                             : ErrorCode::unreadable;
  return fail(code, "the folder cannot be made: " + error.message(), at_file(folder));
}

const LabelFormat* label_format_named(std::string_view name) {
  const auto formats = label_formats();
  const auto found = std::ranges::find(formats, name, &LabelFormat::name);
  return found == formats.end() ? nullptr : &*found;
}

Result<const LabelFormat*> label_format_for(const std::filesystem::path& source) {
  std::error_code error;
  if (!std::filesystem::exists(source, error))
    return fail(ErrorCode::not_found, "there is no such file or folder", at_file(source));
  const LabelFormat* best = nullptr;
  int best_score = 0;
  std::string known;
  for (const LabelFormat& format : label_formats()) {
    known += fmt::format("\n  {:<18} {}", format.name, format.description);
    const int score = format.probe(source);
    if (score > best_score) {
      best = &format;
      best_score = score;
    }
  }
  if (best) return best;
  return fail(ErrorCode::unsupported, "no labels of a known format are here. Known formats:" + known,
              at_file(source));
}

Result<ReadLabels> read_labels(const LabelFormat& format, const std::filesystem::path& source,
                               const Drive& drive) {
  SWEEPMARK_TRY(boxes, format.read(source, drive));
  if (!format.read_relations) return ReadLabels{std::move(boxes)};
  SWEEPMARK_TRY(relations, format.read_relations(source));
  std::set<std::string> known;
  for (const TruthBox& box : boxes) known.insert(box.track);
  std::erase_if(relations, [&known](const NamedRelation& relation) {
    return !known.contains(relation.from) || !known.contains(relation.to) || relation.from == relation.to;
  });
  return ReadLabels{std::move(boxes), std::move(relations)};
}

}  // namespace sweepmark
