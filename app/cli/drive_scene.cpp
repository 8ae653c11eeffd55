#include "app/cli/drive_scene.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numbers>

#include "core/assist/interpolate.hpp"
#include "core/commands/exchange.hpp"
#include "core/drive/labels_by_point.hpp"
#include "core/drive/trajectory_of.hpp"
#include "core/formats/label_format.hpp"
#include "core/session/labels_path.hpp"
#include "render/exchange/mesh_file.hpp"

namespace sweepmark {

namespace {

struct LabelledDrive {
  OpenLabels open;  // holds the drive where there are labels
  std::unique_ptr<Drive> bare;
  Document document;

  const Drive& drive() const { return bare ? *bare : *open.drive; }
};

Result<LabelledDrive> with_truth(std::unique_ptr<Drive> drive) {
  if (!drive->read_truth)
    return fail(ErrorCode::not_found, "this drive has no true boxes", at_file(drive->root));
  SWEEPMARK_TRY(boxes, drive->read_truth());
  SWEEPMARK_TRY(document, imported(new_document(), *drive, boxes, "truth"));
  return LabelledDrive{{}, std::move(drive), std::move(document)};
}

Result<LabelledDrive> labelled_drive(const SceneOptions& options, Output& output) {
  SWEEPMARK_TRY(drive, options.drive.open());
  auto bare = std::make_unique<Drive>(std::move(drive));
  if (options.truth) return with_truth(std::move(bare));
  if (options.labels.labels.empty() && !std::filesystem::exists(default_labels_path(*bare).file))
    return LabelledDrive{{}, std::move(bare), new_document()};
  SWEEPMARK_TRY(open, open_labels(options.drive, options.labels, true, output));
  Document document = *open.session->document();
  return LabelledDrive{std::move(open), nullptr, std::move(document)};
}

Result<ScenePoints> sweep_points(const LabelledDrive& labelled, std::size_t sweep,
                                 const Pose<World, Ego>& world_from_ego) {
  const Drive& drive = labelled.drive();
  const SweepEntry& entry = drive.sweeps[sweep];
  if (entry.file.empty())
    return fail(ErrorCode::not_found, fmt::format("sweep {} is listed without points", sweep),
                at_file(drive.root));
  SWEEPMARK_TRY(cloud, drive.read_sweep(sweep));
  ScenePoints points;
  points.cloud = std::make_shared<const PointCloud>(std::move(cloud));
  points.world_from_cloud = (world_from_ego * drive.rig.ego_from(entry.lidar)).matrix();
  if (const auto labels = labelled.document.point_labels.find(entry.time);
      labels != labelled.document.point_labels.end())
    points.labels =
        std::make_shared<const std::vector<PointLabel>>(labels_by_point(labels->second, *points.cloud));
  return points;
}

std::vector<SceneBox> boxes_at(const Document& document, const Trajectory& trajectory, TimestampNs time,
                               const Pose<World, Ego>& world_from_ego) {
  std::vector<SceneBox> boxes;
  for (const auto& [id, track] : document.tracks) {
    const auto found = box_at(*track, trajectory, time);
    if (!found) continue;
    const auto definition = document.taxonomy.find(track->properties.class_id);
    boxes.push_back({world_from_ego * found->box, id.value,
                     static_cast<std::uint16_t>(track->properties.class_id.value),
                     definition == document.taxonomy.end() ? std::string() : definition->second.name});
  }
  return boxes;
}

// "1,2,0,90" as metres and degrees.
std::optional<Pose<Ego, BoxLocal>> pose_from(std::string_view text) {
  std::array<double, 4> numbers = {};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), numbers[i]);
    if (problem != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const bool last = i + 1 == numbers.size();
    if (last != text.empty() || (!last && text.front() != ',')) return std::nullopt;
    if (!last) text.remove_prefix(1);
  }
  return Pose<Ego, BoxLocal>(rotation_about_z(numbers[3] * std::numbers::pi / 180.0),
                             Eigen::Vector3d(numbers[0], numbers[1], numbers[2]));
}

Result<SceneMesh> mesh_from(const std::string& text, const Pose<World, Ego>& world_from_ego) {
  const std::size_t at = text.rfind('@');
  const auto ego_from_mesh =
      at == std::string::npos ? Pose<Ego, BoxLocal>() : pose_from(std::string_view(text).substr(at + 1));
  if (!ego_from_mesh)
    return fail(ErrorCode::invalid_argument,
                fmt::format("--mesh {}: FILE@x,y,z,yaw was expected, metres and degrees", text));
  SWEEPMARK_TRY(mesh, read_mesh(text.substr(0, at)));
  return SceneMesh{std::make_shared<const TriangleMesh>(std::move(mesh)),
                   (world_from_ego * *ego_from_mesh).matrix()};
}

}  // namespace

void SceneOptions::add_to(CLI::App& app) {
  drive.add_to(app);
  labels.add_to(app);
  app.add_option("--sweep", sweep, "which sweep, from 0")->capture_default_str();
  app.add_flag("--truth", truth, "the boxes that came with the drive, not the labels");
  app.add_option(
      "--mesh", meshes,
      "STL, OBJ, PLY or glTF file; FILE@x,y,z,yaw places it in the vehicle's frame (metres, degrees)");
}

Result<DriveScene> scene_of(const SceneOptions& options, const std::filesystem::path& target,
                            Output& output) {
  SWEEPMARK_TRY(labelled, labelled_drive(options, output));
  const Drive& drive = labelled.drive();
  SWEEPMARK_CHECK(check_outside_drive(target, drive));
  SWEEPMARK_CHECK(make_folder(target.parent_path()));
  if (options.sweep >= drive.sweeps.size())
    return fail(ErrorCode::invalid_argument,
                fmt::format("there is no sweep {}: the drive has {}, numbered from 0", options.sweep,
                            drive.sweeps.size()),
                at_file(drive.root));
  const TimestampNs time = drive.sweeps[options.sweep].time;
  const Trajectory trajectory = trajectory_of(labelled.document, drive);
  DriveScene scene;
  scene.world_from_ego = trajectory.world_from_ego(time);
  scene.taxonomy = labelled.document.taxonomy;
  SWEEPMARK_TRY(points, sweep_points(labelled, options.sweep, scene.world_from_ego));
  scene.points.push_back(std::move(points));
  scene.boxes = boxes_at(labelled.document, trajectory, time, scene.world_from_ego);
  for (const std::string& text : options.meshes) {
    SWEEPMARK_TRY(mesh, mesh_from(text, scene.world_from_ego));
    scene.meshes.push_back(std::move(mesh));
  }
  return scene;
}

}  // namespace sweepmark
