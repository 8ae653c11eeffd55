#include "core/formats/label_format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sweepmark {

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

}  // namespace sweepmark
