#include "app/gui/opening.hpp"

namespace sweepmark::gui {

Found find_drive(const OpenRequest& request, const CacheLimits& limits, const std::function<void()>& wake,
                 const Progress& progress) {
  progress(0.1, "looking at the folder");
  if (request.drive.empty()) {
    SWEEPMARK_TRY(names, drive_names(request.path));
    if (names.size() > 1) {
      SWEEPMARK_TRY(drives, list_drives(request.path));
      return drives;
    }
  }
  if (progress.cancelled()) return fail(ErrorCode::cancelled, "opening was stopped", at_file(request.path));
  progress(0.3, "reading the index");
  SWEEPMARK_TRY(workspace, Workspace::of_drive(request.path, request.drive, limits, wake));
  return workspace;
}

std::future<Found> begin_to_find(const OpenRequest& request, const std::function<void()>& wake) {
  return std::async(std::launch::async,
                    [request, wake] { return find_drive(request, {}, wake, Progress{}); });
}

}  // namespace sweepmark::gui
