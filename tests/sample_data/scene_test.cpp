#include "sample_data/scene.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/geometry/iou.hpp"
#include "core/labels/taxonomy.hpp"

namespace sweepmark::sample {
namespace {

Box3<World> box_at(const SceneObject& object, double time) {
  return {world_from_box(object, time), object.size};
}

Box3<World> ego_box_at(const Scene& scene, double time) {
  const Pose<Ego, BoxLocal> ego_from_body(Eigen::Quaterniond::Identity(), {1.4, 0.0, 0.75});
  return {world_from_ego(scene, time) * ego_from_body, {4.6, 1.9, 1.5}};
}

bool touch(const Box3<World>& a, const Box3<World>& b) {
  const double apart = (a.pose.translation() - b.pose.translation()).norm();
  return apart < 0.5 * (a.size.norm() + b.size.norm()) && iou_bev(a, b) > 0.0;
}

class SceneOfSeed : public testing::TestWithParam<std::uint64_t> {};

TEST_P(SceneOfSeed, nobodyTouchesAnybody) {
  const Scene scene = make_scene(GetParam());
  for (double time = 0.0; time <= longest_drive_s; time += 0.1) {
    const Box3<World> ego = ego_box_at(scene, time);
    for (std::size_t i = 0; i < scene.objects.size(); ++i) {
      const SceneObject& a = scene.objects[i];
      ASSERT_FALSE(touch(ego, box_at(a, time))) << "the vehicle and " << a.name << " at " << time;
      for (std::size_t j = a.moves ? 0 : scene.objects.size(); j < scene.objects.size(); ++j) {
        if (i == j) continue;
        const SceneObject& b = scene.objects[j];
        ASSERT_FALSE(touch(box_at(a, time), box_at(b, time)))
            << a.name << " and " << b.name << " at " << time;
      }
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, SceneOfSeed, testing::Values(1, 2, 3, 17));

TEST(Scene, boxesAreTightAboutTheirShapes) {
  for (const SceneObject& object : make_scene(1).objects) {
    Eigen::AlignedBox3d bounds;
    for (const Mesh& phase : object.phases) bounds.extend(phase.bounds());
    EXPECT_LT((bounds.max() - 0.5 * object.size).norm(), 1e-9) << object.name;
    EXPECT_LT((bounds.min() + 0.5 * object.size).norm(), 1e-9) << object.name;
  }
}

TEST(Scene, hasEveryKindOfRoadUserUnderItsOwnName) {
  std::set<std::string> names, types;
  const Scene scene = make_scene(1);
  const Taxonomy taxonomy = default_taxonomy();
  for (const SceneObject& object : scene.objects) {
    EXPECT_TRUE(names.insert(object.name).second) << object.name;
    types.insert(object.type);
    EXPECT_NE(class_named(taxonomy, object.type), ClassId(0)) << object.type;
    EXPECT_EQ(&object - scene.objects.data() + 1, object.instance);
  }
  EXPECT_EQ(types, (std::set<std::string>{"Car", "Cyclist", "Pedestrian", "Truck", "Van"}));
}

TEST(Scene, trianglesFaceTheWayTheirNormalsPoint) {
  const Scene scene = make_scene(1);
  const auto check = [&](const Mesh& mesh) {
    for (const Triangle& t : mesh.triangles) {
      // Crowns of trees are ruffled after their normals are made, and give-way signs are seen from both
      // sides.
      if (t.surface == Surface::foliage || t.surface == Surface::sign_face) continue;
      const Eigen::Vector3d& a = mesh.positions[t.vertices[0]];
      const Eigen::Vector3d face =
          (mesh.positions[t.vertices[1]] - a).cross(mesh.positions[t.vertices[2]] - a);
      if (face.norm() < 1e-9) continue;
      ASSERT_GT(face.normalized().dot(mesh.normals[t.vertices[0]]), 0.0) << "at " << a.transpose();
    }
  };
  check(scene.ground);
  check(scene.street);
  for (const SceneObject& object : scene.objects) check(object.phases.front());
}

TEST(Scene, straightLinesBetweenPosesAreWithinACentimetre) {
  const Scene scene = make_scene(1);
  for (double time = 0.05; time < longest_drive_s; time += 0.1) {
    const auto a = world_from_ego(scene, time), b = world_from_ego(scene, time + 0.1);
    for (double share : {0.25, 0.5, 0.75}) {
      const auto truth = world_from_ego(scene, time + 0.1 * share), guess = interpolated(a, b, share);
      EXPECT_LT((truth.translation() - guess.translation()).norm(), 0.01) << time;
      EXPECT_LT(truth.rotation().angularDistance(guess.rotation()), 0.0035) << time;
    }
  }
}

TEST(WalkingHeight, risesAtTheKerb) {
  EXPECT_EQ(walking_height({30.0, 0.0}), 0.0);
  EXPECT_EQ(walking_height({30.0, 5.5}), 0.0);
  EXPECT_EQ(walking_height({30.0, 6.0}), kerb_height);
  EXPECT_EQ(walking_height({-8.9, -8.9}), kerb_height);
  EXPECT_EQ(walking_height({6.5, 6.5}), 0.0);  // the corner is rounded
}

}  // namespace
}  // namespace sweepmark::sample
