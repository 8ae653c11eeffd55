#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <set>

#include "calibration/projection.hpp"
#include "tests/calibration/lenses.hpp"

namespace sweepmark {
namespace {

using test::lenses;
using test::model_of;

const CameraIntrinsics plain_camera{LensModel::pinhole, 1242, 375, 721.5, 721.5, 609.6, 172.9, {}};

Box3<Camera> box_at(double x, double y, double z, const Eigen::Vector3d& size, double turn = 0) {
  return {Pose<Camera, BoxLocal>(Eigen::Quaterniond(Eigen::AngleAxisd(turn, Eigen::Vector3d::UnitY())),
                                 {x, y, z}),
          size};
}

double distance_to_line(const Eigen::Vector2d& p, const Eigen::Vector2d& a, const Eigen::Vector2d& b) {
  const Eigen::Vector2d along = b - a, off = p - a;
  const double share = std::clamp(off.dot(along) / along.squaredNorm(), 0.0, 1.0);
  return (off - share * along).norm();
}

double distance_to(const std::vector<Eigen::Vector2d>& line, const Eigen::Vector2d& p) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i + 1 < line.size(); ++i)
    least = std::min(least, distance_to_line(p, line[i], line[i + 1]));
  return least;
}

bool in_region(const CameraModel& model, const Eigen::Vector2d& pixel, double margin) {
  const CameraIntrinsics& c = model.intrinsics();
  return pixel.x() >= -0.5 - margin && pixel.y() >= -0.5 - margin && pixel.x() <= c.width - 0.5 + margin &&
         pixel.y() <= c.height - 0.5 + margin;
}

TEST(ProjectBox, ABoxInViewHasItsTwelveEdgesBetweenItsCorners) {
  const CameraModel model = model_of(plain_camera);
  const Box3<Camera> box = box_at(1, 0.5, 15, {4, 1.5, 1.8}, 0.4);
  const auto edges = project_box(box, model);
  ASSERT_EQ(edges.size(), 12u);
  const auto corners = box.corners();
  for (const ProjectedEdge& edge : edges) {
    EXPECT_LT((edge.pixels.front() - *model.pixel_from(corners[box_edges[edge.edge][0]])).norm(), 1e-6);
    EXPECT_LT((edge.pixels.back() - *model.pixel_from(corners[box_edges[edge.edge][1]])).norm(), 1e-6);
  }
}

// Along each edge: what the model sees inside the image lies on the drawn line, and what is drawn is of the
// edge. For any box, also round and behind the camera, and through every lens.
TEST(ProjectBox, LinesFollowTheEdgesThroughEveryLens) {
  std::mt19937 random(17);
  std::uniform_real_distribution<double> place(-12, 12), size(0.3, 9), turn(-3, 3);
  for (const auto& lens : lenses()) {
    const CameraModel model = model_of(lens.intrinsics);
    int checked = 0;
    for (int trial = 0; trial < 150; ++trial) {
      const Box3<Camera> box = box_at(place(random), 0.2 * place(random), place(random),
                                      {size(random), size(random), size(random)}, turn(random));
      const auto corners = box.corners();
      const auto edges = project_box(box, model);
      for (unsigned e = 0; e < 12; ++e) {
        const Eigen::Vector3d a = corners[box_edges[e][0]].metres, b = corners[box_edges[e][1]].metres;
        for (int i = 0; i <= 40; ++i) {
          const auto pixel = model.pixel_from(Point<Camera>(a + (b - a) * i / 40.0));
          if (!pixel || !model.in_image(*pixel)) continue;
          double least = std::numeric_limits<double>::infinity();
          for (const ProjectedEdge& edge : edges)
            if (edge.edge == e) least = std::min(least, distance_to(edge.pixels, *pixel));
          EXPECT_LT(least, 0.25) << lens.name << " trial " << trial << " edge " << e;
          ++checked;
        }
      }
      for (const ProjectedEdge& edge : edges) {
        EXPECT_GE(edge.pixels.size(), 2u);
        for (const Eigen::Vector2d& pixel : edge.pixels)
          EXPECT_TRUE(in_region(model, pixel, 0.1 * 1280 + 1e-6)) << lens.name << ' ' << pixel.transpose();
      }
    }
    EXPECT_GT(checked, 3000) << lens.name;
  }
}

TEST(ProjectBox, NothingBehindTheCameraIsDrawn) {
  for (const auto& lens : lenses()) {
    const CameraModel model = model_of(lens.intrinsics);
    EXPECT_TRUE(project_box(box_at(0, 0, -8, {4, 2, 2}), model).empty()) << lens.name;
    EXPECT_FALSE(box_bounds(box_at(0, 0, -8, {4, 2, 2}), model)) << lens.name;
  }
}

