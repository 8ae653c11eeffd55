// Where the timeline's things are, and what is on a track's lane. No drawing.
#pragma once

#include <optional>
#include <string>
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
// Nearer by `factor` < 1; what is at `at` stays there; never past the drive's ends nor nearer than ten
// sweeps.
TimeScale zoomed(const TimeScale& scale, double factor, float at, std::size_t sweeps);
// The nearest sweep there is.
std::size_t sweep_under(const TimeScale& scale, float at, std::size_t sweeps);
// Sweeps between two marks of the ruler, 1, 2 or 5 times a power of ten, so that marks are at least `pixels`
// apart.
std::size_t ruler_step(const TimeScale& scale, double pixels);

struct LaneSpan {
  std::size_t first = 0, last = 0;  // sweeps
};
struct LaneKeyframe {
  std::size_t sweep = 0;
  TimestampNs time;
  Origin origin = Origin::human;
  std::optional<double> confidence;  // of a proposed box whose algorithm says so
};
// Where an attribute has a value that was set for some sweeps: "occluded 2".
struct LaneAttribute {
  LaneSpan span;
  std::string text;
};
struct Lane {
  std::vector<LaneKeyframe> keyframes;
  std::vector<LaneSpan> interpolated;  // between keyframes; absences are left out
  std::vector<LaneSpan> absent;
  std::vector<LaneAttribute> attributes;
  std::optional<LaneSpan> life;  // from the first keyframe to the last; empty where there is none
};
Lane lane_of(const Track& track, const Drive& drive);

// What there is at a sweep, in words, the nearest to a box first: "proposed, confidence 0.83", "absent".
std::string said_at(const Lane& lane, std::size_t sweep);

// Where the two ends of a life are drawn: just outside the marks of its first and last keyframe, as far as
// the scale goes; marks are `radius` pixels wide to each side.
float life_begins_at(const TimeScale& scale, const LaneSpan& life, float radius);
float life_ends_at(const TimeScale& scale, const LaneSpan& life, float radius);
// A life whose one end was dragged to `sweep`: never shorter than one sweep.
LaneSpan with_edge_at(const LaneSpan& life, bool first, std::size_t sweep);

// Tracks from top to bottom: the selected one, then by number.
std::vector<TrackId> lane_order(const Document& document, const std::optional<TrackId>& selected);

}  // namespace sweepmark::gui
