// Where the timeline's things are, and what is on a track's lane. No drawing.
#pragma once

#include <optional>
#include <vector>

#include "core/drive/drive.hpp"
#include "core/labels/document.hpp"

namespace sweepmark::gui {

// Sweeps laid out from left to right; pixels of the window.
struct TimeScale {
  float left = 0, width = 1;
  double first = 0, last = 1;  // sweeps at the two ends; last > first

  float x(double sweep) const { return left + static_cast<float>((sweep - first) / (last - first)) * width; }
  double sweep(float at) const { return first + (at - left) / width * (last - first); }
  double pixels_per_sweep() const { return width / (last - first); }
};

// All sweeps of a drive, with half a sweep to spare at both ends.
TimeScale whole_drive(std::size_t sweeps, float left, float width);
// Nearer by `factor` < 1; what is at `at` stays there; never past the drive's ends nor nearer than ten sweeps.
TimeScale zoomed(const TimeScale& scale, double factor, float at, std::size_t sweeps);
// The nearest sweep there is.
std::size_t sweep_under(const TimeScale& scale, float at, std::size_t sweeps);
// Sweeps between two marks of the ruler, 1, 2 or 5 times a power of ten, so that marks are at least `pixels` apart.
std::size_t ruler_step(const TimeScale& scale, double pixels);

struct LaneSpan {
  std::size_t first = 0, last = 0;  // sweeps
};
struct LaneKeyframe {
  std::size_t sweep = 0;
  TimestampNs time;
  Origin origin = Origin::human;
};
struct Lane {
  std::vector<LaneKeyframe> keyframes;
  std::vector<LaneSpan> interpolated;  // between keyframes; absences are left out
  std::vector<LaneSpan> absent;
};
Lane lane_of(const Track& track, const Drive& drive);

// Tracks from top to bottom: the selected one, then by number.
std::vector<TrackId> lane_order(const Document& document, const std::optional<TrackId>& selected);

}  // namespace sweepmark::gui
