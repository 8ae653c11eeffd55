#include "render/exchange/mesh_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

class MeshFile : public ::testing::Test {
 protected:
  std::filesystem::path written(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = folder.path() / name;
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }
  test::TemporaryFolder folder;
};

constexpr const char* square_obj = "v 0 0 0\nv 2 0 0\nv 2 1 0\nv 0 1 0\nf 1 2 3 4\n";
constexpr const char* triangle_stl =
    "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 3 "
    "0.5\nendloop\nendfacet\nendsolid a\n";
constexpr const char* coloured_ply =
    "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\nproperty "
    "uchar red\n"
    "property uchar green\nproperty uchar blue\nelement face 1\nproperty list uchar int "
    "vertex_indices\nend_header\n"
    "0 0 0 30 60 90\n1 0 0 30 60 90\n0 1 0 30 60 90\n3 0 1 2\n";
// One triangle in a node that is moved by (10, 2, 0): three corners of three floats, in base 64.
constexpr const char* moved_gltf =
    R"({"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0,"translation":[10,2,0]}],
"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],
"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]}],
"bufferViews":[{"buffer":0,"byteLength":36}],
"buffers":[{"byteLength":36,"uri":"data:application/octet-stream;base64,AAAAAAAAAAAAAAAAAACAPwAAAAAAAAAAAAAAAAAAgD8AAAAA"}]})";

Eigen::Vector3f highest(const TriangleMesh& mesh) {
  Eigen::Vector3f high = mesh.positions.front();
  for (const Eigen::Vector3f& position : mesh.positions) high = high.cwiseMax(position);
  return high;
}

TEST_F(MeshFile, FacesOfFourCornersBecomeTwoTriangles) {
  const auto mesh = read_mesh(written("a.obj", square_obj));
  ASSERT_TRUE(mesh) << to_string(mesh.error());
  EXPECT_EQ(mesh->triangles.size(), 2u);
  EXPECT_EQ(highest(*mesh), Eigen::Vector3f(2, 1, 0));
}

TEST_F(MeshFile, StlIsRead) {
  const auto mesh = read_mesh(written("a.STL", triangle_stl));
  ASSERT_TRUE(mesh) << to_string(mesh.error());
  EXPECT_EQ(mesh->triangles.size(), 1u);
  EXPECT_EQ(highest(*mesh), Eigen::Vector3f(1, 3, 0.5));
}

TEST_F(MeshFile, ColoursOfCornersBecomeTheTriangles) {
  const auto mesh = read_mesh(written("a.ply", coloured_ply));
  ASSERT_TRUE(mesh) << to_string(mesh.error());
  ASSERT_EQ(mesh->colours.size(), 1u);
  EXPECT_EQ(mesh->colours[0], (Rgba{30, 60, 90, 255}));
}

TEST_F(MeshFile, RowsOfPlyMayLieAsTheyLike) {
  std::string text = coloured_ply;
  const std::size_t body = text.find("end_header\n") + 11;
  std::ranges::replace(text.begin() + static_cast<std::ptrdiff_t>(body), text.end(), '\n', ' ');
  const auto mesh = read_mesh(written("one_line.ply", text));
  ASSERT_TRUE(mesh) << to_string(mesh.error());
  EXPECT_EQ(mesh->triangles.size(), 1u);
  EXPECT_EQ(highest(*mesh), Eigen::Vector3f(1, 1, 0));
}

TEST_F(MeshFile, GltfIsTurnedUprightAndItsNodesAreMoved) {
  const auto mesh = read_mesh(written("a.gltf", moved_gltf));
  ASSERT_TRUE(mesh) << to_string(mesh.error());
  EXPECT_EQ(mesh->triangles.size(), 1u);
  // Its y is our z: corners (10, 2, 0), (11, 2, 0), (10, 3, 0).
  EXPECT_TRUE(highest(*mesh).isApprox(Eigen::Vector3f(11, 0, 3))) << highest(*mesh).transpose();
}

TEST_F(MeshFile, ErrorsNameTheFile) {
  for (const auto& [name, text, code] : std::vector<std::tuple<std::string, std::string, ErrorCode>>{
           {"empty.stl", "", ErrorCode::malformed},
           {"empty.ply", "", ErrorCode::malformed},
           {"empty.obj", "", ErrorCode::malformed},
           {"empty.glb", "", ErrorCode::malformed},
           {"points.ply", "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nend_header\n1\n",
            ErrorCode::malformed},
           {"broken.gltf", "{\"asset\":", ErrorCode::malformed},
           {"car.fbx", "x", ErrorCode::unsupported}}) {
    const std::filesystem::path file = written(name, text);
    const auto mesh = read_mesh(file);
    ASSERT_FALSE(mesh) << name;
    EXPECT_EQ(mesh.error().code, code) << to_string(mesh.error());
    EXPECT_NE(to_string(mesh.error()).find(name), std::string::npos);
  }
  EXPECT_EQ(read_mesh(folder.path() / "none.stl").error().code, ErrorCode::not_found);
}

// Cut anywhere, a file gives a mesh of what is there or an error; never a crash, never a corner that is not
// there.
TEST_F(MeshFile, FilesCutShortAreMetCalmly) {
  for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{
           {"a.obj", square_obj}, {"a.stl", triangle_stl}, {"a.ply", coloured_ply}, {"a.gltf", moved_gltf}})
    for (std::size_t length = 0; length <= text.size(); ++length) {
      const auto mesh = read_mesh(written(name, text.substr(0, length)));
      if (!mesh) continue;
      for (const auto& triangle : mesh->triangles)
        for (const std::uint32_t corner : triangle) ASSERT_LT(corner, mesh->positions.size());
    }
}

}  // namespace
}  // namespace sweepmark
