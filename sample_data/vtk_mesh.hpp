// Our meshes as VTK's. Only for files that use VTK anyway.
#pragma once

#include <vtkPolyData.h>
#include <vtkSmartPointer.h>

#include "sample_data/mesh.hpp"

namespace sweepmark::sample {

enum class MeshData { shape_only, with_appearance };
vtkSmartPointer<vtkPolyData> poly_data_of(const Mesh& mesh, MeshData data);

}  // namespace sweepmark::sample
