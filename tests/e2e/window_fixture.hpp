// The real window under a display of its own, driven by recorded input, on a small drive with one car.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

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

inline std::string sweep_bytes(int sweep) {
  std::vector<float> rows;
  const auto add = [&rows](double x, double y, double z) {
    for (const double value : {x, y, z, 0.5}) rows.push_back(static_cast<float>(value));
  };
  for (double x = -20; x <= 20; x += 0.25)
    for (double y = -12; y <= 12; y += 0.25) add(x, y, ground);
  const Box3<Ego> car = car_at(sweep);
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

class WindowTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::getenv("DISPLAY")) display_ = VirtualDisplay::start();
    if (!std::getenv("DISPLAY")) GTEST_SKIP() << "no display and no Xvfb";
    for (int i = 0; i < sweeps; ++i)
      folder_.write("drive/velodyne/0000/00000" + std::to_string(i) + ".bin", sweep_bytes(i));
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
