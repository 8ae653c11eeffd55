#include "sample_data/vtk_mesh.hpp"

#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkUnsignedCharArray.h>

namespace sweepmark::sample {
namespace {

void add_appearance(vtkPolyData& poly_data, const Mesh& mesh) {
  vtkNew<vtkFloatArray> normals;
  normals->SetNumberOfComponents(3);
  vtkNew<vtkUnsignedCharArray> colours;
  colours->SetNumberOfComponents(3);
  for (const Eigen::Vector3d& normal : mesh.normals) normals->InsertNextTuple(normal.data());
  for (const Colour& colour : mesh.colours) colours->InsertNextTypedTuple(colour.data());
  poly_data.GetPointData()->SetNormals(normals);
  poly_data.GetPointData()->SetScalars(colours);
}

}  // namespace

vtkSmartPointer<vtkPolyData> poly_data_of(const Mesh& mesh, MeshData data) {
  vtkNew<vtkPoints> points;
  points->SetDataTypeToDouble();
  for (const Eigen::Vector3d& position : mesh.positions) points->InsertNextPoint(position.data());
  vtkNew<vtkCellArray> triangles;
  for (const Triangle& triangle : mesh.triangles) {
    triangles->InsertNextCell({triangle.vertices[0], triangle.vertices[1], triangle.vertices[2]});
  }
  auto poly_data = vtkSmartPointer<vtkPolyData>::New();
  poly_data->SetPoints(points);
  poly_data->SetPolys(triangles);
  if (data == MeshData::with_appearance) add_appearance(*poly_data, mesh);
  return poly_data;
}

}  // namespace sweepmark::sample
