// From a path to something that can be shown. No ImGui, no GL; on whatever thread it is called.
#pragma once

#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "app/gui/workspace.hpp"
#include "core/base/progress.hpp"
#include "core/formats/drive_reader.hpp"

namespace sweepmark::gui {

struct OpenRequest {
  std::filesystem::path path;
  std::string drive;  // empty: the only one, or ask
};

// The drives to choose from, or the drive that is meant with its first pictures on their way, or why neither.
using Found = Result<std::variant<std::vector<DriveListing>, std::unique_ptr<Workspace>>>;
Found find_drive(const OpenRequest& request, const CacheLimits& limits, const std::function<void()>& wake,
                 const Progress& progress);

// The same, begun at once on a thread of its own: reading takes its time while the window is being made.
std::future<Found> begin_to_find(const OpenRequest& request, const std::function<void()>& wake);

}  // namespace sweepmark::gui
