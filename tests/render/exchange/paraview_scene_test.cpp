#include "render/exchange/paraview_scene.hpp"

#include <gtest/gtest.h>
#include <vtkCellData.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkXMLMultiBlockDataReader.h>

#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

ParaviewScene scene_of(const std::vector<ScenePoints>& points, const std::vector<SceneBox>& boxes,
                       const std::vector<SceneMesh>& meshes) {
  return {points, boxes, meshes};
}

std::vector<ScenePoints> two_points() {
  auto cloud = std::make_shared<PointCloud>();
  cloud->origin = {500'000, 5'000'000, 0};
  cloud->x = {1, 2};
  cloud->y = {3, 4};
  cloud->z = {5, 6};
  cloud->channels = {{"intensity", std::vector<float>{0.25f, 0.5f}},
                     {"ring", std::vector<std::uint8_t>{7, 8}}};
  ScenePoints points;
  points.cloud = cloud;
  points.labels =
      std::make_shared<const std::vector<PointLabel>>(std::vector<PointLabel>{packed_label(10, 3)});
  return {points};
}

std::vector<SceneMesh> one_mesh() {
  auto mesh = std::make_shared<TriangleMesh>();
  mesh->positions = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}};
  mesh->triangles = {{0, 1, 2}};
  SceneMesh placed;
  placed.mesh = mesh;
  placed.world_from_mesh(2, 3) = 2.0;
  return {placed};
}

TEST(ParaviewScene, ComesBackThroughVtksOwnReader) {
  const test::TemporaryFolder folder;
  const std::vector<SceneBox> boxes = {
      {upright_box(Point<World>(Eigen::Vector3d(10, 0, 1)), 0.3, {4, 2, 1.5}), 12, 1, "Car"}};
  const auto file = folder.path() / "scene.vtm";
  const auto written = write_paraview_scene(scene_of(two_points(), boxes, one_mesh()), file);
  ASSERT_TRUE(written) << to_string(written.error());

  vtkNew<vtkXMLMultiBlockDataReader> reader;
  reader->SetFileName(file.c_str());
  reader->Update();
  auto* blocks = vtkMultiBlockDataSet::SafeDownCast(reader->GetOutput());
  ASSERT_EQ(blocks->GetNumberOfBlocks(), 3u);
  auto* points = vtkPolyData::SafeDownCast(blocks->GetBlock(0));
  ASSERT_EQ(points->GetNumberOfPoints(), 2);
  EXPECT_EQ(points->GetPoint(1)[1], 5'000'004.0);
  EXPECT_EQ(points->GetPointData()->GetArray("intensity")->GetComponent(1, 0), 0.5);
  EXPECT_EQ(points->GetPointData()->GetArray("ring")->GetComponent(0, 0), 7.0);
  EXPECT_EQ(points->GetPointData()->GetArray("class")->GetComponent(0, 0), 10.0);
  EXPECT_EQ(points->GetPointData()->GetArray("instance")->GetComponent(0, 0), 3.0);
  EXPECT_EQ(points->GetPointData()->GetArray("class")->GetComponent(1, 0), 0.0);
  auto* box = vtkPolyData::SafeDownCast(blocks->GetBlock(1));
  EXPECT_EQ(box->GetNumberOfCells(), 6);
  EXPECT_EQ(box->GetCellData()->GetArray("track")->GetComponent(5, 0), 12.0);
  auto* mesh = vtkPolyData::SafeDownCast(blocks->GetBlock(2));
  EXPECT_EQ(mesh->GetNumberOfCells(), 1);
  EXPECT_EQ(mesh->GetPoint(0)[2], 2.0);
}

TEST(ParaviewScene, SaysWhatCannotBeWritten) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(write_paraview_scene({}, folder.path() / "scene.png").error().code, ErrorCode::invalid_argument);
  const auto written = write_paraview_scene(scene_of(two_points(), {}, {}), "/proc/none/scene.vtm");
  ASSERT_FALSE(written);
  EXPECT_NE(to_string(written.error()).find("/proc/none"), std::string::npos);
}

}  // namespace
}  // namespace sweepmark
