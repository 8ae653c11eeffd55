#include "app/gui/shell/settings.hpp"

#include <array>
#include <cstdlib>
#include <string_view>

#include "app/gui/shell/filter_settings.hpp"
#include "app/gui/shell/json_reading.hpp"
#include "app/gui/shell/mesh_settings.hpp"
#include "core/base/files.hpp"

namespace sweepmark::gui {
namespace {

using nlohmann::json;

constexpr std::size_t recent_limit = 10;

constexpr std::array<std::string_view, 10> colouring_names = {
    "height", "intensity", "range", "ring", "time", "label", "instance", "label_age", "camera", "flat"};
constexpr std::array<std::string_view, 5> map_names = {"viridis", "turbo", "cividis", "magma", "grey"};
static_assert(map_names.size() == static_cast<std::size_t>(last_colour_map) + 1);

// The camera's target belongs to a drive, not to the window: a drive opens with the camera at the vehicle.
json camera_json(const ViewCamera& camera) {
  return {{"yaw", camera.yaw},
          {"pitch", camera.pitch},
          {"distance", camera.distance},
          {"orthographic", camera.orthographic}};
}

void read_camera(const json& j, ViewCamera& camera) {
  if (!j.is_object()) return;
  read_number(j, "yaw", -100.0, 100.0, camera.yaw);
  read_number(j, "pitch", -1.5708, 1.5708, camera.pitch);
  read_number(j, "distance", 0.1, 10000.0, camera.distance);
  read_flag(j, "orthographic", camera.orthographic);
}

json view_json(const ViewState& v) {
  return {{"camera", camera_json(v.camera)},
          {"follow_ego", v.follow_ego},
          {"colouring", colouring_names.at(static_cast<std::size_t>(v.colouring))},
          {"map", map_names.at(static_cast<std::size_t>(v.map))},
          {"low", v.low},
          {"high", v.high},
          {"automatic_range", v.automatic_range},
          {"point_size", v.point_size},
          {"points_by_metre", v.points_by_metre},
          {"point_metres", v.point_metres},
          {"eye_dome", v.eye_dome},
          {"eye_dome_strength", v.eye_dome_strength},
          {"filters", filters_json(v.filters)},
          {"meshes", meshes_json(v.meshes)},
          {"show_stack", v.show_stack},
          {"range_rings", v.range_rings},
          {"show_ghosts", v.show_ghosts},
          {"show_labels", v.show_labels},
          {"show_trail", v.show_trail},
          {"solve_gaps", v.solve_gaps},
          {"overlay_points", v.overlay_points},
          {"overlay_boxes", v.overlay_boxes},
          {"overlay_hidden", v.overlay_hidden},
          {"enlarged_camera", v.enlarged_camera},
          {"ui_scale", v.ui_scale},
          {"left", v.left},
          {"right", v.right},
          {"bottom", v.bottom},
          {"sides", v.sides},
          {"right_top", v.right_top}};
}

void read_flags(const json& j, ViewState& v) {
  read_flag(j, "follow_ego", v.follow_ego);
  read_flag(j, "automatic_range", v.automatic_range);
  read_flag(j, "range_rings", v.range_rings);
  read_flag(j, "show_ghosts", v.show_ghosts);
  read_flag(j, "show_labels", v.show_labels);
  read_flag(j, "show_trail", v.show_trail);
  read_flag(j, "solve_gaps", v.solve_gaps);
  read_flag(j, "overlay_points", v.overlay_points);
  read_flag(j, "overlay_boxes", v.overlay_boxes);
  read_flag(j, "overlay_hidden", v.overlay_hidden);
  read_flag(j, "points_by_metre", v.points_by_metre);
  read_flag(j, "eye_dome", v.eye_dome);
  read_flag(j, "show_stack", v.show_stack);
}

void read_view(const json& j, ViewState& v) {
  if (!j.is_object()) return;
  if (j.contains("camera")) read_camera(j["camera"], v.camera);
  read_enum(j, "colouring", colouring_names, v.colouring);
  read_enum(j, "map", map_names, v.map);
  read_flags(j, v);
  read_number(j, "low", -1e6, 1e6, v.low);
  read_number(j, "high", -1e6, 1e6, v.high);
  read_number(j, "point_size", 1, 8, v.point_size);
  read_number(j, "point_metres", 0.001, 10.0, v.point_metres);
  read_number(j, "eye_dome_strength", 0.0, 10.0, v.eye_dome_strength);
  if (j.contains("filters")) read_filters(j["filters"], v.filters);
  if (j.contains("meshes")) read_meshes(j["meshes"], v.meshes);
  if (j.contains("enlarged_camera") && j["enlarged_camera"].is_string())
    v.enlarged_camera = j["enlarged_camera"];
  read_number(j, "ui_scale", 0.5f, 3.0f, v.ui_scale);
  for (auto [name, share] : {std::pair{"left", &v.left},
                             {"right", &v.right},
                             {"bottom", &v.bottom},
                             {"sides", &v.sides},
                             {"right_top", &v.right_top}})
    read_number(j, name, 0.02f, 0.98f, *share);
}

std::filesystem::path below_home(const char* variable, const char* otherwise, const char* file) {
  const char* base = std::getenv(variable);
  if (base && *base) return std::filesystem::path(base) / "sweepmark" / file;
  const char* home = std::getenv("HOME");
  if (!home || !*home) return {};
  return std::filesystem::path(home) / otherwise / "sweepmark" / file;
}

}  // namespace

json to_json(const Settings& settings) {
  json recent = json::array();
  for (const RecentDrive& drive : settings.recent)
    recent.push_back({{"path", drive.path.string()}, {"drive", drive.drive}});
  return {{"view", view_json(settings.view)}, {"recent", recent}};
}

Settings settings_from_json(const json& j) {
  Settings settings;
  if (!j.is_object()) return settings;
  if (j.contains("view")) read_view(j["view"], settings.view);
  if (!j.contains("recent") || !j["recent"].is_array()) return settings;
  for (const json& entry : j["recent"]) {
    const bool sound = entry.is_object() && entry.contains("path") && entry["path"].is_string();
    if (sound && settings.recent.size() < recent_limit)
      settings.recent.push_back({entry["path"].get<std::string>(), entry.value("drive", json("")).is_string()
                                                                       ? entry.value("drive", std::string())
                                                                       : std::string()});
  }
  return settings;
}

void remember_drive(Settings& settings, RecentDrive drive) {
  std::erase(settings.recent, drive);
  settings.recent.insert(settings.recent.begin(), std::move(drive));
  if (settings.recent.size() > recent_limit) settings.recent.resize(recent_limit);
}

std::filesystem::path default_settings_file() {
  return below_home("XDG_STATE_HOME", ".local/state", "view.json");
}
std::filesystem::path default_keys_file() {
  return below_home("XDG_CONFIG_HOME", ".config", "keys.json");
}

Settings load_settings(const std::filesystem::path& file) {
  const auto text = file.empty() ? Result<std::string>("{}") : read_text(file);
  return settings_from_json(text ? json::parse(*text, nullptr, false) : json());
}

Result<void> save_settings(const Settings& settings, const std::filesystem::path& file) {
  if (file.empty()) return {};
  std::error_code error;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
  if (error)
    return fail(ErrorCode::read_only, "the folder for settings cannot be made: " + error.message(),
                at_file(file));
  return write_text_atomically(file,
                               to_json(settings).dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

}  // namespace sweepmark::gui
