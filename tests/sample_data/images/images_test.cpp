#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <opencv2/calib3d.hpp>
#include <opencv2/imgcodecs.hpp>

#include "core/base/files.hpp"
#include "sample_data/camera.hpp"
#include "sample_data/camera_renderer.hpp"
#include "sample_data/generate.hpp"
#include "sample_data/lens.hpp"
#include "sample_data/lidar.hpp"
#include "sample_data/virtual_display.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark::sample {
namespace {

using Json = nlohmann::json;

TEST(Canvas, coversEveryPixelOfTheLens) {
  for (const SampleCamera& camera : make_cameras()) {
    const Canvas canvas = canvas_for(camera.sensor.intrinsics);
    double low_x = 0, high_x = 0, low_y = 0, high_y = 0;
    cv::minMaxLoc(canvas.map_x, &low_x, &high_x);
    cv::minMaxLoc(canvas.map_y, &low_y, &high_y);
    EXPECT_TRUE(low_x >= 0 && high_x <= canvas.width - 1 && low_y >= 0 && high_y <= canvas.height - 1)
        << camera.sensor.id.value;
  }
}

class Rendered : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = VirtualDisplay::open();
    ASSERT_TRUE(opened) << to_string(opened.error());
    display = std::make_unique<VirtualDisplay>(std::move(*opened));
    scene = make_scene(1);
    caster = std::make_unique<SweepCaster>(scene);
    renderer = std::make_unique<CameraRenderer>(scene, [](const auto&, const auto&) { return false; });
  }
  void TearDown() override { renderer.reset(); }

  std::unique_ptr<VirtualDisplay> display;
  Scene scene;
  std::unique_ptr<SweepCaster> caster;
  std::unique_ptr<CameraRenderer> renderer;
};

// A point of the sweep carried along with its object to another moment, as the camera sees it then.
cv::Point3d seen_at(const Scene& scene, const SceneObject& object, const LidarModel& lidar,
                    const SweepPoint& point, double sweep_moment, const CameraSensor& camera, double moment) {
  const double then = sweep_moment + point.time;
  const Point<World> met =
      world_from_ego(scene, then) * (lidar.ego_from_sensor * Point<Sensor>(point.position.cast<double>()));
  const Point<BoxLocal> on_object = world_from_box(object, then).inverse() * met;
  const Pose<Camera, World> camera_from_world =
      (world_from_ego(scene, moment) * camera.ego_from_camera).inverse();
  const Point<Camera> p = camera_from_world * (world_from_box(object, moment) * on_object);
  return {p.x(), p.y(), p.z()};
}

bool differs_near(const BgrImage& a, const BgrImage& b, const cv::Point2d& pixel) {
  for (int dv = -1; dv <= 1; ++dv) {
    for (int du = -1; du <= 1; ++du) {
      const int u = static_cast<int>(std::lround(pixel.x)) + du,
                v = static_cast<int>(std::lround(pixel.y)) + dv;
      if (u < 0 || v < 0 || u >= a.width || v >= a.height) continue;
      const std::size_t at =
          3 * (static_cast<std::size_t>(v) * static_cast<std::size_t>(a.width) + static_cast<std::size_t>(u));
      for (std::size_t i = 0; i < 3; ++i) {
        if (std::abs(a.bytes[at + i] - b.bytes[at + i]) > 3) return true;
      }
    }
  }
  return false;
}

// Where an object's lidar points fall in an image, the image changes when the object is taken out of the
// scene: pose, lens, time and drawing agree to a pixel.
TEST_F(Rendered, lidarPointsOfAnObjectFallOnItsPixels) {
  const LidarModel lidar = make_lidar(64);
  const double moment = 3.05;
  const auto points = caster->sweep(lidar, moment, 4);
  int objects_checked = 0;
  for (const SampleCamera& camera : make_cameras()) {
    const CameraIntrinsics& lens = camera.sensor.intrinsics;
    const cv::Matx33d k(lens.fx, 0, lens.cx, 0, lens.fy, lens.cy, 0, 0, 1);
    const double shot = moment + camera.shutter_s;
    const BgrImage with = renderer->render(camera.sensor, shot);
    for (std::size_t i = 0; i < scene.objects.size(); ++i) {
      std::vector<cv::Point3d> seen;
      for (const SweepPoint& point : points) {
        if (point.label != scene.objects[i].label()) continue;
        const cv::Point3d p = seen_at(scene, scene.objects[i], lidar, point, moment, camera.sensor, shot);
        if (p.z > 3.0 && p.z < 22.0 && std::abs(p.x) < 0.6 * p.z && std::abs(p.y) < 0.35 * p.z)
          seen.push_back(p);
      }
      if (seen.size() < 60) continue;
      const BgrImage without = renderer->render(camera.sensor, shot, i);
      std::vector<cv::Point2d> pixels;
      cv::projectPoints(seen, cv::Vec3d(), cv::Vec3d(), k, lens.distortion, pixels);
      const auto agree = std::ranges::count_if(
          pixels, [&](const cv::Point2d& pixel) { return differs_near(with, without, pixel); });
      // Some are hidden from the camera by something else, or stand before a background of their own colour.
      EXPECT_GT(static_cast<double>(agree), 0.9 * static_cast<double>(pixels.size()))
          << camera.sensor.id.value << " " << scene.objects[i].name;
      ++objects_checked;
    }
  }
  EXPECT_GE(objects_checked, 3);
}

