#include "app/gui/shell/mesh_settings.hpp"

#include "app/gui/shell/json_reading.hpp"

namespace sweepmark::gui {

using nlohmann::json;

json meshes_json(const std::vector<ShownMesh>& meshes) {
  json list = json::array();
  for (const ShownMesh& mesh : meshes)
    list.push_back({{"file", mesh.file},
                    {"place", {mesh.place.x(), mesh.place.y(), mesh.place.z()}},
                    {"yaw_degrees", mesh.yaw_degrees}});
  return list;
}

void read_meshes(const json& j, std::vector<ShownMesh>& meshes) {
  if (!j.is_array()) return;
  for (const json& entry : j) {
    if (!entry.is_object() || !entry.contains("file") || !entry["file"].is_string()) continue;
    const auto place = numbers_in<3>(entry, "place");
    if (!place) continue;
    ShownMesh mesh{entry["file"].get<std::string>(), {(*place)[0], (*place)[1], (*place)[2]}, 0};
    read_number(entry, "yaw_degrees", -1e4, 1e4, mesh.yaw_degrees);
    meshes.push_back(std::move(mesh));
  }
}

}  // namespace sweepmark::gui
