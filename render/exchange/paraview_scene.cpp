#include "render/exchange/paraview_scene.hpp"

#include <fmt/format.h>
#include <vtkAOSDataArrayTemplate.h>
#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkDataSetAttributes.h>
#include <vtkIntArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkStringArray.h>
#include <vtkTypeTraits.h>
#include <vtkUnsignedCharArray.h>
#include <vtkXMLPolyDataWriter.h>

#include <array>
#include <fstream>
#include <variant>

namespace sweepmark {

namespace {

using Data = vtkSmartPointer<vtkPolyData>;

template <class Value>
void add_array(vtkDataSetAttributes& to, const std::string& name, const std::vector<Value>& values) {
  vtkNew<vtkAOSDataArrayTemplate<Value>> array;
  array->SetName(name.c_str());
  array->SetNumberOfValues(static_cast<vtkIdType>(values.size()));
  std::ranges::copy(values, array->GetPointer(0));
  to.AddArray(array);
}

vtkSmartPointer<vtkPoints> world_points(const ScenePoints& scene) {
  vtkNew<vtkPoints> points;
  points->SetDataTypeToDouble();
  points->SetNumberOfPoints(static_cast<vtkIdType>(scene.cloud->size()));
  const Eigen::Affine3d world_from_cloud(scene.world_from_cloud);
  for (std::size_t i = 0; i < scene.cloud->size(); ++i) {
    const Eigen::Vector3d position = world_from_cloud * scene.cloud->position(i);
    points->SetPoint(static_cast<vtkIdType>(i), position.data());
  }
  return points;
}

void add_labels(vtkDataSetAttributes& to, const std::vector<PointLabel>& labels, std::size_t points) {
  std::vector<int> classes(points, 0), instances(points, 0);
  for (std::size_t i = 0; i < std::min(points, labels.size()); ++i) {
    classes[i] = class_of(labels[i]);
    instances[i] = instance_of(labels[i]);
  }
  add_array(to, "class", classes);
  add_array(to, "instance", instances);
}

Data data_of(const ScenePoints& scene) {
  auto data = Data::New();
  data->SetPoints(world_points(scene));
  vtkNew<vtkCellArray> vertices;
  const auto count = static_cast<vtkIdType>(scene.cloud->size());
  for (vtkIdType i = 0; i < count; ++i) vertices->InsertNextCell(1, &i);
  data->SetVerts(vertices);
  for (const Channel& channel : scene.cloud->channels)
    std::visit([&](const auto& values) { add_array(*data->GetPointData(), channel.name, values); },
               channel.values);
  if (scene.labels) add_labels(*data->GetPointData(), *scene.labels, scene.cloud->size());
  return data;
}

// By the numbers of Box3::corners.
constexpr std::array<std::array<vtkIdType, 4>, 6> box_faces = {
    {{0, 2, 3, 1}, {4, 5, 7, 6}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 4, 6, 2}, {1, 3, 7, 5}}};

Data data_of(std::span<const SceneBox> boxes) {
  vtkNew<vtkPoints> points;
  points->SetDataTypeToDouble();
  vtkNew<vtkCellArray> faces;
  std::vector<int> tracks, classes;
  vtkNew<vtkStringArray> names;
  names->SetName("class_name");
  for (const SceneBox& box : boxes) {
    const vtkIdType first = points->GetNumberOfPoints();
    for (const Point<World>& corner : box.box.corners()) points->InsertNextPoint(corner.metres.data());
    for (std::array<vtkIdType, 4> face : box_faces) {
      for (vtkIdType& corner : face) corner += first;
      faces->InsertNextCell(4, face.data());
      tracks.push_back(static_cast<int>(box.track));
      classes.push_back(box.class_id);
      names->InsertNextValue(box.class_name);
    }
  }
  auto data = Data::New();
  data->SetPoints(points);
  data->SetPolys(faces);
  add_array(*data->GetCellData(), "track", tracks);
  add_array(*data->GetCellData(), "class", classes);
  data->GetCellData()->AddArray(names);
  return data;
}

Data data_of(const SceneMesh& scene_mesh) {
  const Eigen::Affine3d world_from_mesh(scene_mesh.world_from_mesh);
  vtkNew<vtkPoints> points;
  points->SetDataTypeToDouble();
  for (const Eigen::Vector3f& position : scene_mesh.mesh->positions) {
    const Eigen::Vector3d at = world_from_mesh * position.cast<double>();
    points->InsertNextPoint(at.data());
  }
  vtkNew<vtkCellArray> triangles;
  vtkNew<vtkUnsignedCharArray> colours;
  colours->SetName("colour");
  colours->SetNumberOfComponents(3);
  for (std::size_t i = 0; i < scene_mesh.mesh->triangles.size(); ++i) {
    const auto& [a, b, c] = scene_mesh.mesh->triangles[i];
    triangles->InsertNextCell(
        {static_cast<vtkIdType>(a), static_cast<vtkIdType>(b), static_cast<vtkIdType>(c)});
    const Rgba colour = scene_mesh.mesh->colours.empty() ? scene_mesh.colour : scene_mesh.mesh->colours[i];
    const std::array<unsigned char, 3> rgb = {colour.r, colour.g, colour.b};
    colours->InsertNextTypedTuple(rgb.data());
  }
  auto data = Data::New();
  data->SetPoints(points);
  data->SetPolys(triangles);
  data->GetCellData()->SetScalars(colours);
  return data;
}

// Writes the parts and the list of them.
class SceneWriter {
 public:
  explicit SceneWriter(std::filesystem::path file) : file_(std::move(file)), folder_(file_) {
    folder_.replace_extension();
  }

