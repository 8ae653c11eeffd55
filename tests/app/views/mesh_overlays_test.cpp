#include "app/gui/mesh_overlays.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "app/gui/shell/shell_state.hpp"
#include "app/gui/view_resources.hpp"
#include "tests/app/views/tiny_drive.hpp"

namespace sweepmark::gui {
namespace {

constexpr const char* triangle_obj = "v 0 0 0\nv 2 0 0\nv 0 1 0\nf 1 2 3\n";

class MeshOverlays : public testing::Test {
 protected:
  void SetUp() override {
    workspace_ = drive_.open();
    ASSERT_TRUE(workspace_);
    shell_.background = &jobs_;
  }
  GuiContext context() { return {workspace_.get(), view_, ui_, resources_, requests_, 0, false, &shell_}; }
  // Frames until nothing is left to read.
  void settle() {
    GuiContext now = context();
    do {
      read_meshes(now);
      jobs_.deliver();
      std::this_thread::yield();
    } while (!jobs_.idle());
  }
  std::string file(const std::string& name) const {
    return drive_.folder().write(name, triangle_obj).string();
  }

  TinyDrive drive_;
  std::unique_ptr<Workspace> workspace_;
  ViewState view_;
  UiState ui_;
  ViewResources resources_{BackendChoice::software};
  std::vector<CommandRequest> requests_;
  ShellState shell_;
  Jobs jobs_{[] {}, [](const std::string&, const std::string&) {}};
};

TEST(ShownMesh, StandsWhereItsPlacementSays) {
  const ShownMesh mesh{"a.stl", {3, 1, -0.5}, 90};
  const Point<Ego> nose = ego_from_mesh(mesh) * Point<BoxLocal>(2, 0, 0);
  EXPECT_TRUE(nose.metres.isApprox(Eigen::Vector3d(3, 3, -0.5), 1e-12)) << nose.metres.transpose();
}

TEST_F(MeshOverlays, AMeshGoesWithTheVehicle) {
  view_.meshes = {{file("a.obj"), {1, 0, 0}, 180}};
  EXPECT_TRUE(meshes_in_scene(context(), {}).empty());  // not read yet
  settle();
  const Pose<World, Ego> world_from_ego(Eigen::Quaterniond::Identity(), {100, 0, 0});
  const auto meshes = meshes_in_scene(context(), world_from_ego);
  ASSERT_EQ(meshes.size(), 1u);
  EXPECT_TRUE((meshes[0].world_from_mesh * Eigen::Vector4d(2, 0, 0, 1))
                  .isApprox(Eigen::Vector4d(99, 0, 0, 1), 1e-12));
  EXPECT_EQ(shell_.mesh_files.at(view_.meshes[0].file).size, Eigen::Vector3f(2, 1, 0));
  // The same file twice is read once, and forgotten when it is not wanted.
  view_.meshes.push_back({view_.meshes[0].file, {5, 0, 0}, 0});
  EXPECT_EQ(meshes_in_scene(context(), {}).size(), 2u);
  view_.meshes.clear();
  settle();
  EXPECT_TRUE(shell_.mesh_files.empty());
}

TEST_F(MeshOverlays, AFileThatWentMissingIsANoticeSaidOnce) {
  view_.meshes = {{(drive_.folder() / "gone.stl").string(), {0, 0, 0}, 0}, {file("a.obj"), {0, 0, 0}, 0}};
  settle();
  settle();
  ASSERT_EQ(ui_.messages.size(), 1u);
  EXPECT_EQ(ui_.messages[0].kind, Message::Kind::warning);
  EXPECT_NE(ui_.messages[0].text.find("gone.stl"), std::string::npos) << ui_.messages[0].text;
  EXPECT_EQ(meshes_in_scene(context(), {}).size(), 1u);
  EXPECT_EQ(view_.meshes.size(), 2u);  // it may come back
}

TEST_F(MeshOverlays, TheDialogsMeshShowsBeforeItIsKeptAndItsTroublesAreNoNotice) {
  offer_mesh(shell_, file("a.obj"));
  settle();
  EXPECT_EQ(meshes_in_scene(context(), {}).size(), 1u);
  shell_.mesh.mesh.file = (drive_.folder() / "gone.stl").string();
  settle();
  EXPECT_TRUE(ui_.messages.empty());
  EXPECT_FALSE(shell_.mesh_files.at(shell_.mesh.mesh.file).problem.empty());
  shell_.dialog = Dialog::none;  // left without keeping it
  EXPECT_TRUE(wanted_meshes(context()).empty());
}

TEST_F(MeshOverlays, OneThatIsChangedKeepsItsPlaceAmongThem) {
  view_.meshes = {{"a.obj", {0, 0, 0}, 0}, {"b.obj", {0, 0, 0}, 0}, {"c.obj", {0, 0, 0}, 0}};
  shell_.dialog = Dialog::show_mesh;
  shell_.mesh = {{"b.obj", {7, 0, 0}, 0}, 1};
  GuiContext now = context();
  EXPECT_EQ(wanted_meshes(now).size(), 3u);
  remove_mesh(now, 0);
  keep_choice(now);
  ASSERT_EQ(view_.meshes.size(), 2u);
  EXPECT_EQ(view_.meshes[0], (ShownMesh{"b.obj", {7, 0, 0}, 0}));
  EXPECT_EQ(view_.meshes[1].file, "c.obj");
}

TEST(MeshFiles, AreKnownByTheirEnding) {
  for (const char* name : {"a.stl", "/b/c.STL", "d.obj", "e.ply", "f.gltf", "g.glb"})
    EXPECT_TRUE(is_mesh_file(name)) << name;
  for (const char* name : {"", "stl", "a.stl/b", "a.pcd", ".stl.bin"})
    EXPECT_FALSE(is_mesh_file(name)) << name;
}

}  // namespace
}  // namespace sweepmark::gui
