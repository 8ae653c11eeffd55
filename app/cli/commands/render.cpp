#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numbers>
#include <regex>

#include "app/cli/cli_command.hpp"
#include "app/cli/drive_scene.hpp"
#include "core/drive/image.hpp"
#include "render/class_colours.hpp"
#include "render/line_layer.hpp"
#include "render/picture.hpp"

namespace sweepmark {

namespace {

const std::map<std::string, PointColouring> colourings = {
    {"height", PointColouring::height},     {"intensity", PointColouring::intensity},
    {"range", PointColouring::range},       {"ring", PointColouring::ring},
    {"time", PointColouring::time},         {"class", PointColouring::label},
    {"instance", PointColouring::instance}, {"flat", PointColouring::flat}};
const std::map<std::string, ViewPreset> presets = {
    {"top", ViewPreset::top},   {"front", ViewPreset::front}, {"rear", ViewPreset::rear},
    {"left", ViewPreset::left}, {"right", ViewPreset::right}, {"oblique", ViewPreset::oblique}};

struct Options {
  SceneOptions scene;
  std::string target, size = "1920x1080";
  PointColouring colouring = PointColouring::height;
  ViewPreset view = ViewPreset::oblique;
  ColourMap map = ColourMap::turbo;
  double low = -2.0, high = 4.0, distance = 40.0, point_metres = 0.0, eye_dome = 0.0;
  int point_pixels = 2;
  bool orthographic = false, boxes = true, rings = false;
};

Result<Viewport> viewport_from(const std::string& text) {
  static const std::regex form("([0-9]{1,5})[x×]([0-9]{1,5})");
  std::smatch parts;
  if (std::regex_match(text, parts, form)) {
    const Viewport viewport{std::stoi(parts[1]), std::stoi(parts[2])};
    if (viewport.width >= 1 && viewport.height >= 1 && viewport.width <= 16384 && viewport.height <= 16384)
      return viewport;
  }
  return fail(ErrorCode::invalid_argument,
              fmt::format("--size {}: WIDTHxHEIGHT up to 16384x16384 was expected", text));
}

ViewCamera camera_for(const Options& options, const DriveScene& scene) {
  ViewCamera camera;
  camera.distance = options.distance;
  camera.orthographic = options.orthographic;
  return preset_view(camera, options.view, Point<World>(scene.world_from_ego.translation()),
                     yaw_of(scene.world_from_ego.rotation()));
}

PointStyle style_for(const Options& options, const DriveScene& scene, std::span<const Rgba> colours) {
  PointStyle style;
  style.colouring = options.colouring;
  style.map = options.map;
  style.low = options.low;
  style.high = options.high;
  if (options.colouring == PointColouring::height) {  // given about the vehicle
    style.low += scene.world_from_ego.translation().z();
    style.high += scene.world_from_ego.translation().z();
  }
  style.size_px = options.point_pixels;
  style.size_m = options.point_metres;
  style.eye_dome = options.eye_dome;
  style.label_colours = colours;
  return style;
}

std::vector<ScreenLine> lines_for(const Options& options, const DriveScene& scene,
                                  std::span<const Rgba> colours, const ViewCamera& camera,
                                  Viewport viewport) {
  std::vector<ScreenLine> lines;
  if (options.rings)
    lines = range_rings(Point<World>(scene.world_from_ego.translation()), 10.0, 80.0, {90, 96, 106, 255},
                        camera, viewport);
  if (!options.boxes) return lines;
  for (const SceneBox& box : scene.boxes) {
    const Rgba colour = box.class_id < colours.size() ? colours[box.class_id] : Rgba();
    const std::vector<ScreenLine> edges = box_lines(box.box, colour, 2.0f, camera, viewport);
    lines.insert(lines.end(), edges.begin(), edges.end());
  }
  return lines;
}

ExitCode run(const Options& options, Output& output) {
  const auto viewport = viewport_from(options.size);
  if (!viewport) return output.failure(viewport.error(), ExitCode::usage);
  const auto scene = scene_of(options.scene, options.target, output);
  if (!scene) return output.failure(scene.error());
  const std::vector<Rgba> colours = class_colours(scene->taxonomy);
  const ViewCamera camera = camera_for(options, *scene);
  const PointStyle style = style_for(options, *scene, colours);
  const Image image = draw_picture(scene->points, scene->meshes, style,
                                   lines_for(options, *scene, colours, camera, *viewport), camera, *viewport);
  if (const auto written = write_png(image, options.target); !written) return output.failure(written.error());
  output.text(fmt::format("{} × {} pixels written to {}", viewport->width, viewport->height, options.target));
  output.object({{"target", options.target}, {"width", viewport->width}, {"height", viewport->height}});
  return ExitCode::success;
}

std::map<std::string, ColourMap> maps_by_name() {
  std::map<std::string, ColourMap> maps;
  for (int i = 0; i <= static_cast<int>(last_colour_map); ++i) {
    const auto map = static_cast<ColourMap>(i);
    maps.emplace(name_of(map), map);
  }
  return maps;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  options->scene.add_to(app);
  app.add_option("TARGET", options->target, "PNG file to write")->required();
  app.add_option("--size", options->size, "WIDTHxHEIGHT in pixels")->capture_default_str();
  app.add_option("--view", options->view, "where the eye stands about the vehicle")
      ->transform(CLI::CheckedTransformer(presets));
  app.add_option("--distance", options->distance, "metres from the eye to the vehicle")
      ->check(CLI::Range(0.1, 1e5))
      ->capture_default_str();
  app.add_flag("--orthographic", options->orthographic, "parallel projection");
  app.add_option("--colour-by", options->colouring, "what colours points")
      ->transform(CLI::CheckedTransformer(colourings));
  app.add_option("--map", options->map, "colour map")->transform(CLI::CheckedTransformer(maps_by_name()));
  app.add_option("--low", options->low, "value of the map's first colour (heights: metres about the vehicle)")
      ->capture_default_str();
  app.add_option("--high", options->high, "value of its last")->capture_default_str();
  app.add_option("--point-size", options->point_pixels, "edge of a point in pixels")
      ->check(CLI::Range(1, 8))
      ->capture_default_str();
  app.add_option("--point-metres", options->point_metres, "edge of a point in metres, instead")
      ->check(CLI::Range(0.0, 10.0));
  app.add_option("--eye-dome", options->eye_dome, "strength of the shading by depth; 0 off, 1 usual")
      ->check(CLI::Range(0.0, 10.0));
  app.add_flag("!--no-boxes", options->boxes, "leave boxes out");
  app.add_flag("--rings", options->rings, "range rings every 10 m");
  return [options, &output] { return run(*options, output); };
}

}  // namespace

CliCommand cli_command_render() {
  return {"render", "Draw a sweep with its labels as a picture, without a window",
          "Examples:\n  sweepmarkctl render ~/logs/drive7 --sweep 12 out/sweep12.png\n"
          "  sweepmarkctl render ~/logs/drive7 --view top --distance 90 --orthographic --rings --size "
          "4000x4000 top.png\n"
          "  sweepmarkctl render ~/logs/drive7 --truth --eye-dome 1 --mesh car.glb@0,0,0.3,0 --view rear "
          "out/car.png",
          declare};
}

}  // namespace sweepmark
