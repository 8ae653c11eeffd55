#include "app/gui/shell/settings.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/support/temporary_folder.hpp"

namespace sweepmark::gui {
namespace {

Settings unusual_settings() {
  Settings settings;
  ViewState& view = settings.view;
  view.camera.yaw = 1.25;
  view.camera.pitch = -0.3;
  view.camera.distance = 77;
  view.camera.orthographic = true;
  view.follow_ego = view.range_rings = view.show_ghosts = view.show_labels = view.overlay_points =
      view.overlay_boxes = false;
  view.overlay_hidden = true;
  view.colouring = PointColouring::ring;
  view.map = ColourMap::grey;
  view.low = -3.5;
  view.high = 9;
  view.automatic_range = false;
  view.point_size = 5;
  view.points_by_metre = view.eye_dome = true;
  view.point_metres = 0.125;
  view.eye_dome_strength = 2.5;
  view.show_stack = false;
  view.meshes = {{"/m/car.stl", {1.5, -2, 0.25}, -90}, {"/m/street.glb", {0, 0, 0}, 0}};
  view.filters.height = {true, -0.5, 1.5};
  view.filters.range = {true, 2, 33};
  view.filters.shown = PointsShown::annotated;
  view.filters.hidden_classes = {3, 65535};
  view.filters.inside_selected = view.filters.clipping = true;
  view.filters.margin = 1.25;
  view.filters.clip = ClippingBox{
      {Pose<World, BoxLocal>(Eigen::Quaterniond(0.6, 0, 0, 0.8), {5e6, 4.25, -1}), {4, 2, 1.5}}, "log7"};
  view.enlarged_camera = "front left";
  view.ui_scale = 1.5f;
  view.left = 0.21f;
  view.right = 0.31f;
  view.bottom = 0.19f;
  view.sides = 0.33f;
  view.right_top = 0.44f;
  settings.recent = {{"/data/a", "0001"}, {"/data/b", ""}};
  return settings;
}

TEST(Settings, ComeBackFromTheirFile) {
  const test::TemporaryFolder folder;
  const Settings before = unusual_settings();
  ASSERT_TRUE(save_settings(before, folder / "deep/down/view.json").has_value());
  const Settings after = load_settings(folder / "deep/down/view.json");
  EXPECT_EQ(to_json(after), to_json(before));
  EXPECT_EQ(after.recent, before.recent);
  EXPECT_EQ(after.view.colouring, PointColouring::ring);
  EXPECT_EQ(after.view.point_size, 5);
  EXPECT_FLOAT_EQ(after.view.right_top, 0.44f);
  ASSERT_TRUE(after.view.filters.clip);
  EXPECT_EQ(after.view.filters.clip->box.centre().x(), 5e6);
  EXPECT_EQ(after.view.filters.hidden_classes, before.view.filters.hidden_classes);
  EXPECT_EQ(after.view.meshes, before.view.meshes);
}

TEST(Settings, ADamagedMeshIsLeftOut) {
  const test::TemporaryFolder folder;
  const Settings read =
      load_settings(folder.write("view.json", R"({"view": {"meshes": [7, {"file": 3, "place": [0, 0, 0]},
      {"file": "a.stl"}, {"file": "b.stl", "place": [0, "x", 0]}, {"file": "c.stl", "place": [1, 2, 3], "yaw_degrees": "x"}]}})"));
  EXPECT_EQ(read.view.meshes, (std::vector<ShownMesh>{{"c.stl", {1, 2, 3}, 0}}));
}

TEST(Settings, ADamagedClippingBoxIsNone) {
  const test::TemporaryFolder folder;
  for (const char* clip :
       {R"({"drive": "a", "centre": [0, 0], "rotation": [1, 0, 0, 0], "size": [1, 1, 1]})",
        R"({"drive": "a", "centre": [0, 0, 0], "rotation": [0, 0, 0, 0], "size": [1, 1, 1]})",
        R"({"drive": 3, "centre": [0, 0, 0], "rotation": [1, 0, 0, 0], "size": [1, 1, 1]})",
        R"({"drive": "a", "centre": "x", "rotation": [1, 0, 0, 0], "size": [1, 1, 1]})", "7"}) {
    const std::string text =
        std::string(R"({"view": {"filters": {"clipping": true, "clip": )") + clip + "}}}";
    EXPECT_FALSE(load_settings(folder.write("view.json", text)).view.filters.clip) << clip;
  }
}

TEST(Settings, DamageCostsOnlyWhatIsDamaged) {
  const test::TemporaryFolder folder;
  const std::string usual = to_json(Settings{}).dump();
  EXPECT_EQ(to_json(load_settings(folder / "absent.json")).dump(), usual);
  EXPECT_EQ(to_json(load_settings(folder.write("a.json", "{\"view\": {"))).dump(), usual);
  EXPECT_EQ(to_json(load_settings(folder.write("b.json", "[1, 2]"))).dump(), usual);
  const Settings half = load_settings(folder.write(
      "c.json",
      R"({"view": {"left": 99, "point_size": "big", "colouring": "smell", "right": 0.3, "camera": [], "ui_scale": -1},
                    "recent": [7, {"path": 3}, {"path": "/x", "drive": 4}, {"path": "/y"}]})"));
  EXPECT_FLOAT_EQ(half.view.left, ViewState{}.left);
  EXPECT_FLOAT_EQ(half.view.right, 0.3f);
  EXPECT_FLOAT_EQ(half.view.ui_scale, 1);
  EXPECT_EQ(half.view.colouring, PointColouring::height);
  EXPECT_EQ(half.recent, (std::vector<RecentDrive>{{"/x", ""}, {"/y", ""}}));
}

TEST(Settings, TheNewestDriveIsFirstAndNoneStandsTwice) {
  Settings settings;
  for (int i = 0; i < 14; ++i) remember_drive(settings, {"/drive" + std::to_string(i), ""});
  remember_drive(settings, {"/drive9", ""});
  ASSERT_EQ(settings.recent.size(), 10u);
  EXPECT_EQ(settings.recent[0].path, "/drive9");
  EXPECT_EQ(settings.recent[1].path, "/drive13");
  EXPECT_EQ(settings.recent[9].path, "/drive4");
}

TEST(Settings, LieWhereTheDesktopSays) {
  ::setenv("XDG_STATE_HOME", "/s", 1);
  ::setenv("XDG_CONFIG_HOME", "/c", 1);
  EXPECT_EQ(default_settings_file(), "/s/sweepmark/view.json");
  EXPECT_EQ(default_keys_file(), "/c/sweepmark/keys.json");
  ::unsetenv("XDG_STATE_HOME");
  ::setenv("HOME", "/h", 1);
  EXPECT_EQ(default_settings_file(), "/h/.local/state/sweepmark/view.json");
}

}  // namespace
}  // namespace sweepmark::gui
