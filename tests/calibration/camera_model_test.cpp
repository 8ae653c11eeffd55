#include "calibration/camera_model.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <opencv2/calib3d.hpp>
#include <random>

#include "tests/calibration/lenses.hpp"

namespace sweepmark {
namespace {

using test::lenses;
using test::model_of;
using test::NamedLens;

class Lens : public testing::TestWithParam<NamedLens> {
 protected:
  CameraModel model = model_of(GetParam().intrinsics);
  bool fisheye = GetParam().intrinsics.model == LensModel::kannala_brandt;

  // The direction at an angle from the optical axis, turned round it.
  static Point<Camera> direction(double angle, double turn) {
    return Point<Camera>(std::sin(angle) * std::cos(turn), std::sin(angle) * std::sin(turn), std::cos(angle));
  }
};

INSTANTIATE_TEST_SUITE_P(, Lens, testing::ValuesIn(lenses()),
                         [](const auto& lens) { return lens.param.name; });

TEST_P(Lens, AgreesWithOpenCv) {
  const CameraIntrinsics& c = GetParam().intrinsics;
  std::mt19937 random(3);
  std::uniform_real_distribution<double> share(0, 1), turn(-std::numbers::pi, std::numbers::pi),
      depth(0.5, 80);
  const double widest = std::min(model.max_angle(), 1.5);
  std::vector<Point<Camera>> points;
  std::vector<cv::Point3d> theirs;
  for (int i = 0; i < 5000; ++i) {
    points.emplace_back(depth(random) * direction(widest * share(random) * 0.999, turn(random)).metres);
    theirs.emplace_back(points.back().x(), points.back().y(), points.back().z());
  }
  const cv::Matx33d k(c.fx, 0, c.cx, 0, c.fy, c.cy, 0, 0, 1);
  std::vector<cv::Point2d> pixels;
  const cv::Vec3d zero(0, 0, 0);
  if (fisheye)
    cv::fisheye::projectPoints(theirs, pixels, zero, zero, k, c.distortion);
  else
    cv::projectPoints(theirs, zero, zero, k, c.distortion, pixels);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto pixel = model.pixel_from(points[i]);
    ASSERT_TRUE(pixel) << points[i].metres.transpose();
    EXPECT_NEAR(pixel->x(), pixels[i].x, 1e-8 * (1 + std::abs(pixels[i].x)));
    EXPECT_NEAR(pixel->y(), pixels[i].y, 1e-8 * (1 + std::abs(pixels[i].y)));
  }
}

TEST_P(Lens, RaysLeadBackToTheirPoints) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> share(0, 1), turn(-std::numbers::pi, std::numbers::pi);
  for (int i = 0; i < 5000; ++i) {
    const Point<Camera> ray = direction(0.97 * model.max_angle() * std::sqrt(share(random)), turn(random));
    const auto pixel = model.pixel_from(ray);
    ASSERT_TRUE(pixel);
    const auto back = model.ray_from(*pixel);
    ASSERT_TRUE(back) << ray.metres.transpose();
    EXPECT_LT((back->metres - ray.metres).norm(), 1e-9) << ray.metres.transpose();
  }
}

TEST_P(Lens, EveryPixelOfTheImageComesBackToItself) {
  int reached = 0, asked = 0;
  for (int y = 0; y < 960; y += 23)
    for (int x = 0; x < 1280; x += 23, ++asked) {
      const Eigen::Vector2d pixel(x, y);
      const auto ray = model.ray_from(pixel);
      if (!ray) continue;
      ++reached;
      EXPECT_NEAR(ray->metres.norm(), 1, 1e-14);
      const auto again = model.pixel_from(*ray);
      ASSERT_TRUE(again || std::acos(ray->z()) > model.max_angle() * (1 - 1e-9)) << x << ' ' << y;
      EXPECT_TRUE(!again || (*again - pixel).norm() < 1e-7);
    }
  EXPECT_GT(reached, asked * 7 / 10);
}

// Along every ray from the principal point pixels move outwards as the angle grows, up to the limit; beyond
// it nothing is seen.
TEST_P(Lens, DoesNotFoldOver) {
  const Eigen::Vector2d centre = *model.pixel_from(Point<Camera>(0, 0, 1));
  for (int t = 0; t < 24; ++t) {
    const double turn = 2 * std::numbers::pi * t / 24;
    double before = -1;
    for (double angle = 0; angle < model.max_angle(); angle += 0.002) {
      const auto pixel = model.pixel_from(direction(angle, turn));
      ASSERT_TRUE(pixel) << angle;
      EXPECT_GT((*pixel - centre).norm(), before);
      before = (*pixel - centre).norm();
    }
    for (double angle = model.max_angle() + 1e-6; angle <= std::numbers::pi; angle += 0.01)
      EXPECT_FALSE(model.pixel_from(direction(angle, turn))) << angle;
  }
}

