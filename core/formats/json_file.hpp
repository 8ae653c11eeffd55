// JSON files, read without exceptions. Only .cpp files include this.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace sweepmark {

using Json = nlohmann::json;

Result<Json> read_json(const std::filesystem::path& file);

// The member of an object, or null: of anything else, or where there is none.
const Json* member(const Json& json, const std::string& name);
std::string text_of(const Json& json, const std::string& name);  // empty where it is not there or no text
// The member as a finite number.
std::optional<double> number_of(const Json& json, const std::string& name);
// An array of exactly `count` finite numbers.
std::optional<std::vector<double>> numbers_of(const Json* json, std::size_t count);

}  // namespace sweepmark
