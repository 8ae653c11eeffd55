// Makes the sample drive.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/progress.hpp"
#include "core/base/result.hpp"
#include "sample_data/options.hpp"

namespace sweepmark::sample {

struct SampleSummary {
  std::size_t sweeps = 0, images = 0, points = 0, objects = 0, boxes = 0;
  std::uint64_t bytes = 0;  // of all files written
};

enum class Existing { keep, replace };

// Writes a drive into `folder`, which is made. A folder that has something in it is an error, unless
// `existing` says to replace a sample drive: then its sweeps, images, labels and JSON files go first, and
// nothing else is touched. drive.json is written last, so a folder that has one is whole. The same options
// give the same bytes.
Result<SampleSummary> make_sample_drive(const SampleOptions& options, const std::filesystem::path& folder,
                                        Existing existing, const Progress& progress);

}  // namespace sweepmark::sample
