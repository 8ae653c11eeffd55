#include "render/exchange/mesh_file.hpp"

#include <fmt/format.h>
#include <vtkAlgorithm.h>
#include <vtkAppendPolyData.h>
#include <vtkCallbackCommand.h>
#include <vtkCellData.h>
#include <vtkCompositeDataIterator.h>
#include <vtkExecutive.h>
#include <vtkGLTFReader.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkNew.h>
#include <vtkOBJReader.h>
#include <vtkPLYReader.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkSTLReader.h>
#include <vtkTriangleFilter.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string>

#include "core/base/scratch_folder.hpp"
#include "render/exchange/ply_check.hpp"

namespace sweepmark {

namespace {

constexpr std::array<std::string_view, 5> endings = {".stl", ".obj", ".ply", ".gltf", ".glb"};

std::string ending_of(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return std::tolower(c); });
  return ending;
}

// What a reader complains of, instead of its writing it to the terminal.
class Complaints {
 public:
  explicit Complaints(vtkAlgorithm& reader) {
    observer_->SetClientData(&first_);
    observer_->SetCallback([](vtkObject*, unsigned long, void* first, void* text) {
      auto& kept = *static_cast<std::string*>(first);
      if (kept.empty() && text) kept = static_cast<const char*>(text);
    });
    for (vtkObject* each :
         {static_cast<vtkObject*>(&reader), static_cast<vtkObject*>(reader.GetExecutive())}) {
      each->AddObserver("ErrorEvent", observer_);
      each->AddObserver("WarningEvent", observer_);
    }
  }
  // The sentence without VTK's own file, line and address.
  std::string first() const {
    const std::size_t sentence = first_.rfind("): ");
    std::string text = sentence == std::string::npos ? first_ : first_.substr(sentence + 3);
    std::ranges::replace(text, '\n', ' ');
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
  }

 private:
  std::string first_;
  vtkNew<vtkCallbackCommand> observer_;
};

struct Surface {
  vtkSmartPointer<vtkPolyData> data;
  std::string complaint;
};

template <class Reader>
Surface read_by(const std::filesystem::path& file) {
  vtkNew<Reader> reader;
  const Complaints complaints(*reader);
  reader->SetFileName(file.c_str());
  reader->Update();
  return {reader->GetOutput(), complaints.first()};
}

Surface read_gltf(const std::filesystem::path& file) {
  vtkNew<vtkGLTFReader> reader;
  const Complaints complaints(*reader);
  reader->SetFileName(file.c_str());
  reader->ApplyDeformationsToGeometryOn();
  reader->Update();
  vtkNew<vtkAppendPolyData> joined;
  auto* blocks = vtkMultiBlockDataSet::SafeDownCast(reader->GetOutputDataObject(0));
  if (blocks) {
    const auto each = vtkSmartPointer<vtkCompositeDataIterator>::Take(blocks->NewIterator());
    for (each->InitTraversal(); !each->IsDoneWithTraversal(); each->GoToNextItem())
      if (auto* part = vtkPolyData::SafeDownCast(each->GetCurrentDataObject())) joined->AddInputData(part);
  }
  if (joined->GetNumberOfInputConnections(0) > 0) joined->Update();
  return {joined->GetOutput(), complaints.first()};
}

Result<Surface> read_ply(const std::filesystem::path& file) {
  SWEEPMARK_TRY(scratch, ScratchFolder::make("mesh"));
  SWEEPMARK_TRY(checked, checked_ply(file, scratch.path()));
  return read_by<vtkPLYReader>(checked);
}

Result<Surface> read_surface(const std::filesystem::path& file, const std::string& ending) {
  if (ending == ".stl") return read_by<vtkSTLReader>(file);
  if (ending == ".obj") return read_by<vtkOBJReader>(file);
  if (ending == ".ply") return read_ply(file);
  return read_gltf(file);
}

vtkSmartPointer<vtkPolyData> triangles_of(vtkPolyData* surface) {
  vtkNew<vtkTriangleFilter> filter;
  filter->SetInputData(surface);
  filter->PassLinesOff();
  filter->PassVertsOff();
  filter->Update();
  return filter->GetOutput();
}

