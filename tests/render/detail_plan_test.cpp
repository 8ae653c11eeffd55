#include "render/detail_plan.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/render/chunked_clouds.hpp"
#include "tests/render/scenes.hpp"

namespace sweepmark {
namespace {

using test::placed;

constexpr Viewport viewport{320, 200};

std::size_t points_in(const std::vector<SceneRun>& runs) {
  std::size_t total = 0;
  for (const SceneRun& run : runs) total += run.end - run.begin;
  return total;
}

// By scene index and point, how often it was handed out.
std::map<std::pair<std::uint32_t, std::uint32_t>, int> times(const std::vector<SceneRun>& runs) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> result;
  for (const SceneRun& run : runs)
    for (std::uint32_t i = run.begin; i < run.end; ++i) ++result[{run.scene_index, i}];
  return result;
}

void append(std::vector<SceneRun>& to, const std::vector<SceneRun>& runs) {
  to.insert(to.end(), runs.begin(), runs.end());
}

ViewCamera above(double metres) {
  ViewCamera camera;
  camera.pitch = -1.2;
  camera.distance = metres;
  return camera;
}

TEST(DetailPlan, HandsOutEveryPointInViewOnce) {
  const std::vector<ScenePoints> scene = {placed(test::random_sweep(500, 1)),
                                          placed(test::chunked_floor(300, 50, 2))};
  DetailPlan plan(scene, above(120), viewport);
  EXPECT_EQ(plan.points_in_view(), 500u + 100u * 300u);
  std::vector<SceneRun> all;
  for (int call = 0; !plan.complete(); ++call) {
    ASSERT_LT(call, 100);
    append(all, plan.next(2'000));
  }
  const auto handed_out = times(all);
  EXPECT_EQ(handed_out.size(), plan.points_in_view());
  EXPECT_TRUE(std::ranges::all_of(handed_out, [](const auto& entry) { return entry.second == 1; }));
  EXPECT_TRUE(plan.next(1000).empty());
}

TEST(DetailPlan, KeepsToTheNumberOfPoints) {
  const std::vector<ScenePoints> scene = {placed(test::chunked_floor(5'000, 50, 2))};
  DetailPlan plan(scene, above(120), viewport);
  for (int call = 0; call < 4; ++call) {
    const std::size_t points = points_in(plan.next(50'000));
    EXPECT_GE(points, 50'000u);
    EXPECT_LE(points, 50'500u);
  }
}

TEST(DetailPlan, NearChunksGetMoreThanFarOnes) {
  const std::vector<ScenePoints> scene = {placed(test::chunked_floor(5'000, 400, 2))};
  ViewCamera camera = above(150);
  camera.pitch = -0.3;
  DetailPlan plan(scene, camera, viewport);
  std::map<std::uint32_t, std::uint32_t> by_chunk;
  for (const SceneRun& run : plan.next(20'000)) by_chunk[run.begin / 5'000] = run.end - run.begin;
  // The camera looks along +x: of the middle row of chunks, the nearer have lower numbers.
  EXPECT_GT(by_chunk[43], 2 * by_chunk[49]);
  EXPECT_GT(by_chunk[49], 0u);
}

TEST(DetailPlan, LeavesOutWhatIsOutOfView) {
  const std::vector<ScenePoints> scene = {placed(test::chunked_floor(100, 1000, 2))};
  ViewCamera camera = above(30);
  camera.target = Point<World>(Eigen::Vector3d(250, 250, 0));
  const DetailPlan plan(scene, camera, viewport);
  EXPECT_GT(plan.points_in_view(), 0u);
  EXPECT_LT(plan.points_in_view(), 10'000u / 4);
}

TEST(DetailPlan, CoarserLayersCount) {
  auto finer = test::chunked_floor(4'000, 50, 3);
  for (CloudChunk& chunk : finer->chunks) chunk.before = 250;
  const std::vector<ScenePoints> scene = {placed(test::chunked_floor(250, 50, 2)), placed(finer)};
  DetailPlan plan(scene, above(120), viewport);
  std::vector<bool> coarse_is_whole(100, false);
  for (const SceneRun& run : plan.next(20'000)) {
    if (run.scene_index == 0)
      coarse_is_whole[run.begin / 250] = run.end % 250 == 0;
    else
      EXPECT_TRUE(coarse_is_whole[run.begin / 4'000]) << "the finer layer of a chunk before its coarse one";
  }
  const std::vector<SceneRun> second = plan.next(50'000);
  EXPECT_TRUE(std::ranges::any_of(second, [](const SceneRun& run) { return run.scene_index == 1; }));
}

TEST(DetailPlan, ResumesWithCloudsThatCameToTheEnd) {
  const auto coarse = test::chunked_floor(250, 50, 2), fine = test::chunked_floor(1'000, 50, 3);
  const std::vector<ScenePoints> begun = {placed(coarse)}, longer = {placed(coarse), placed(fine)};
  DetailPlan first(begun, above(120), viewport);
  std::vector<SceneRun> all = first.next(10'000);
  DetailPlan second(longer, above(120), viewport);
  second.resume(first);
  EXPECT_EQ(second.handed_out(), first.handed_out());
  while (!second.complete()) append(all, second.next(30'000));
  const auto handed_out = times(all);
  EXPECT_EQ(handed_out.size(), 125'000u);
  EXPECT_TRUE(std::ranges::all_of(handed_out, [](const auto& entry) { return entry.second == 1; }));
  EXPECT_EQ(points_in(second.so_far()), 125'000u);
}

TEST(DetailPlan, ABoxBehindTheEyeHasNoAreaAndOneRoundItTheWholePicture) {
  const ViewCamera camera = above(50);
  const CloudProjection projection =
      cloud_projection(Eigen::Vector3d::Zero(), Eigen::Matrix4d::Identity(), camera, viewport, 0.0);
  const Eigen::Vector3f eye = camera.eye().metres.cast<float>(),
                        back = -20.0f * camera.forward().cast<float>();
  const Eigen::Vector3f half(1, 1, 1);
  EXPECT_EQ(projected_area(eye + back - half, eye + back + half, projection, viewport), 0.0);
  EXPECT_EQ(projected_area(eye - half, eye + half, projection, viewport), 320.0 * 200.0);
  EXPECT_GT(projected_area(-half, half, projection, viewport), 1.0);
}

}  // namespace
}  // namespace sweepmark
