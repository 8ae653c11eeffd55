#include "app/gui/scene_export.hpp"

#include <fmt/format.h>

#include "app/gui/mesh_overlays.hpp"
#include "app/gui/view_resources.hpp"
#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {

Result<SceneToSave> scene_to_save(GuiContext& context) {
  const SweepScene scene = scene_at_cursor(context);
  const Document& document = context.workspace->document();
  if (!scene.cloud)
    return fail(ErrorCode::not_found, scene.problem.empty()
                                          ? fmt::format("sweep {} is still loading", scene.index + 1)
                                          : scene.problem);
  ScenePoints points{scene.cloud, scene.world_from_cloud().matrix()};
  points.labels = context.resources.labels(document, scene.time, scene.cloud);
  SceneToSave saved{{std::move(points)}, {}, meshes_in_scene(context, scene.world_from_ego)};
  for (const VisibleBox& box : context.workspace->boxes_at(scene.index))
    if (!box.ghost)
      saved.boxes.push_back({scene.world_from_ego * box.box, box.track.value,
                             static_cast<std::uint16_t>(box.class_id.value),
                             class_name(document.taxonomy, box.class_id)});
  return saved;
}

Result<void> save_scene(const SceneToSave& scene, const std::filesystem::path& file) {
  return write_paraview_scene({scene.points, scene.boxes, scene.meshes}, file);
}

}  // namespace sweepmark::gui