  Result<void> begin() const {
    std::error_code problem;
    std::filesystem::create_directories(folder_, problem);
    if (problem)
      return fail(ErrorCode::unreadable, "the folder cannot be made: " + problem.message(), at_file(folder_));
    return {};
  }

  Result<void> add(const std::string& name, vtkPolyData* data) {
    const std::filesystem::path part = folder_ / (name + ".vtp");
    vtkNew<vtkXMLPolyDataWriter> writer;
    writer->SetFileName(part.c_str());
    writer->SetInputData(data);
    writer->SetDataModeToAppended();
    writer->EncodeAppendedDataOff();
    writer->SetCompressorTypeToNone();
    if (writer->Write() != 1 || writer->GetErrorCode() != 0)
      return fail(ErrorCode::unreadable, "the file cannot be written", at_file(part));
    blocks_ += fmt::format("    <DataSet index=\"{}\" name=\"{}\" file=\"{}/{}.vtp\"/>\n", count_++, name,
                           folder_.filename().string(), name);
    return {};
  }

  Result<void> end() const {
    std::ofstream list(file_);
    list << "<?xml version=\"1.0\"?>\n<VTKFile type=\"vtkMultiBlockDataSet\" version=\"1.0\">\n  "
            "<vtkMultiBlockDataSet>\n"
         << blocks_ << "  </vtkMultiBlockDataSet>\n</VTKFile>\n";
    list.close();
    if (!list) return fail(ErrorCode::unreadable, "the file cannot be written", at_file(file_));
    return {};
  }

 private:
  std::filesystem::path file_, folder_;
  std::string blocks_;
  int count_ = 0;
};

Result<void> write(const ParaviewScene& scene, const std::filesystem::path& file) {
  SceneWriter writer(file);
  SWEEPMARK_CHECK(writer.begin());
  for (std::size_t i = 0; i < scene.points.size(); ++i)
    SWEEPMARK_CHECK(writer.add(fmt::format("points_{}", i), data_of(scene.points[i])));
  if (!scene.boxes.empty()) SWEEPMARK_CHECK(writer.add("boxes", data_of(scene.boxes)));
  for (std::size_t i = 0; i < scene.meshes.size(); ++i)
    SWEEPMARK_CHECK(writer.add(fmt::format("mesh_{}", i), data_of(scene.meshes[i])));
  return writer.end();
}

}  // namespace

Result<void> write_paraview_scene(const ParaviewScene& scene, const std::filesystem::path& file) {
  if (file.extension() != ".vtm")
    return fail(ErrorCode::invalid_argument, "a ParaView scene's file ends in .vtm", at_file(file));
  try {
    return write(scene, file);
  } catch (const std::exception& problem) {
    return fail(ErrorCode::unreadable, fmt::format("the scene cannot be written: {}", problem.what()),
                at_file(file));
  }
}

}  // namespace sweepmark
