#include "core/formats/openlabel_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <set>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/rigid_matrix.hpp"

namespace sweepmark::openlabel {
namespace fs = std::filesystem;

namespace {

constexpr double close_to_unit = 1e-3;
constexpr double is_unit = 1e-9;  // kept to the last bit

std::optional<NamedPose> rigid(const Eigen::Quaterniond& rotation, const Eigen::Vector3d& translation) {
  const double off = std::abs(rotation.norm() - 1.0);
  if (!(off < close_to_unit)) return std::nullopt;
  return off < is_unit ? NamedPose::from_unit(rotation, translation) : NamedPose(rotation, translation);
}

// Turns about the axes the sequence names, each about the axis as the turns before left it.
std::optional<Eigen::Quaterniond> rotation_from_euler(const std::vector<double>& angles,
                                                      const std::string& sequence) {
  if (sequence.size() != 3) return std::nullopt;
  Eigen::Quaterniond rotation = Eigen::Quaterniond::Identity();
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t axis = std::string_view("xyz").find(lowered(sequence.substr(i, 1)));
    if (axis == std::string_view::npos) return std::nullopt;
    rotation = rotation * Eigen::Quaterniond(Eigen::AngleAxisd(
                              angles[i], Eigen::Vector3d::Unit(static_cast<Eigen::Index>(axis))));
  }
  return rotation;
}

// "1700000000.123456789" → ns, exactly.
std::optional<TimestampNs> seconds_from_text(std::string_view text) {
  const std::size_t dot = text.find('.');
  const auto whole = parse_int(text.substr(0, dot));
  if (!whole || *whole > 9'000'000'000 || *whole < -9'000'000'000) return std::nullopt;
  std::int64_t ns = 0;
  if (dot != std::string_view::npos) {
    std::string fraction(text.substr(dot + 1));
    if (fraction.empty() || !std::ranges::all_of(fraction, [](char c) { return c >= '0' && c <= '9'; }))
      return std::nullopt;
    fraction.resize(9, '0');
    ns = parse_int(fraction).value_or(0);
  }
  return TimestampNs{*whole * 1'000'000'000 + (trimmed(text).starts_with('-') ? -ns : ns)};
}

// How many nanoseconds the unit of a time of this size has.
std::int64_t ns_per_unit(double magnitude) {
  if (magnitude >= 1e17) return 1;
  if (magnitude >= 1e14) return 1'000;
  return magnitude >= 1e11 ? 1'000'000 : 1'000'000'000;
}

std::optional<TimestampNs> time_from_whole(std::int64_t number) {
  std::int64_t ns = 0;
  if (__builtin_mul_overflow(number, ns_per_unit(std::abs(static_cast<double>(number))), &ns))
    return std::nullopt;
  return TimestampNs{ns};
}

std::optional<TimestampNs> time_from_fraction(double number) {
  if (!std::isfinite(number)) return std::nullopt;
  const double ns = std::round(number * static_cast<double>(ns_per_unit(std::abs(number))));
  if (std::abs(ns) >= 9.2e18) return std::nullopt;
  return TimestampNs{static_cast<std::int64_t>(ns)};
}

std::optional<std::int64_t> digits(std::string_view text, std::size_t first, std::size_t count) {
  if (first + count > text.size()) return std::nullopt;
  return parse_int(text.substr(first, count));
}

// "2020-04-11T12:00:01.5Z" or "… +02:00"; UTC where it does not say.
std::optional<TimestampNs> time_from_date(std::string_view text) {
  if (text.size() < 19 || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2);
  if (!year || !month || !day || !hour || !minute) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  std::string_view rest = text.substr(17);
  const std::size_t end = std::min(rest.find_first_of("Z+- "), rest.size());
  const auto seconds = seconds_from_text(rest.substr(0, end));
  if (!date.ok() || !seconds || *year < 1970 || *year > 2200) return std::nullopt;
  rest = trimmed(rest.substr(end));
  std::int64_t zone_minutes = 0;
  if (rest.size() >= 6 && (rest[0] == '+' || rest[0] == '-')) {
    const auto zone_hour = digits(rest, 1, 2), zone_minute = digits(rest, 4, 2);
    if (!zone_hour || !zone_minute) return std::nullopt;
    zone_minutes = (rest[0] == '-' ? -1 : 1) * (*zone_hour * 60 + *zone_minute);
  }
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return TimestampNs{(days * 86'400 + *hour * 3'600 + (*minute - zone_minutes) * 60) * 1'000'000'000 +
                     seconds->ns};
}

}  // namespace

bool looks_like_openlabel(const fs::path& file) {
  const auto head = read_head(file, 4096);
  return head && trimmed(*head).starts_with('{') && head->find("\"openlabel\"") != std::string::npos;
}

Result<Json> read_openlabel(const fs::path& file) {
  SWEEPMARK_TRY(whole, read_json(file));
  const auto root = whole.is_object() ? whole.find("openlabel") : whole.end();
  if (root == whole.end() || !root->is_object())
    return fail(ErrorCode::malformed, "an object with the member \"openlabel\" expected", at_file(file));
  const Json* metadata = member(*root, "metadata");
  const std::string version = metadata ? text_of(*metadata, "schema_version") : "";
  if (!version.empty() && !version.starts_with("1."))
    return fail(ErrorCode::unsupported,
                fmt::format("OpenLABEL schema version 1.x expected, found '{}'", version), at_file(file));
  return std::move(*root);  // copying would recurse as deeply as a hostile file nests
}

std::optional<TimestampNs> time_from(const Json& json) {
  if (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  if (json.is_number_integer()) return time_from_whole(json.get<std::int64_t>());
  if (json.is_number()) return time_from_fraction(json.get<double>());
  if (!json.is_string()) return std::nullopt;
  const std::string& text = json.get_ref<const std::string&>();
  if (const auto whole = parse_int(text)) return time_from_whole(*whole);
  if (const auto time = seconds_from_text(text)) return time;
  return time_from_date(text);
}

std::string text_from(TimestampNs time) {
  const std::int64_t seconds = time.ns / 1'000'000'000, rest = std::abs(time.ns % 1'000'000'000);
  return fmt::format("{}{}.{:09}", time.ns < 0 && seconds == 0 ? "-" : "", seconds, rest);
}

Result<NamedPose> pose_from(const Json& transform, const std::string& what, const fs::path& file) {
  if (const auto numbers = numbers_of(member(transform, "matrix4x4"), 16)) {
    SWEEPMARK_TRY(matrix, rigid_from_rows(*numbers, what, file));
    return NamedPose::from_matrix(matrix);
  }
  const auto translation = numbers_of(member(transform, "translation"), 3);
  std::optional<NamedPose> pose;
  if (translation) {
    const Eigen::Vector3d shift(translation->data());
    if (const auto q = numbers_of(member(transform, "quaternion"), 4)) {
      pose = rigid(Eigen::Quaterniond((*q)[3], (*q)[0], (*q)[1], (*q)[2]), shift);
    } else if (const auto angles = numbers_of(member(transform, "euler_angles"), 3)) {
      const std::string sequence = text_of(transform, "sequence");
      if (const auto rotation = rotation_from_euler(*angles, sequence.empty() ? "ZYX" : sequence))
        pose = rigid(*rotation, shift);
    }
  }
  if (pose) return *pose;
  return fail(
      ErrorCode::malformed,
      fmt::format("{}: a unit quaternion (x y z w) with a translation, or a matrix4x4 of 16 numbers expected",
                  what),
      at_file(file));
}

Json pose_to(const NamedPose& pose) {
  const Eigen::Quaterniond& q = pose.rotation();
  const Eigen::Vector3d& t = pose.translation();
  return {{"quaternion", {q.x(), q.y(), q.z(), q.w()}}, {"translation", {t.x(), t.y(), t.z()}}};
}

Result<Systems> Systems::parse(const Json& root, const fs::path& file) {
  Systems systems;
  const Json* all = member(root, "coordinate_systems");
  if (!all || !all->is_object()) return systems;
  for (const auto& [name, json] : all->items()) {
    System system{text_of(json, "type"), text_of(json, "parent"), std::nullopt};
    if (const Json* pose = member(json, "pose_wrt_parent")) {
      SWEEPMARK_TRY(parsed,
                    pose_from(*pose, fmt::format("pose_wrt_parent of coordinate system '{}'", name), file));
      system.parent_from_self = parsed;
    }
    systems.systems_.emplace(name, std::move(system));
  }
  return systems;
}

const System* Systems::find(const std::string& name) const {
  const auto found = systems_.find(name);
  return found == systems_.end() ? nullptr : &found->second;
}

std::string Systems::vehicle_of(const std::string& sensor) const {
  std::string last = sensor;
  std::set<std::string> seen;
  for (std::string name = sensor; seen.insert(name).second;) {
    const System* system = find(name);
    if (!system || system->type == "scene_cs" || system->type == "geo") break;
    last = name;
    if (system->type == "local_cs" || system->type == "local") break;
    name = system->parent;
  }
  return last;
}

std::optional<NamedPose> Systems::ancestor_from(const std::string& ancestor, const std::string& name) const {
  NamedPose pose;
  std::set<std::string> seen;
  for (std::string at = name; at != ancestor;) {
    const System* system = find(at);
    if (!system || !seen.insert(at).second) return std::nullopt;
    if (system->parent_from_self) pose = *system->parent_from_self * pose;
    at = system->parent;
  }
  return pose;
}

const Json* Frame::properties() const {
  return json ? member(*json, "frame_properties") : nullptr;
}

Result<std::vector<Frame>> frames_of(const Json& root, const fs::path& file) {
  std::vector<Frame> frames;
  const Json* all = member(root, "frames");
  if (!all || !all->is_object()) return frames;
  for (const auto& [name, json] : all->items()) {
    const auto number = parse_int(name);
    if (!number)
      return fail(ErrorCode::malformed, fmt::format("frames are numbered, but one is called '{}'", name),
                  at_file(file));
    Frame frame{*number, std::nullopt, &json};
    const Json* properties = frame.properties();
    if (const Json* timestamp = properties ? member(*properties, "timestamp") : nullptr) {
      frame.time = time_from(*timestamp);
      if (!frame.time)
        return fail(ErrorCode::malformed,
                    fmt::format("frame {}: the timestamp {} is no time", *number,
                                timestamp->is_structured() ? timestamp->type_name()
                                                           : timestamp->dump().substr(0, 60)),
                    at_file(file));
    }
    frames.push_back(frame);
  }
  std::ranges::sort(frames, {}, &Frame::number);
  return frames;
}

Result<std::optional<NamedPose>> world_from_vehicle(const Frame& frame, const std::string& vehicle,
                                                    const fs::path& file) {
  const Json* properties = frame.properties();
  const Json* transforms = properties ? member(*properties, "transforms") : nullptr;
  if (!transforms || !transforms->is_object()) return std::nullopt;
  for (const auto& [name, transform] : transforms->items()) {
    const std::string from = text_of(transform, "src"), to = text_of(transform, "dst");
    const Json* data = member(transform, "transform_src_to_dst");
    if (!data || from == to || (from != vehicle && to != vehicle)) continue;
    SWEEPMARK_TRY(pose, pose_from(*data, fmt::format("frame {}, transform '{}'", frame.number, name), file));
    return from == vehicle ? pose : pose.inverse();
  }
  return std::nullopt;
}

}  // namespace sweepmark::openlabel
