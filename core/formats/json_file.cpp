#include "core/formats/json_file.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/base/files.hpp"

namespace sweepmark {

Result<Json> read_json(const std::filesystem::path& file) {
  SWEEPMARK_TRY(text, read_text(file));
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    return fail(ErrorCode::malformed, fmt::format("no sound JSON: {}", error.what()),
                at_byte(file, error.byte));
  } catch (const Json::exception& error) {
    return fail(ErrorCode::malformed, fmt::format("no sound JSON: {}", error.what()), at_file(file));
  }
}

const Json* member(const Json& json, const std::string& name) {
  if (!json.is_object()) return nullptr;
  const auto found = json.find(name);
  return found == json.end() ? nullptr : &*found;
}

std::string text_of(const Json& json, const std::string& name) {
  const Json* found = member(json, name);
  return found && found->is_string() ? found->get<std::string>() : "";
}

std::optional<double> number_of(const Json& json, const std::string& name) {
  const Json* found = member(json, name);
  if (!found || !found->is_number() || !std::isfinite(found->get<double>())) return std::nullopt;
  return found->get<double>();
}

std::optional<std::vector<double>> numbers_of(const Json* json, std::size_t count) {
  if (!json || !json->is_array() || json->size() != count) return std::nullopt;
  std::vector<double> numbers;
  for (const Json& number : *json) {
    if (!number.is_number() || !std::isfinite(number.get<double>())) return std::nullopt;
    numbers.push_back(number.get<double>());
  }
  return numbers;
}

}  // namespace sweepmark