TEST(ProjectBox, FarEdgesAreHidden) {
  const CameraModel model = model_of(plain_camera);
  const auto hidden_edges = [&](const Box3<Camera>& box) {
    std::set<unsigned> hidden;
    for (const ProjectedEdge& edge : project_box(box, model))
      if (edge.hidden) hidden.insert(edge.edge);
    return hidden;
  };
  // Seen straight on only the near face looks at the camera: its four edges are in sight, all others are not.
  EXPECT_EQ(hidden_edges(box_at(0, 0, 10, {2, 2, 2})), (std::set<unsigned>{2, 3, 6, 7, 8, 9, 10, 11}));
  // Seen over a corner three faces are in sight, and three edges, which meet at the far corner, are hidden.
  EXPECT_EQ(hidden_edges(box_at(3, 2, 10, {2, 2, 2}, 0.6)).size(), 3u);
  // Inside: nothing is on a far side.
  EXPECT_TRUE(hidden_edges(box_at(0, 0, 1, {4, 4, 4})).empty());
  EXPECT_FALSE(project_box(box_at(0, 0, 1, {4, 4, 4}), model).empty());
}

TEST(BoxBounds, HoldEveryVisiblePointOfTheBoxAndNoMore) {
  std::mt19937 random(23);
  std::uniform_real_distribution<double> place(-12, 12), size(0.3, 9), turn(-3, 3), unit(-0.5, 0.5);
  for (const auto& lens : lenses()) {
    const CameraModel model = model_of(lens.intrinsics);
    int seen = 0;
    // Where the lens ends within the image the outline is followed in steps of half a degree.
    const double slack = model.ray_from({0, 0}) ? 0.5 : 5.0;
    for (int trial = 0; trial < 100; ++trial) {
      const Box3<Camera> box = box_at(place(random), 0.2 * place(random), place(random),
                                      {size(random), size(random), size(random)}, turn(random));
      const auto bounds = box_bounds(box, model);
      for (int i = 0; i < 400; ++i) {
        Eigen::Vector3d local(unit(random), unit(random), unit(random));
        local[i % 3] = i & 8 ? 0.5 : -0.5;  // on the faces
        const auto pixel = model.pixel_from(box.pose * Point<BoxLocal>(local.cwiseProduct(box.size)));
        if (!pixel || !model.in_image(*pixel)) continue;
        ASSERT_TRUE(bounds) << lens.name << " trial " << trial;
        EXPECT_GE(pixel->x(), bounds->left - slack) << lens.name << " trial " << trial;
        EXPECT_LE(pixel->x(), bounds->right + slack) << lens.name << " trial " << trial;
        EXPECT_GE(pixel->y(), bounds->top - slack) << lens.name << " trial " << trial;
        EXPECT_LE(pixel->y(), bounds->bottom + slack) << lens.name << " trial " << trial;
        ++seen;
      }
      EXPECT_TRUE(!bounds || (in_region(model, {bounds->left, bounds->top}, 1e-6) &&
                              in_region(model, {bounds->right, bounds->bottom}, 1e-6)));
    }
    EXPECT_GT(seen, 2000) << lens.name;
  }
}

TEST(BoxBounds, OfABoxThatFillsTheImageAreTheImage) {
  const auto bounds = box_bounds(box_at(0, 0, 2.5, {40, 40, 3}), model_of(plain_camera));
  ASSERT_TRUE(bounds);
  EXPECT_NEAR(bounds->left, -0.5, 1e-9);
  EXPECT_NEAR(bounds->right, 1241.5, 1e-9);
  EXPECT_NEAR(bounds->top, -0.5, 1e-9);
  EXPECT_NEAR(bounds->bottom, 374.5, 1e-9);
}

TEST(BoxBounds, OfAKnownBox) {
  const auto bounds = box_bounds(box_at(0, 0, 11, {2, 1, 2}), model_of(plain_camera));
  ASSERT_TRUE(bounds);
  EXPECT_NEAR(bounds->left, 609.6 - 72.15, 1e-6);
  EXPECT_NEAR(bounds->right, 609.6 + 72.15, 1e-6);
  EXPECT_NEAR(bounds->top, 172.9 - 36.075, 1e-6);
  EXPECT_NEAR(bounds->bottom, 172.9 + 36.075, 1e-6);
}

TEST(ProjectBox, DegenerateBoxesDoNoHarm) {
  const CameraModel model = model_of(plain_camera);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(project_box(box_at(nan, 0, 5, {1, 1, 1}), model).empty());
  for (const ProjectedEdge& edge : project_box(box_at(0, 0, 5, {0, 0, 0}), model))
    for (const Eigen::Vector2d& pixel : edge.pixels) EXPECT_TRUE(pixel.allFinite());
  for (const ProjectedEdge& edge :
       project_box(box_at(0, 0, 0, {2, 2, 0}), model))  // edges beside, faces through the camera
    for (const Eigen::Vector2d& pixel : edge.pixels) EXPECT_TRUE(pixel.allFinite());
}

}  // namespace
}  // namespace sweepmark
