#include <tbb/parallel_for.h>

#include <cmath>

#include "sample_data/lidar.hpp"
#include "sample_data/ray_caster.hpp"

namespace sweepmark::sample {
namespace {

struct Ray {
  Eigen::Vector3d origin, direction;
};

// An object as it stands at one moment.
struct Placed {
  const RayCaster* shape;
  Eigen::Matrix3d local_from_world;  // rotation alone
  Eigen::Vector3d centre;
  double radius_squared;
};

struct Meeting {
  RayHit hit;
  const RayCaster* shape = nullptr;
  Eigen::Vector3d direction;  // in the shape's frame
};

// Keeps the meeting if the object is hit before `nearest`.
void meet(const Placed& object, const Ray& ray, double reach, Meeting& nearest) {
  const Eigen::Vector3d offset = ray.origin - object.centre;
  const double along = offset.dot(ray.direction);
  if (offset.squaredNorm() - along * along > object.radius_squared) return;
  const Eigen::Vector3d direction = object.local_from_world * ray.direction;
  const double limit = nearest.shape ? nearest.hit.distance : reach;
  if (const auto hit = object.shape->cast(object.local_from_world * offset, direction, limit))
    nearest = {*hit, object.shape, direction};
}

}  // namespace

struct SweepCaster::Parts {
  explicit Parts(const Scene& s)
      : scene(s), fixed_mesh(s.ground), fixed((fixed_mesh.append(s.street), fixed_mesh)) {
    for (const SceneObject& object : s.objects) {
      shapes.emplace_back();
      for (const Mesh& phase : object.phases) shapes.back().emplace_back(phase);
    }
  }

  Placed placed_at(std::size_t i, double time) const {
    const SceneObject& object = scene.objects[i];
    const Pose<World, BoxLocal> pose = world_from_box(object, time);
    return {&shapes[i][phase_at(object, time)], pose.rotation().conjugate().toRotationMatrix(),
            pose.translation(), 0.25 * object.size.squaredNorm()};
  }

  // The objects that a ray in the vertical half-plane through `origin` towards `azimuth` may meet.
  std::vector<Placed> in_plane(const Eigen::Vector3d& origin, const Eigen::Vector2d& azimuth, double time,
                               double reach) const {
    std::vector<Placed> result;
    for (std::size_t i = 0; i < scene.objects.size(); ++i) {
      const Eigen::Vector2d offset = scene.objects[i].motion.at(time).position - origin.head<2>();
      const double radius = 0.5 * scene.objects[i].size.norm(), along = offset.dot(azimuth);
      const double aside = std::abs(azimuth.x() * offset.y() - azimuth.y() * offset.x());
      // The lidar's tilt takes its columns off the vertical by a few centimetres for each metre of rise.
      if (along > -radius && along < reach + radius && aside < radius + 0.3)
        result.push_back(placed_at(i, time));
    }
    return result;
  }

  const Scene& scene;
  Mesh fixed_mesh;
  RayCaster fixed;
  std::vector<std::vector<RayCaster>> shapes;  // by object and phase
};

SweepCaster::SweepCaster(const Scene& scene) : parts_(std::make_unique<Parts>(scene)) {}
SweepCaster::~SweepCaster() = default;

std::vector<SweepPoint> SweepCaster::sweep(const LidarModel& lidar, double time, std::uint64_t seed) const {
  std::vector<std::vector<SweepPoint>> columns(static_cast<std::size_t>(lidar.columns));
  const auto cast_column = [&](int column) {
    const double offset = lidar.time_of(column), moment = time + offset, azimuth = lidar.azimuth_of(column);
    const Pose<World, Sensor> world_from_sensor =
        world_from_ego(parts_->scene, moment) * lidar.ego_from_sensor;
    const Eigen::Matrix3d rotation = world_from_sensor.rotation().toRotationMatrix();
    Ray ray{world_from_sensor.translation(), {}};
    const Eigen::Vector2d heading =
        (rotation * Eigen::Vector3d(std::cos(azimuth), std::sin(azimuth), 0)).head<2>().normalized();
    const std::vector<Placed> objects = parts_->in_plane(ray.origin, heading, moment, lidar.farthest);
    Random random(seed, static_cast<std::uint64_t>(column));
    for (std::size_t ring = 0; ring < lidar.elevations.size(); ++ring) {
      const double elevation = lidar.elevations[ring];
      const Eigen::Vector3d beam(std::cos(elevation) * std::cos(azimuth),
                                 std::cos(elevation) * std::sin(azimuth), std::sin(elevation));
      ray.direction = rotation * beam;
      Meeting nearest;
      if (const auto hit = parts_->fixed.cast(ray.origin, ray.direction, lidar.farthest))
        nearest = {*hit, &parts_->fixed, ray.direction};
      for (const Placed& object : objects) meet(object, ray, lidar.farthest, nearest);
      if (!nearest.shape) continue;
      const Triangle& triangle = nearest.shape->mesh().triangles[nearest.hit.triangle];
      const double incidence = nearest.shape->incidence(nearest.hit, nearest.direction);
      const auto echo = observe(lidar, triangle.surface, nearest.hit.distance, incidence, random);
      if (!echo) continue;
      columns[static_cast<std::size_t>(column)].push_back({(echo->range * beam).cast<float>(),
                                                           static_cast<float>(offset), echo->intensity,
                                                           static_cast<std::uint8_t>(ring), triangle.label});
    }
  };
  tbb::parallel_for(0, lidar.columns, cast_column);
  std::vector<SweepPoint> points;
  for (const auto& column : columns) points.insert(points.end(), column.begin(), column.end());
  return points;
}

bool SweepCaster::in_shadow(const Eigen::Vector3d& point, const Eigen::Vector3d& towards_sun) const {
  constexpr double reach = 80.0;
  if (parts_->fixed.cast(point, towards_sun, reach)) return true;
  const Ray ray{point, towards_sun};
  for (std::size_t i = 0; i < parts_->scene.objects.size(); ++i) {
    const SceneObject& object = parts_->scene.objects[i];
    if (object.moves || (object.motion.at(0).position - point.head<2>()).norm() > 6.0) continue;
    Meeting nearest;
    meet(parts_->placed_at(i, 0.0), ray, reach, nearest);
    if (nearest.shape) return true;
  }
  return false;
}

}  // namespace sweepmark::sample
