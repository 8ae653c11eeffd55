#include "app/gui/shell/filter_settings.hpp"

#include <array>
#include <optional>
#include <string_view>

#include "app/gui/shell/json_reading.hpp"

namespace sweepmark::gui {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 3> shown_names = {"all", "annotated", "unannotated"};

json band_json(const BandFilter& band) {
  return {{"on", band.on}, {"low", band.low}, {"high", band.high}};
}

void read_band(const json& j, const char* name, BandFilter& band) {
  if (!j.contains(name) || !j[name].is_object()) return;
  read_flag(j[name], "on", band.on);
  read_number(j[name], "low", -1e4, 1e4, band.low);
  read_number(j[name], "high", -1e4, 1e4, band.high);
}

json clip_json(const ClippingBox& clip) {
  const Eigen::Vector3d& at = clip.box.pose.translation();
  const Eigen::Quaterniond& q = clip.box.pose.rotation();
  return {{"drive", clip.drive},
          {"centre", {at.x(), at.y(), at.z()}},
          {"rotation", {q.w(), q.x(), q.y(), q.z()}},
          {"size", {clip.box.size.x(), clip.box.size.y(), clip.box.size.z()}}};
}

std::optional<ClippingBox> clip_from_json(const json& j) {
  if (!j.is_object() || !j.contains("drive") || !j["drive"].is_string()) return std::nullopt;
  const auto centre = numbers_in<3>(j, "centre"), size = numbers_in<3>(j, "size");
  const auto q = numbers_in<4>(j, "rotation");
  if (!centre || !size || !q) return std::nullopt;
  const Eigen::Quaterniond rotation((*q)[0], (*q)[1], (*q)[2], (*q)[3]);
  if (!(rotation.norm() > 1e-6)) return std::nullopt;
  ClippingBox clip;
  clip.drive = j["drive"].get<std::string>();
  clip.box.pose = Pose<World, BoxLocal>(rotation, {(*centre)[0], (*centre)[1], (*centre)[2]});
  clip.box.size = {(*size)[0], (*size)[1], (*size)[2]};
  return clip;
}

}  // namespace

json filters_json(const ViewFilters& filters) {
  json j = {{"height", band_json(filters.height)},
            {"range", band_json(filters.range)},
            {"shown", shown_names.at(static_cast<std::size_t>(filters.shown))},
            {"hidden_classes", filters.hidden_classes},
            {"inside_selected", filters.inside_selected},
            {"margin", filters.margin},
            {"clipping", filters.clipping}};
  if (filters.clip) j["clip"] = clip_json(*filters.clip);
  return j;
}

void read_filters(const json& j, ViewFilters& filters) {
  if (!j.is_object()) return;
  read_band(j, "height", filters.height);
  read_band(j, "range", filters.range);
  read_enum(j, "shown", shown_names, filters.shown);
  if (j.contains("hidden_classes") && j["hidden_classes"].is_array())
    for (const json& id : j["hidden_classes"])
      if (id.is_number_unsigned() && id.get<std::uint64_t>() <= 0xffff)
        filters.hidden_classes.insert(id.get<std::uint16_t>());
  read_flag(j, "inside_selected", filters.inside_selected);
  read_number(j, "margin", 0.0, 100.0, filters.margin);
  read_flag(j, "clipping", filters.clipping);
  if (j.contains("clip")) filters.clip = clip_from_json(j["clip"]);
}

}  // namespace sweepmark::gui