// Colours of corners, as PLY and glTF have them; three or four bytes each.
vtkUnsignedCharArray* corner_colours(vtkPolyData& surface) {
  for (const char* name : {"RGB", "RGBA", "COLOR_0"}) {
    auto* colours = vtkUnsignedCharArray::SafeDownCast(surface.GetPointData()->GetArray(name));
    if (colours && colours->GetNumberOfComponents() >= 3) return colours;
  }
  return nullptr;
}

Rgba mean_colour(vtkUnsignedCharArray& colours, const std::array<std::uint32_t, 3>& corners) {
  std::array<unsigned, 3> sum = {};
  for (const std::uint32_t corner : corners)
    for (int c = 0; c < 3; ++c)
      sum[static_cast<std::size_t>(c)] +=
          static_cast<unsigned>(colours.GetTypedComponent(static_cast<vtkIdType>(corner), c));
  const auto third = [&](std::size_t c) { return static_cast<std::uint8_t>(sum[c] / 3); };
  return {third(0), third(1), third(2), 255};
}

// glTF is y up, z towards the viewer; ours z up.
Eigen::Vector3f position_of(vtkPolyData& surface, vtkIdType i, bool y_up) {
  std::array<double, 3> p;
  surface.GetPoint(i, p.data());
  const Eigen::Vector3d position =
      y_up ? Eigen::Vector3d(p[0], -p[2], p[1]) : Eigen::Vector3d(p[0], p[1], p[2]);
  return position.cast<float>();
}

TriangleMesh mesh_of(vtkPolyData& surface, bool y_up) {
  TriangleMesh mesh;
  for (vtkIdType i = 0; i < surface.GetNumberOfPoints(); ++i)
    mesh.positions.push_back(position_of(surface, i, y_up));
  const auto sound = [&](const auto& corners) {
    return std::ranges::all_of(
        corners, [&](std::uint32_t c) { return c < mesh.positions.size() && mesh.positions[c].allFinite(); });
  };
  vtkUnsignedCharArray* colours = corner_colours(surface);
  vtkNew<vtkIdList> cell;
  for (vtkIdType i = 0; i < surface.GetNumberOfCells(); ++i) {
    surface.GetCellPoints(i, cell);
    if (cell->GetNumberOfIds() != 3) continue;
    const auto corner = [&](vtkIdType k) { return static_cast<std::uint32_t>(cell->GetId(k)); };
    const std::array<std::uint32_t, 3> corners = {corner(0), corner(1), corner(2)};
    if (!sound(corners)) continue;
    mesh.triangles.push_back(corners);
    if (colours) mesh.colours.push_back(mean_colour(*colours, corners));
  }
  return mesh;
}

Result<TriangleMesh> read_checked(const std::filesystem::path& file) {
  const std::string ending = ending_of(file);
  if (std::ranges::find(endings, ending) == endings.end())
    return fail(ErrorCode::unsupported,
                fmt::format("a mesh ends in .stl, .obj, .ply, .gltf or .glb, not in '{}'", ending),
                at_file(file));
  if (!std::filesystem::is_regular_file(file))
    return fail(ErrorCode::not_found, "there is no such mesh file", at_file(file));
  SWEEPMARK_TRY(surface, read_surface(file, ending));
  const bool y_up = ending == ".gltf" || ending == ".glb";
  TriangleMesh mesh = surface.data ? mesh_of(*triangles_of(surface.data), y_up) : TriangleMesh();
  if (!mesh.triangles.empty()) return mesh;
  return fail(ErrorCode::malformed,
              surface.complaint.empty() ? std::string("a mesh with triangles was expected; there are none")
                                        : fmt::format("not a sound mesh: {}", surface.complaint),
              at_file(file));
}

}  // namespace

std::span<const std::string_view> mesh_file_endings() {
  return endings;
}

Result<TriangleMesh> read_mesh(const std::filesystem::path& file) {
  try {
    return read_checked(file);
  } catch (const std::exception& problem) {
    return fail(ErrorCode::malformed, fmt::format("the mesh cannot be read: {}", problem.what()),
                at_file(file));
  }
}

}  // namespace sweepmark
