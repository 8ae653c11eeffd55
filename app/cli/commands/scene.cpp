#include <fmt/format.h>

#include "app/cli/cli_command.hpp"
#include "app/cli/drive_scene.hpp"

namespace sweepmark {

namespace {

struct Options {
  SceneOptions scene;
  std::string target;
};

ExitCode run(const Options& options, Output& output) {
  const auto scene = scene_of(options.scene, options.target, output);
  if (!scene) return output.failure(scene.error());
  if (const auto written = write_paraview_scene({scene->points, scene->boxes, scene->meshes}, options.target);
      !written)
    return output.failure(written.error());
  std::size_t points = 0;
  for (const ScenePoints& each : scene->points) points += each.cloud->size();
  output.text(fmt::format("{} points, {} boxes and {} meshes written to {}", points, scene->boxes.size(),
                          scene->meshes.size(), options.target));
  output.object({{"target", options.target},
                 {"points", points},
                 {"boxes", scene->boxes.size()},
                 {"meshes", scene->meshes.size()}});
  return ExitCode::success;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  options->scene.add_to(app);
  app.add_option("TARGET", options->target,
                 "file to write, ending in .vtm; its parts go to a folder beside it")
      ->required();
  return [options, &output] { return run(*options, output); };
}

}  // namespace

CliCommand cli_command_scene() {
  return {"scene", "Write points, boxes and meshes at a sweep as a scene that ParaView opens",
          "Examples:\n  sweepmarkctl scene ~/logs/drive7 --sweep 12 out/scene.vtm\n"
          "  sweepmarkctl scene ~/logs/drive7 --truth --mesh car.stl@0,0,0.3,0 out/scene.vtm",
          declare};
}

}  // namespace sweepmark
