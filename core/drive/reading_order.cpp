#include "core/drive/reading_order.hpp"

#include "core/cloud/detail_order.hpp"

namespace sweepmark {

void order_large_sweeps_when_reading(Drive& drive, std::size_t large) {
  if (!drive.read_sweep) return;
  if (!drive.read_as_recorded) drive.read_as_recorded = drive.read_sweep;
  drive.read_sweep = [read = std::move(drive.read_sweep), large](std::size_t sweep) {
    Result<PointCloud> cloud = read(sweep);
    if (cloud && cloud->size() > large) put_in_detail_order(*cloud);
    return cloud;
  };
}

}  // namespace sweepmark
