#include "core/formats/drive_folders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "core/base/text.hpp"
#include "core/formats/cloud_reader.hpp"
#include "core/formats/stem_time.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t ns_per_sweep = 100'000'000;

}  // namespace

std::vector<fs::path> subfolders(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> result;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (std::error_code of_entry; entry->is_directory(of_entry)) result.push_back(entry->path());
  std::ranges::sort(result, [](const fs::path& a, const fs::path& b) {
    return natural_less(a.filename().string(), b.filename().string());
  });
  return result;
}

std::string folder_name(const fs::path& folder) {
  std::error_code error;
  const fs::path whole = fs::absolute(folder, error).lexically_normal();
  return whole.has_filename() ? whole.filename().string() : whole.parent_path().filename().string();
}

void add_sweeps_named_by_time(Drive& drive, const std::vector<fs::path>& files) {
  const auto times = times_of_files(files);
  for (std::size_t i = 0; i < files.size(); ++i)
    drive.sweeps.push_back({SensorId("lidar"),
                            times ? (*times)[i] : TimestampNs{static_cast<std::int64_t>(i) * ns_per_sweep},
                            files[i]});
  std::ranges::sort(drive.sweeps, {}, &SweepEntry::time);
  if (!times && files.size() > 1)
    drive.warnings.push_back("the file names tell no times: sweeps are taken to be 0.1 s apart");
}

std::function<Result<PointCloud>(std::size_t)> cloud_loader(const std::vector<SweepEntry>& sweeps,
                                                            const fs::path& index) {
  auto files = std::make_shared<std::vector<fs::path>>();
  for (const SweepEntry& sweep : sweeps) files->push_back(sweep.file);
  return [files, index](std::size_t sweep) -> Result<PointCloud> {
    if (!(*files)[sweep].empty()) return read_cloud((*files)[sweep]);
    return fail(ErrorCode::not_found, fmt::format("the drive has no points at sweep {}", sweep),
                at_file(index));
  };
}

}  // namespace sweepmark
