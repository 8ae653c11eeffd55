#include "app/gui/timeline_lanes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/gui/attribute_states.hpp"

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

// Sweeps whose moments lie within; empty where none does.
std::optional<LaneSpan> sweeps_within(const Drive& drive, const TimeInterval& interval) {
  const auto first = std::ranges::lower_bound(drive.sweeps, interval.first, {}, &SweepEntry::time);
  const auto last = std::ranges::upper_bound(drive.sweeps, interval.last, {}, &SweepEntry::time);
  if (first >= last) return std::nullopt;
  return LaneSpan{static_cast<std::size_t>(first - drive.sweeps.begin()),
                  static_cast<std::size_t>(last - drive.sweeps.begin()) - 1};
}

std::vector<LaneAttribute> attributes_on_lane(const Track& track, const Drive& drive) {
  std::vector<LaneAttribute> list;
  for (const AttributeSpan& said : attribute_spans(track))
    if (const auto span = sweeps_within(drive, said.during))
      list.push_back({*span, fmt::format("{} {}", said.name, said.value)});
  return list;
}

bool holds(const LaneSpan& span, std::size_t sweep) {
  return span.first <= sweep && sweep <= span.last;
}

// An edge of what is in sight is in sight too, whole.
float within_sight(const TimeScale& scale, float of, float edge) {
  const float right = scale.left + scale.width;
  return of < scale.left || of > right ? edge : std::clamp(edge, scale.left + 2, right - 2);
}

std::string said_of(const LaneKeyframe& keyframe) {
  if (keyframe.origin == Origin::human) return "keyframe placed by hand";
  if (keyframe.origin == Origin::imported) return "keyframe from a file";
  return keyframe.confidence ? fmt::format("proposed box, confidence {:.2f}", *keyframe.confidence)
                             : std::string("proposed box");
}

std::string box_said_at(const Lane& lane, std::size_t sweep) {
  const auto keyframe = std::ranges::find(lane.keyframes, sweep, &LaneKeyframe::sweep);
  if (keyframe != lane.keyframes.end()) return said_of(*keyframe);
  const auto within = [sweep](const LaneSpan& span) { return holds(span, sweep); };
  if (std::ranges::any_of(lane.absent, within)) return "gone or out of sight";
  if (std::ranges::any_of(lane.interpolated, within)) return "between keyframes";
  return lane.life && holds(*lane.life, sweep) ? "no box" : "outside its life";
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
  return static_cast<std::size_t>(
      std::clamp(std::round(scale.sweep(at)), 0.0, static_cast<double>(sweeps - 1)));
}

std::size_t ruler_step(const TimeScale& scale, double pixels) {
  for (std::size_t power = 1;; power *= 10)
    for (const std::size_t factor : {1u, 2u, 5u})
      if (static_cast<double>(factor * power) * scale.pixels_per_sweep() >= pixels || power > 1'000'000'000)
        return factor * power;
}

Lane lane_of(const Track& track, const Drive& drive) {
  Lane lane;
  const auto sweep = [&drive](TimestampNs time) { return drive.sweep_near(time).value_or(0); };
  for (const Keyframe& keyframe : track.keyframes)
    lane.keyframes.push_back({sweep(keyframe.time), keyframe.time, keyframe.origin, keyframe.confidence});
  if (!lane.keyframes.empty()) lane.life = {lane.keyframes.front().sweep, lane.keyframes.back().sweep};
  lane.attributes = attributes_on_lane(track, drive);
  for (const TimeInterval& absence : track.properties.absences) {
    // Sweeps inside the interval: rounding outwards would hide a keyframe at its border.
    // Beyond the ends of its life it is not there anyway.
    const auto inside = sweeps_within(drive, absence);
    if (inside && lane.life && inside->first <= lane.life->last && lane.life->first <= inside->last)
      lane.absent.push_back(*inside);
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

std::string said_at(const Lane& lane, std::size_t sweep) {
  std::string said = box_said_at(lane, sweep);
  for (const LaneAttribute& attribute : lane.attributes)
    if (holds(attribute.span, sweep)) said += " · " + attribute.text;
  return said;
}

float life_begins_at(const TimeScale& scale, const LaneSpan& life, float radius) {
  const double first = static_cast<double>(life.first);
  return within_sight(scale, scale.x(first), std::min(scale.x(first - 0.5), scale.x(first) - radius - 2));
}

float life_ends_at(const TimeScale& scale, const LaneSpan& life, float radius) {
  const double last = static_cast<double>(life.last);
  return within_sight(scale, scale.x(last), std::max(scale.x(last + 0.5), scale.x(last) + radius + 2));
}

LaneSpan with_edge_at(const LaneSpan& life, bool first, std::size_t sweep) {
  if (first) return {std::min(sweep, life.last), life.last};
  return {life.first, std::max(sweep, life.first)};
}

std::vector<TrackId> lane_order(const Document& document, const std::optional<TrackId>& selected) {
  std::vector<TrackId> order;
  for (const auto& [id, track] : document.tracks) order.push_back(id);
  if (const auto found = std::ranges::find(order, selected.value_or(TrackId{0})); found != order.end())
    std::rotate(order.begin(), found, found + 1);
  return order;
}

}  // namespace sweepmark::gui
