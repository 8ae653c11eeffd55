#include "app/gui/timeline_lanes.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark::gui {

namespace {

constexpr double fewest_sweeps = 10;

TimeScale kept_within(TimeScale scale, std::size_t sweeps) {
  const double low = -0.5, high = static_cast<double>(sweeps) - 0.5;
  const double span = std::min(scale.last - scale.first, high - low);
  scale.first = std::clamp(scale.first, low, high - span);
  scale.last = scale.first + span;
  return scale;
}

}  // namespace

TimeScale whole_drive(std::size_t sweeps, float left, float width) {
  return {left, width, -0.5, std::max(0.5, static_cast<double>(sweeps) - 0.5)};
}

TimeScale zoomed(const TimeScale& scale, double factor, float at, std::size_t sweeps) {
  const double most = static_cast<double>(sweeps), span = scale.last - scale.first;
  const double wanted = std::clamp(span * factor, std::min(fewest_sweeps, most), most);
  const double anchor = scale.sweep(at);
  TimeScale result = scale;
  result.first = anchor - (anchor - scale.first) * wanted / span;
  result.last = result.first + wanted;
  return kept_within(result, sweeps);
}

std::size_t sweep_under(const TimeScale& scale, float at, std::size_t sweeps) {
  if (sweeps == 0) return 0;
  return static_cast<std::size_t>(std::clamp(std::round(scale.sweep(at)), 0.0, static_cast<double>(sweeps - 1)));
}

std::size_t ruler_step(const TimeScale& scale, double pixels) {
  for (std::size_t power = 1;; power *= 10)
    for (const std::size_t factor : {1u, 2u, 5u})
      if (static_cast<double>(factor * power) * scale.pixels_per_sweep() >= pixels || power > 1'000'000'000) return factor * power;
}

Lane lane_of(const Track& track, const Drive& drive) {
  Lane lane;
  const auto sweep = [&drive](TimestampNs time) { return drive.sweep_near(time).value_or(0); };
  for (const Keyframe& keyframe : track.keyframes) lane.keyframes.push_back({sweep(keyframe.time), keyframe.time, keyframe.origin});
  for (const TimeInterval& absence : track.properties.absences) {
    // Sweeps inside the interval: rounding outwards would hide a keyframe at its border.
    const auto inside = std::ranges::find_if(drive.sweeps, [&](const SweepEntry& entry) { return absence.contains(entry.time); });
    auto last = inside;
    while (last != drive.sweeps.end() && absence.contains(last->time)) ++last;
    if (inside != last)
      lane.absent.push_back({static_cast<std::size_t>(inside - drive.sweeps.begin()), static_cast<std::size_t>(last - drive.sweeps.begin()) - 1});
  }
  if (track.properties.motion == Motion::keyframes_only) return lane;
  for (std::size_t i = 1; i < lane.keyframes.size(); ++i) {
    std::size_t from = lane.keyframes[i - 1].sweep;
    const std::size_t to = lane.keyframes[i].sweep;
    for (const LaneSpan& gone : lane.absent) {
      if (gone.last < from || gone.first > to) continue;
      if (gone.first > from) lane.interpolated.push_back({from, gone.first - 1});
      from = gone.last + 1;
    }
    if (from < to) lane.interpolated.push_back({from, to});
  }
  return lane;
}

std::vector<TrackId> lane_order(const Document& document, const std::optional<TrackId>& selected) {
  std::vector<TrackId> order;
  for (const auto& [id, track] : document.tracks) order.push_back(id);
  if (const auto found = std::ranges::find(order, selected.value_or(TrackId{0})); found != order.end())
    std::rotate(order.begin(), found, found + 1);
  return order;
}

}  // namespace sweepmark::gui
