// The same cloud, view, size and colouring by VTK's own mapper.
#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkLookupTable.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>

#include <numbers>

#include "benchmarks/frame_benchmarks.hpp"
#include "render/colour.hpp"
#include "render/point_backend.hpp"

namespace sweepmark::bench {

namespace {

vtkNew<vtkPolyData> vertices_of(const PointCloud& cloud) {
  const auto count = static_cast<vtkIdType>(cloud.size());
  vtkNew<vtkPoints> points;
  points->SetDataTypeToFloat();
  points->SetNumberOfPoints(count);
  vtkNew<vtkFloatArray> heights;
  heights->SetNumberOfValues(count);
  vtkNew<vtkCellArray> vertices;
  vertices->InsertNextCell(static_cast<int>(count));  // one cell of all points: what VTK draws fastest
  for (vtkIdType i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    points->SetPoint(i, cloud.x[at], cloud.y[at], cloud.z[at]);
    heights->SetValue(i, cloud.z[at]);
    vertices->InsertCellPoint(i);
  }
  vtkNew<vtkPolyData> data;
  data->SetPoints(points);
  data->SetVerts(vertices);
  data->GetPointData()->SetScalars(heights);
  return data;
}

vtkNew<vtkLookupTable> turbo_table() {
  vtkNew<vtkLookupTable> table;
  table->SetNumberOfTableValues(256);
  const auto colours = colour_table(ColourMap::turbo);
  for (int i = 0; i < 256; ++i) {
    const Rgba c = colours[static_cast<std::size_t>(i)];
    table->SetTableValue(i, c.r / 255.0, c.g / 255.0, c.b / 255.0, 1.0);
  }
  return table;
}

void aim(vtkCamera& vtk_camera, const ViewCamera& camera) {
  const Eigen::Vector3d eye = camera.eye().metres, up = camera.up();
  vtk_camera.SetPosition(eye.data());
  vtk_camera.SetFocalPoint(camera.target.metres.data());
  vtk_camera.SetViewUp(up.data());
  vtk_camera.SetViewAngle(camera.vertical_fov * 180.0 / std::numbers::pi);
  const DepthRange range = depth_range(camera);
  vtk_camera.SetClippingRange(range.near, range.far);
}

void measure_vtk(benchmark::State& state, const CloudCase& wanted) {
  const std::shared_ptr<const PointCloud> cloud = cloud_of(wanted);
  if (!cloud) return state.SkipWithError("the cloud cannot be read");
  const PointStyle style;
  vtkNew<vtkPolyDataMapper> mapper;
  mapper->SetInputData(vertices_of(*cloud));
  mapper->SetLookupTable(turbo_table());
  mapper->SetScalarRange(style.low, style.high);
  vtkNew<vtkActor> actor;
  actor->SetMapper(mapper);
  actor->GetProperty()->SetPointSize(point_size_px);
  actor->GetProperty()->LightingOff();
  vtkNew<vtkRenderer> renderer;
  renderer->AddActor(actor);
  vtkNew<vtkRenderWindow> window;
  window->SetOffScreenRendering(1);
  window->SetMultiSamples(0);
  window->SetSize(viewport.width, viewport.height);
  window->AddRenderer(renderer);
  measure_frames(state, camera_over(*cloud), [&](const ViewCamera& camera) {
    aim(*renderer->GetActiveCamera(), camera);
    window->Render();
    window->WaitForCompletion();
  });
}

}  // namespace

void register_vtk_frame(const CloudCase& cloud) {
  benchmark::RegisterBenchmark(("frame/vtk/" + cloud.name).c_str(),
                               [cloud](benchmark::State& state) { measure_vtk(state, cloud); })
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}

}  // namespace sweepmark::bench
