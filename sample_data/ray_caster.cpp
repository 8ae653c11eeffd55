#include "sample_data/ray_caster.hpp"

#include <vtkGenericCell.h>
#include <vtkNew.h>
#include <vtkStaticCellLocator.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "sample_data/vtk_mesh.hpp"

namespace sweepmark::sample {

struct RayCaster::Locator {
  vtkSmartPointer<vtkPolyData> poly_data;
  vtkNew<vtkStaticCellLocator> cells;
};

RayCaster::RayCaster(const Mesh& mesh) : mesh_(&mesh), locator_(std::make_unique<Locator>()) {
  locator_->poly_data = poly_data_of(mesh, MeshData::shape_only);
  // What GetCell needs is made on first use; made here, threads only read.
  locator_->poly_data->BuildCells();
  locator_->cells->SetDataSet(locator_->poly_data);
  // Left alone the locator makes as many bins as cells, far too wide about the small things of a street.
  constexpr double edge = 0.8;  // metres
  const Eigen::Vector3d extent = mesh.bounds().sizes();
  std::array<int, 3> bins{};
  for (int axis = 0; axis < 3; ++axis)
    bins[static_cast<std::size_t>(axis)] =
        std::clamp(static_cast<int>(std::ceil(extent[axis] / edge)), 8, 512);
  locator_->cells->AutomaticOff();
  locator_->cells->SetDivisions(bins.data());
  locator_->cells->BuildLocator();
}

RayCaster::~RayCaster() = default;
RayCaster::RayCaster(RayCaster&&) noexcept = default;
RayCaster& RayCaster::operator=(RayCaster&&) noexcept = default;

std::optional<RayHit> RayCaster::cast(const Eigen::Vector3d& origin, const Eigen::Vector3d& direction,
                                      double reach) const {
  thread_local const vtkNew<vtkGenericCell> cell;
  const Eigen::Vector3d end = origin + reach * direction;
  double t = 0.0;
  Eigen::Vector3d where, parametric;
  int sub_cell = 0;
  vtkIdType triangle = -1;
  if (!locator_->cells->IntersectWithLine(origin.data(), end.data(), 0.0, t, where.data(), parametric.data(),
                                          sub_cell, triangle, cell)) {
    return std::nullopt;
  }
  return RayHit{t * reach, static_cast<std::uint32_t>(triangle)};
}

double RayCaster::incidence(const RayHit& hit, const Eigen::Vector3d& direction) const {
  const auto& v = mesh_->triangles[hit.triangle].vertices;
  const Eigen::Vector3d& a = mesh_->positions[v[0]];
  const Eigen::Vector3d normal = (mesh_->positions[v[1]] - a).cross(mesh_->positions[v[2]] - a);
  const double length = normal.norm();
  return length > 0.0 ? std::abs(normal.dot(direction)) / length : 0.0;
}

}  // namespace sweepmark::sample
