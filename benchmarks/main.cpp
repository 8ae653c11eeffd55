#include <cstdio>

#include "benchmarks/fit_benchmarks.hpp"
#include "benchmarks/frame_benchmarks.hpp"
#include "benchmarks/registration_benchmarks.hpp"
#include "benchmarks/select_benchmarks.hpp"
#include "benchmarks/stack_benchmarks.hpp"

namespace {

void print_help() {
  std::puts(
      "sweepmark-bench: how fast points are drawn, and what that stands on.\n"
      "\n"
      "  frame/software/N, frame/opengl/N, frame/vtk/N   one 1280 x 720 picture of a drive of N points, all "
      "in view, points\n"
      "                       two pixels wide: by our software backend, our OpenGL backend, and VTK's "
      "vtkPolyDataMapper\n"
      "  frame/profile/N      where the software backend's time goes: splatting, merging and colouring, "
      "eye-dome "
      "shading; and\n"
      "                       the rate at which coordinates are read, beside the rate at which all cores "
      "copy "
      "memory (read and\n"
      "                       written bytes together)\n"
      "  .../random           the same points in random order\n"
      "  frame/.../kitti      a real sweep, where $SWEEPMARK_DATA or ../shared/data beside the sources has "
      "one\n"
      "  lod/moving/N         a frame while the camera moves over N points in detail order: as many of them "
      "as fit "
      "25 ms\n"
      "  lod/streamed/N       a moving camera over a stack on disk of which half a gigabyte may be in "
      "memory, and "
      "until what is\n"
      "                       there is drawn once it is still (takes 6 GB of disk)\n"
      "  lod/complete/N       from the last movement until every point is drawn\n"
      "  select/{rectangle,brush,lasso}/{frustum,visible,pcl}/N   points chosen by a shape on the screen: "
      "all of "
      "them,\n"
      "                       those that are seen, and by PCL's FrustumCulling\n"
      "  {open,step,drag,idle}/{kitti,sample}   the real window on a real sweep or the sample drive: from "
      "start to the first\n"
      "                       full picture (and the memory then); the next sweep with overlays (and sweeps a "
      "second with\n"
      "                       the key held, each with all its images); a frame while the camera is dragged; "
      "the CPU's\n"
      "                       share while nothing happens\n"
      "  registration/{ours,pcl}/{kitti,sample}   a sweep brought to lie on the one before, from its points "
      "to the pose\n"
      "                       between them: by ours, and by PCL's voxel grid and GICP; with the accuracy of "
      "the "
      "chain of\n"
      "                       20 sweeps: mm and millidegrees off a step where there are true poses, "
      "otherwise "
      "how thick\n"
      "                       surfaces come out and how true boxes of standing objects scatter\n"
      "  fit/{ours,pcl}/{kitti,sample}   a box from one click on a car, from the sweep's points on: by ours, "
      "and "
      "by PCL's\n"
      "                       plane, clusters and moment of inertia; with the share of boxes of a bird's-eye "
      "IoU of 0.7\n"
      "  memory/copy          one thread copying 256 MB: what the machine's memory gives at the time\n"
      "  iou/3d, points_in_box/120000\n"
      "  propagate/ours       one car followed through twenty sweeps of 120 k points, on one thread\n"
      "  detail_order/N       a cloud put in the order it is drawn by; with the memory it takes beside the "
      "points\n"
      "  stack/{build,open,stream}/N   sweeps from memory stacked into a file, the file opened until all of "
      "it "
      "is there\n"
      "                       coarsely, the rest loaded; stack/copy only lays the points together in memory, "
      "and\n"
      "                       stack/pcl_octree builds PCL's octree over as many, voxels of 0.2 m\n"
      "\n"
      "Examples:\n"
      "  sweepmark-bench                                           everything; some minutes where OpenGL is "
      "software\n"
      "  sweepmark-bench --benchmark_filter='frame/.*/120000'      three drawers, one sweep\n"
      "  sweepmark-bench --benchmark_filter=software --benchmark_repetitions=5 "
      "--benchmark_report_aggregates_only=true\n"
      "  sweepmark-bench --benchmark_filter=registration\n"
      "  sweepmark-bench --benchmark_filter=fit/\n"
      "  sweepmark-bench --benchmark_format=json\n"
      "\n"
      "Without a display an Xvfb is started; without that, opengl and vtk are left out.\n"
      "\n"
      "Options: --benchmark_list_tests, --benchmark_filter=<regex>, --benchmark_min_time=<seconds>,\n"
      "  --benchmark_repetitions=<n>, --benchmark_report_aggregates_only=true, "
      "--benchmark_format=<console|json|csv>,\n"
      "  --benchmark_out=<file>");
}

}  // namespace

int main(int argc, char** argv) {
  using namespace sweepmark::bench;
  benchmark::Initialize(&argc, argv, print_help);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  const auto window = sweepmark::test::HiddenGlWindow::make();
  if (!window)
    std::fputs("no display, no Xvfb or no OpenGL 3.3 here: frame/opengl and frame/vtk are left out\n",
               stderr);
  register_memory_copy();
  for (const CloudCase& cloud : cloud_cases()) {
    register_software_frame(cloud);
    register_frame_profile(cloud);
    if (!window) continue;
    register_opengl_frame(cloud, *window);
    register_vtk_frame(cloud);
  }
  register_lod();
  register_select_ours();
  register_select_pcl();
  register_geometry();
  register_registration();
  register_propagation();
  register_fit();
  register_stack();
  register_stack_drawn();
  if (window) register_window();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
