// What the readers of the KITTI family share: numbered files, frame times, and drives put together from them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/drive/drive.hpp"
#include "core/formats/kitti_calibration.hpp"

namespace sweepmark {

inline const SensorId kitti_velodyne{"velodyne"};

// "000012.bin" is number 12.
struct NumberedFile {
  std::int64_t number = 0;
  std::filesystem::path file;
};

// Files of a folder whose name is a number and whose extension is one of `extensions` (lower case, with the
// dot), by number. A folder that is not there holds none. Of files with one number the first counts; names
// that are no numbers and repeats become warnings.
std::vector<NumberedFile> numbered_files(const std::filesystem::path& folder,
                                         std::initializer_list<std::string_view> extensions,
                                         std::vector<std::string>& warnings);
std::vector<NumberedFile> numbered_sweeps(const std::filesystem::path& folder,
                                          std::vector<std::string>& warnings);
std::vector<NumberedFile> numbered_images(const std::filesystem::path& folder,
                                          std::vector<std::string>& warnings);
// Without the sorting and the warnings, for listings and probes; counting stops at `limit`.
std::size_t count_files(const std::filesystem::path& folder,
                        std::initializer_list<std::string_view> extensions,
                        std::size_t limit = static_cast<std::size_t>(-1));
// Digits alone.
bool is_number(std::string_view text);
// Frame numbers beyond this are something else, a time in microseconds perhaps.
inline constexpr std::int64_t max_frame_number = 1'000'000'000;
bool path_exists(const std::filesystem::path& path);

// When frame n was: by a file of times where there is a sound one, otherwise n divided by the rate, so that a
// missing frame leaves a gap and a label's frame number finds its sweep.
class FrameClock {
 public:
  explicit FrameClock(double frames_per_second = 10.0) : rate_(frames_per_second) {}
  // Line n is frame n: seconds ("times.txt") or date and time ("2011-09-26 13:02:25.964389445"). Damaged or
  // out of order, or shorter than `frames`, the file is left aside with a warning. A file that is not there
  // leaves the rate, silently.
  static FrameClock from_file(const std::filesystem::path& file, std::size_t frames,
                              std::vector<std::string>& warnings);

  TimestampNs at(std::int64_t frame) const;

 private:
  double rate_;
  std::vector<TimestampNs> times_;
};

// A drive whose one lidar, at the origin of the vehicle frame, is the Velodyne.
Drive new_kitti_drive(std::string format, std::filesystem::path root, std::string name,
                      SensorId lidar = kitti_velodyne);

// Fills in sweeps and images.
void add_sweeps(Drive& drive, const std::vector<NumberedFile>& files,
                const FrameClock& clock);  // of the drive's first lidar
// Adds camera `number` to the rig with the size of its first image, and its images. Nothing where there are
// none.
void add_camera(Drive& drive, const KittiCalibration& calibration, std::size_t number, SensorId id,
                const std::vector<NumberedFile>& images, const FrameClock& clock);

// Reads .bin sweeps as rows of `columns.size() + 3` float32, and any other kind by its own reader.
std::function<Result<PointCloud>(std::size_t)> sweep_loader(const std::vector<SweepEntry>& sweeps,
                                                            std::vector<std::string_view> columns);

// The frame number of a sweep of a KITTI drive: its file's name where there is one, otherwise its time at ten
// frames a second; the sweep's index for drives of other formats.
std::int64_t kitti_frame_of(const Drive& drive, std::size_t sweep);

// A warning in the words of an error.
std::string warning(std::string message, Where where);

}  // namespace sweepmark
