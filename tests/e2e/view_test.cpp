// How points are looked at: filters, colours, and the row in the 3D view that says what is left out.
#include <array>
#include <filesystem>
#include <fstream>

#include "core/drive/image.hpp"
#include "tests/e2e/window_fixture.hpp"

namespace sweepmark {
namespace {

using nlohmann::json;
using test::WindowTest;

class ViewTest : public WindowTest {
 protected:
  json saved_view() const {
    std::ifstream in(folder_ / "view.json");
    return json::parse(in, nullptr, false).value("view", json::object());
  }
  // Plays a script that saves pictures, and says in how many pixels two of them differ.
  Image picture(const std::string& name) const {
    const auto image = read_image(folder_ / name);
    EXPECT_TRUE(image) << name;
    return image.value_or(Image{});
  }
  std::string screenshot(const std::string& name) const {
    return json{{"screenshot", (folder_ / name).string()}}.dump() + "\n";
  }
  // Pixels in the middle of the 3D view that are not as its ground is.
  static int points_seen(const Image& image) {
    int count = 0;
    for (int y = 250; y < 430; ++y)
      for (int x = 320; x < 800; ++x) {
        const std::uint8_t* p =
            image.rgba.data() + 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                                     static_cast<std::size_t>(x));
        count += std::max({p[0], p[1], p[2]}) > 60;
      }
    return count;
  }
  // Pixels of the view that have a shade of a mesh's own grey.
  static int mesh_seen(const Image& image) {
    int count = 0;
    for (int y = 120; y < 430; ++y)
      for (int x = 320; x < 800; ++x) {
        const std::uint8_t* p =
            image.rgba.data() + 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                                     static_cast<std::size_t>(x));
        count += p[0] == 168 && p[1] == 176 && p[2] == 188;
      }
    return count;
  }
};

constexpr const char* look = "{\"action\": \"view.top\"}\n{\"action\": \"view.rings\"}\n";

TEST_F(ViewTest, AHeightFilterHidesTheGroundSaysSoAndIsTakenBackByAClick) {
  ASSERT_TRUE(ended_well(play(std::string(look) + screenshot("all.png") + "{\"key\": \"Alt+H\"}\n" +
                              "{\"move\": \"view3d/filter\"}\n" + screenshot("filtered.png"))));
  EXPECT_TRUE(saved_view()["filters"]["height"]["on"].get<bool>());
  // From the state of the last run: still filtered, and still said.
  ASSERT_TRUE(ended_well(play(std::string("{\"click\": \"view3d/filter\"}\n{\"action\": \"view.rings\"}\n") +
                              look + screenshot("again.png"))));
  EXPECT_FALSE(saved_view()["filters"]["height"]["on"].get<bool>());
  EXPECT_FALSE(ended_well(play("{\"move\": \"view3d/filter\"}\n")));
}

TEST_F(ViewTest, OnlyWhatIsHighIsLeftByAHeightFilter) {
  folder_.write("view.json", R"({"view": {"camera": {"distance": 20}, "range_rings": false,
      "filters": {"height": {"on": false, "low": 0.5, "high": 5}}}})");
  ASSERT_TRUE(ended_well(play(std::string("{\"action\": \"view.top\"}\n") + screenshot("all.png") +
                              "{\"key\": \"Alt+H\"}\n" + screenshot("high.png") + "{\"key\": \"Alt+X\"}\n" +
                              screenshot("back.png"))));
  const int all = points_seen(picture("all.png")), high = points_seen(picture("high.png"));
  EXPECT_GT(all, 4 * high);
  EXPECT_GT(high, 100);  // the car
  EXPECT_EQ(points_seen(picture("back.png")), all);
}

