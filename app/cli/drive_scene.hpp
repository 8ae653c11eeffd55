// What of a drive a picture or a scene file shows, and the options that say it.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/drive_options.hpp"
#include "render/exchange/paraview_scene.hpp"
#include "render/point_backend.hpp"
#include "render/triangle_mesh.hpp"

namespace sweepmark {

struct SceneOptions {
  DriveOptions drive;
  LabelOptions labels;
  std::size_t sweep = 0;
  bool truth = false;
  std::vector<std::string> meshes;  // FILE or FILE@x,y,z,yaw: metres and degrees in the vehicle's frame

  void add_to(CLI::App& app);
};

// World frame. Points are of the sweep, boxes those at it.
struct DriveScene {
  Pose<World, Ego> world_from_ego;
  Taxonomy taxonomy;
  std::vector<ScenePoints> points;
  std::vector<SceneBox> boxes;
  std::vector<SceneMesh> meshes;
};

// Labels are those of the labels file where there is one (or must be: --labels names it), or the boxes that
// came with the drive. Errors name the file: drive, labels, mesh, and a `target` inside the drive, which is
// never written to; the target's folder is made.
Result<DriveScene> scene_of(const SceneOptions& options, const std::filesystem::path& target, Output& output);

}  // namespace sweepmark
