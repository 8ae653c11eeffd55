// The real window under a display of its own, driven by recorded input, on a small drive with one car.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/assist/interpolate.hpp"
#include "core/commands/registry.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/session/session.hpp"
#include "core/store/sqlite_store.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/virtual_display.hpp"

namespace sweepmark::test {

inline constexpr double ground = -1.7;
inline constexpr int sweeps = 8;

// The car of the drive: at the origin in sweep 0, a metre further forward in each that follows.
inline Box3<Ego> car_at(int sweep) {
  return upright_box(Point<Ego>(sweep, 0, ground + 0.8), 0, {4.2, 1.8, 1.4});
}

// Where the lidar sits: behind the car to its right, so that it sees the car's rear and right side and the
// ground but for the car's shadow.
inline const Eigen::Vector3d lidar_place(-12, -7, 0.5);

// Whether the lidar's ray to a place meets the car on its way.
inline bool hidden_by(const Box3<Ego>& car, const Eigen::Vector3d& place) {
  const Eigen::Vector3d from = lidar_place - car.centre().metres, way = place - lidar_place;
  double enters = 0, leaves = 1;
  for (int axis = 0; axis < 3; ++axis) {
    const double half = 0.5 * car.size[axis] - 1e-6;
    if (way[axis] == 0 && std::abs(from[axis]) > half) return false;
    if (way[axis] == 0) continue;
    const double a = (-half - from[axis]) / way[axis], b = (half - from[axis]) / way[axis];
    enters = std::max(enters, std::min(a, b));
    leaves = std::min(leaves, std::max(a, b));
  }
  return enters < leaves;
}

inline std::string sweep_bytes(int sweep) {
  std::vector<float> rows;
  const Box3<Ego> car = car_at(sweep);
  const auto add = [&](double x, double y, double z) {
    if (hidden_by(car, {x, y, z})) return;
    for (const double value : {x - lidar_place.x(), y - lidar_place.y(), z - lidar_place.z(), 0.5})
      rows.push_back(static_cast<float>(value));
  };
  for (double x = -20; x <= 20; x += 0.25)
    for (double y = -12; y <= 12; y += 0.25) add(x, y, ground);
  for (double u = -0.5; u <= 0.5; u += 0.02)
    for (double v = -0.5; v <= 0.5; v += 0.05) {
      const double x = car.centre().x(), y = car.centre().y(), z = car.centre().z();
      for (const double side : {-0.5, 0.5}) {
        add(x + u * car.length(), y + side * car.width(), z + v * car.height());
        add(x + side * car.length(), y + u * car.width(), z + v * car.height());
      }
      add(x + u * car.length(), y + v * car.width(), z + 0.5 * car.height());
    }
  return {reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(float)};
}

inline std::string drive_json() {
  using nlohmann::json;
  json frames = json::object();
  for (int i = 0; i < sweeps; ++i)
    frames[std::to_string(i)]["frame_properties"] = {
        {"timestamp", "0." + std::to_string(i) + "00000000"},
        {"streams", {{"lidar", {{"uri", "lidar/00000" + std::to_string(i) + ".bin"}}}}}};
  const json ego = {{"type", "local_cs"}, {"parent", ""}, {"children", {"lidar"}}};
  const json lidar = {
      {"type", "sensor_cs"},
      {"parent", "ego"},
      {"children", json::array()},
      {"pose_wrt_parent",
       {{"quaternion", {0, 0, 0, 1}}, {"translation", {lidar_place.x(), lidar_place.y(), lidar_place.z()}}}}};
  return json{{"openlabel",
               {{"metadata", {{"schema_version", "1.0.0"}, {"name", "drive"}}},
                {"coordinate_systems", {{"ego", ego}, {"lidar", lidar}}},
                {"streams", {{"lidar", {{"type", "lidar"}, {"uri", "lidar"}}}}},
                {"frames", frames}}}}
      .dump();
}

class WindowTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::getenv("DISPLAY")) display_ = VirtualDisplay::start();
    if (!std::getenv("DISPLAY")) GTEST_SKIP() << "no display and no Xvfb";
    folder_.write("drive/drive.json", drive_json());
    for (int i = 0; i < sweeps; ++i)
      folder_.write("drive/lidar/00000" + std::to_string(i) + ".bin", sweep_bytes(i));
    folder_.write("view.json", R"({"camera": {"distance": 20}})");
  }

  static pid_t start_program(std::vector<std::string> arguments) {
    std::vector<char*> raw;
    std::string name = "sweepmark";
    raw.push_back(name.data());
    for (std::string& argument : arguments) raw.push_back(argument.data());
    raw.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
      ::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of the write, as a full disk is
      ::execv(SWEEPMARK_PROGRAM, raw.data());
      ::_exit(127);
    }
    return child;
  }
  static int wait_for(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
  }

  pid_t start(const std::string& script) {
    const std::string file = folder_.write("script.replay", script).string();
    return start_program({drive(), "--labels", labels(), "--state", (folder_ / "view.json").string(),
                          "--size", "1280x720", "--backend", "software", "--replay", file,
                          "--quit-after-replay"});
  }
  // Plays a script and returns how the process ended, as waitpid says it.
  int play(const std::string& script) { return wait_for(start(script)); }
  static bool ended_well(int status) { return WIFEXITED(status) && WEXITSTATUS(status) == 0; }

  std::string drive() const { return (folder_ / "drive").string(); }
  std::string labels() const { return (folder_ / "labels.sweepmark").string(); }

  Document document() const {
    const auto opened = open_drive(drive());
    EXPECT_TRUE(opened);
    const auto store = open_sqlite_store(labels());
    EXPECT_TRUE(store);
    const auto session = Session::open(*opened, **store, all_commands());
    EXPECT_TRUE(session);
    return *(*session)->document();
  }
  static Box3<Ego> box_in(const Document& document, int sweep) {
    const auto box = box_at(*document.tracks.at(TrackId(1)), {}, {sweep * 100'000'000});
    EXPECT_TRUE(box);
    return box ? box->box : Box3<Ego>{};
  }

  std::unique_ptr<VirtualDisplay> display_;
  TemporaryFolder folder_;
};

}  // namespace sweepmark::test