TEST_P(Lens, RefusesWhatCannotBeSeen) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Point<Camera>& point :
       {Point<Camera>(0, 0, -5), Point<Camera>(0.01, 0.01, -5), Point<Camera>(0, 0, 0),
        Point<Camera>(nan, 0, 1), Point<Camera>(0, nan, 1), Point<Camera>(0, 0, nan)})
    EXPECT_FALSE(model.pixel_from(point)) << point.metres.transpose();
  EXPECT_FALSE(model.ray_from({nan, 3}));
  EXPECT_FALSE(model.ray_from({std::numeric_limits<double>::infinity(), 3}));
}

TEST(CameraModel, KnowsWhereBarrelDistortionTurnsBack) {
  // r (1 − 0.3 r²) grows up to r = 1 / √0.9.
  const CameraModel model = model_of({LensModel::pinhole, 1000, 1000, 500, 500, 500, 500, {-0.3, 0, 0, 0}});
  EXPECT_NEAR(std::tan(model.max_angle()), 1 / std::sqrt(0.9), 1e-9);
  EXPECT_TRUE(model.pixel_from(Point<Camera>(1.05, 0, 1)));
  EXPECT_FALSE(model.pixel_from(Point<Camera>(1.06, 0, 1)));
  EXPECT_FALSE(model.pixel_from(Point<Camera>(1.8, 0, 1)));  // the polynomial alone would put it in the image
  EXPECT_TRUE(model.in_image({500 + 500 * 1.8 * (1 - 0.3 * 1.8 * 1.8), 500}));
}

TEST(CameraModel, APoleOfTheRationalModelIsALimit) {
  const CameraModel model =
      model_of({LensModel::pinhole, 1000, 1000, 500, 500, 500, 500, {0, 0, 0, 0, 0, -1, 0, 0}});
  EXPECT_LE(std::tan(model.max_angle()), 1.0);
  EXPECT_GT(std::tan(model.max_angle()), 0.5);
}

TEST(CameraModel, AWideFisheyeSeesBehindItsPlaneButNoFurtherThanItsImage) {
  const CameraModel model =
      model_of({LensModel::kannala_brandt, 1000, 1000, 250, 250, 499.5, 499.5, {0, 0, 0, 0}});
  EXPECT_TRUE(model.pixel_from(Point<Camera>(1, 0, -0.1)));
  EXPECT_NEAR(model.max_angle(), std::hypot(2.0, 2.0), 1e-9);
  EXPECT_FALSE(model.pixel_from(Point<Camera>(0.1, 0, -1)));
}

TEST(CameraModel, RefusesSenselessIntrinsics) {
  const auto code = [](LensModel lens, double fx, double cx, std::vector<double> distortion) {
    const auto model = CameraModel::from({lens, 100, 100, fx, 100, cx, 50, std::move(distortion)});
    return model ? ErrorCode::internal : model.error().code;
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(code(LensModel::pinhole, 0, 50, {}), ErrorCode::invalid_argument);
  EXPECT_EQ(code(LensModel::pinhole, -3, 50, {}), ErrorCode::invalid_argument);
  EXPECT_EQ(code(LensModel::pinhole, nan, 50, {}), ErrorCode::invalid_argument);
  EXPECT_EQ(code(LensModel::pinhole, 100, nan, {}), ErrorCode::invalid_argument);
  EXPECT_EQ(code(LensModel::pinhole, 100, 50, {0.1, nan, 0, 0}), ErrorCode::invalid_argument);
  for (const std::size_t count : {1u, 2u, 3u, 6u, 7u, 9u, 12u})
    EXPECT_EQ(code(LensModel::pinhole, 100, 50, std::vector<double>(count, 0.01)),
              ErrorCode::invalid_argument)
        << count;
  for (const std::size_t count : {0u, 3u, 5u})
    EXPECT_EQ(code(LensModel::kannala_brandt, 100, 50, std::vector<double>(count, 0.01)),
              ErrorCode::invalid_argument)
        << count;
}

// Any coefficients at all: the model either refuses a ray or takes it to a pixel whose ray is the same.
RC_GTEST_PROP(CameraModel, HoldsForArbitraryCoefficients, ()) {
  const auto number = [](double scale) { return scale * *rc::gen::inRange(-1000, 1001) / 1000.0; };
  const bool fisheye = *rc::gen::arbitrary<bool>();
  std::vector<double> k = fisheye
                              ? std::vector{number(0.5), number(0.3), number(0.2), number(0.1)}
                              : std::vector{number(1), number(1), number(0.02), number(0.02), number(0.5)};
  const CameraModel model =
      model_of({fisheye ? LensModel::kannala_brandt : LensModel::pinhole, 800, 600, 500, 500, 400, 300, k});
  const double angle = 0.9 * std::abs(number(1)) * model.max_angle(), turn = number(3.2);
  const Eigen::Vector3d ray(std::sin(angle) * std::cos(turn), std::sin(angle) * std::sin(turn),
                            std::cos(angle));
  const auto pixel = model.pixel_from(Point<Camera>(ray));
  RC_ASSERT(pixel.has_value());
  const auto back = model.ray_from(*pixel);
  RC_ASSERT(back.has_value());
  RC_ASSERT((back->metres - ray).norm() < 1e-8);
}

}  // namespace
}  // namespace sweepmark