TEST_F(Rendered, theSameMomentGivesTheSamePicture) {
  const SampleCamera camera = make_cameras().front();
  const BgrImage first = renderer->render(camera.sensor, 1.0), between = renderer->render(camera.sensor, 2.0);
  EXPECT_EQ(first.bytes, renderer->render(camera.sensor, 1.0).bytes);
  EXPECT_NE(first.bytes, between.bytes);
}

TEST(SampleDriveWithImages, writesImagesAtTheirOwnMomentsAndTheClockOffsetOnTop) {
  const test::TemporaryFolder folder;
  SampleOptions options;
  options.sweeps = 2;
  options.rings = 32;
  options.clock_offset_ms = 40.0;
  const auto made = make_sample_drive(options, folder / "d", Existing::keep, {});
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_EQ(made->images, 3u);
  const Json drive = Json::parse(read_text(folder / "d/drive.json").value()).at("openlabel");
  const Json truth = Json::parse(read_text(folder / "d/truth.json").value());
  EXPECT_EQ(truth.at("clock_offset_s"), 0.04);
  const Json& first = drive.at("frames").at("0").at("frame_properties");
  const auto nanoseconds = [](const std::string& text) {
    return std::stoll(text.substr(0, 10)) * 1'000'000'000 + std::stoll(text.substr(11));
  };
  for (const SampleCamera& camera : make_cameras()) {
    const Json& stream = first.at("streams").at(camera.sensor.id.value);
    const cv::Mat image = cv::imread((folder / "d" / stream.at("uri").get<std::string>()).string());
    EXPECT_EQ(image.size(), cv::Size(1280, 720));
    const auto delay = nanoseconds(stream.at("stream_properties").at("sync").at("timestamp")) -
                       nanoseconds(first.at("timestamp"));
    EXPECT_EQ(delay, std::llround(1e9 * camera.shutter_s) + 40'000'000);
    EXPECT_EQ(truth.at("cameras").at(camera.sensor.id.value).at("shutter_after_sweep_s"), camera.shutter_s);
  }
  EXPECT_EQ(drive.at("frames").at("1").at("frame_properties").at("streams").size(), 1u)
      << "no pose lies after the last sweep";
}

TEST(SampleDriveWithImages, isTheSameBytesAgain) {
  const test::TemporaryFolder folder;
  SampleOptions options;
  options.sweeps = 2;
  options.rings = 32;
  ASSERT_TRUE(make_sample_drive(options, folder / "a", Existing::keep, {}));
  ASSERT_TRUE(make_sample_drive(options, folder / "b", Existing::keep, {}));
  for (const SampleCamera& camera : make_cameras()) {
    const std::filesystem::path image = std::filesystem::path(camera.sensor.id.value) / "000000.jpg";
    EXPECT_EQ(read_bytes(folder / "a" / image).value(), read_bytes(folder / "b" / image).value()) << image;
  }
}

TEST(VirtualDisplay, namesWhatIsMissingWhereThereIsNeitherDisplayNorXvfb) {
  const std::string path = std::getenv("PATH"),
                    display = std::getenv("DISPLAY") ? std::getenv("DISPLAY") : "";
  unsetenv("DISPLAY");
  setenv("PATH", "/nowhere", 1);
  const auto opened = VirtualDisplay::open();
  setenv("PATH", path.c_str(), 1);
  if (!display.empty()) setenv("DISPLAY", display.c_str(), 1);
  ASSERT_FALSE(opened);
  EXPECT_NE(to_string(opened.error()).find("xvfb"), std::string::npos) << to_string(opened.error());
}

}  // namespace
}  // namespace sweepmark::sample