TEST_F(ViewTest, TheClippingBoxStaysWhereItWasLaidAndIsSaved) {
  ASSERT_TRUE(ended_well(play(R"({"action": "view.top"}
{"key": "B"}
{"drag": [{"place": "view3d", "offset": [-70, -120]}, {"place": "view3d", "offset": [70, 120]}]}
{"key": "Alt+Shift+C"}
{"move": "view3d/filter"}
)")));
  const json filters = saved_view()["filters"];
  EXPECT_TRUE(filters["clipping"].get<bool>());
  EXPECT_EQ(filters["clip"]["drive"], "drive");
  EXPECT_NEAR(filters["clip"]["size"][0].get<double>(), test::car_at(0).length() + 1, 0.5);
  // Off and on again by its key: the same box.
  ASSERT_TRUE(ended_well(play("{\"key\": \"Alt+C\"}\n")));
  EXPECT_FALSE(saved_view()["filters"]["clipping"].get<bool>());
  ASSERT_TRUE(ended_well(play("{\"key\": \"Alt+C\"}\n{\"move\": \"view3d/filter\"}\n")));
  EXPECT_EQ(saved_view()["filters"]["clip"], filters["clip"]);
}

TEST_F(ViewTest, EverythingIsChosenInOnePlace) {
  ASSERT_TRUE(ended_well(play(R"({"click": "view3d/options"}
{"click": "view_options/colouring"}
{"click": "view_options/colouring/intensity"}
{"click": "view_options/map"}
{"click": "view_options/map/viridis"}
{"click": "view_options/metres"}
{"click": "view_options/eye_dome"}
{"click": "view_options/height"}
{"click": "view_options/range"}
{"click": "view_options/shown"}
{"click": "view_options/shown/2"}
{"click": "view_options/classes"}
{"click": "view_options/class/Car"}
)")));
  const json view = saved_view();
  EXPECT_EQ(view["colouring"], "intensity");
  EXPECT_EQ(view["map"], "viridis");
  EXPECT_TRUE(view["points_by_metre"].get<bool>());
  EXPECT_TRUE(view["eye_dome"].get<bool>());
  EXPECT_TRUE(view["filters"]["height"]["on"].get<bool>());
  EXPECT_TRUE(view["filters"]["range"]["on"].get<bool>());
  EXPECT_EQ(view["filters"]["shown"], "unannotated");
  EXPECT_EQ(view["filters"]["hidden_classes"].size(), 1u);
}

TEST_F(ViewTest, SweepsAreStackedInTheBackgroundAndShownBeneathTheSweep) {
  ::setenv("XDG_CACHE_HOME", (folder_ / "cache").c_str(), 1);
  ASSERT_TRUE(ended_well(play(std::string(look) + R"({"key": "Alt+S"}
{"click": "stack.go"}
{"wait_idle": true}
{"frames": 3}
{"wait_idle": true}
{"move": "view3d/stack"}
)" + screenshot("stacked.png") +
                              "{\"key\": \"Alt+K\"}\n" + screenshot("alone.png"))));
  ::unsetenv("XDG_CACHE_HOME");
  // The car stood elsewhere in each sweep: its other places are filled, and the ground it hid.
  EXPECT_GT(points_seen(picture("stacked.png")), points_seen(picture("alone.png")));
  EXPECT_FALSE(std::filesystem::is_empty(folder_ / "cache/sweepmark/stacks"));
  EXPECT_FALSE(saved_view()["show_stack"].get<bool>());
}

// A closed box of 4 × 4 × 2 m about its own zero.
std::string block_stl() {
  std::string text = "solid block\n";
  const auto face = [&](int axis, double side) {
    const double half[3] = {2, 2, 1};
    const int u = (axis + 1) % 3, v = (axis + 2) % 3;
    for (const auto& corners : {std::array{std::pair(-1, -1), std::pair(1, -1), std::pair(1, 1)},
                                std::array{std::pair(-1, -1), std::pair(1, 1), std::pair(-1, 1)}}) {
      text += "facet normal 0 0 0\nouter loop\n";
      for (const auto& [a, b] : corners) {
        double p[3];
        p[axis] = side * half[axis];
        p[u] = a * half[u];
        p[v] = b * half[v];
        text +=
            "vertex " + std::to_string(p[0]) + " " + std::to_string(p[1]) + " " + std::to_string(p[2]) + "\n";
      }
      text += "endloop\nendfacet\n";
    }
  };
  for (int axis = 0; axis < 3; ++axis)
    for (const double side : {-1.0, 1.0}) face(axis, side);
  return text + "endsolid block\n";
}

TEST_F(ViewTest, AMeshIsShownWhileItIsPlacedKeptWithTheViewAndRemoved) {
  const std::string file = folder_.write("block.stl", block_stl()).string();
  ASSERT_TRUE(ended_well(play(std::string(look) + screenshot("none.png") + R"({"action": "view.show_mesh"}
{"click": "mesh.file"}
)" + json{{"text", file}}.dump() +
                              R"(
{"frames": 2}
{"wait_idle": true}
{"frames": 2}
)" + screenshot("preview.png") +
                              R"({"click": "mesh.x", "mods": ["ctrl"]}
{"text": "3"}
{"key": "Enter"}
{"click": "mesh.yaw", "mods": ["ctrl"]}
{"text": "45"}
{"key": "Enter"}
{"click": "mesh.show"}
{"frames": 2}
)" + screenshot("shown.png"))));
  const int none = mesh_seen(picture("none.png")), shown = mesh_seen(picture("shown.png"));
  EXPECT_EQ(none, 0);
  EXPECT_GT(mesh_seen(picture("preview.png")), 2'000);
  EXPECT_GT(shown, 2'000);
  const json kept = {{"file", file}, {"place", {3.0, 0.0, 0.0}}, {"yaw_degrees", 45.0}};
  EXPECT_EQ(saved_view()["meshes"], json::array({kept}));
  // From the state of the last run: there again, until it is removed.
  ASSERT_TRUE(ended_well(play(std::string("{\"action\": \"view.rings\"}\n") + look +
                              "{\"frames\": 2}\n{\"wait_idle\": true}\n" + screenshot("again.png") +
                              "{\"action\": \"view.remove_meshes\"}\n" + screenshot("removed.png"))));
  EXPECT_EQ(mesh_seen(picture("again.png")), shown);
  EXPECT_EQ(mesh_seen(picture("removed.png")), 0);
  EXPECT_TRUE(saved_view()["meshes"].empty());
}

TEST_F(ViewTest, ADroppedMeshIsOfferedAndTheSceneIsSavedForParaView) {
  const std::string file = folder_.write("block.stl", block_stl()).string();
  ASSERT_TRUE(ended_well(play(json{{"drop", {file}}}.dump() + R"(
{"wait_idle": true}
{"frames": 2}
{"wait_idle": true}
{"click": "mesh.show"}
{"action": "file.save_scene"}
{"frames": 2}
{"click": "transfer.go"}
{"wait_idle": true}
{"click": "transfer.close"}
)")));
  EXPECT_EQ(saved_view()["meshes"].size(), 1u);
  EXPECT_TRUE(std::filesystem::exists(folder_ / "labels.scene.vtm"));
  const auto parts = std::filesystem::directory_iterator(folder_ / "labels.scene");
  EXPECT_EQ(std::distance(begin(parts), end(parts)), 2);  // points, the mesh; there are no boxes
}

TEST_F(ViewTest, ColouringByTheAgeOfLabelsReadsTheLog) {
  ASSERT_TRUE(ended_well(play(std::string(R"({"action": "view.top"}
{"key": "B"}
{"drag": [{"place": "view3d", "offset": [-70, -120]}, {"place": "view3d", "offset": [70, 120]}]}
{"action": "view.colour_age"}
)") + screenshot("aged.png"))));
  EXPECT_EQ(saved_view()["colouring"], "label_age");
  // Filters and colours are no part of the labels' history.
  EXPECT_EQ(document().tracks.size(), 1u);
}

}  // namespace
}  // namespace sweepmark
