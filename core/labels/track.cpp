#include "core/labels/track.hpp"

#include <algorithm>

namespace sweepmark {

namespace {

bool same_box(const Box3<Ego>& a, const Box3<Ego>& b) {
  return a.pose.rotation().coeffs() == b.pose.rotation().coeffs() &&
         a.pose.translation() == b.pose.translation() && a.size == b.size;
}

}  // namespace

bool operator==(const Keyframe& a, const Keyframe& b) {
  return a.time == b.time && a.origin == b.origin && a.attributes == b.attributes &&
         a.confidence == b.confidence && same_box(a.box, b.box);
}

bool operator==(const TrackProperties& a, const TrackProperties& b) {
  return a.class_id == b.class_id && a.motion == b.motion && a.size == b.size && a.absences == b.absences &&
         a.attributes == b.attributes && a.standing == b.standing && a.name == b.name;
}

const Keyframe* Track::keyframe_at(TimestampNs time) const {
  const auto found = std::ranges::lower_bound(keyframes, time, {}, &Keyframe::time);
  return found != keyframes.end() && found->time == time ? &*found : nullptr;
}

std::optional<TimeInterval> Track::lifetime() const {
  if (keyframes.empty()) return std::nullopt;
  return TimeInterval{keyframes.front().time, keyframes.back().time};
}

bool Track::absent_at(TimestampNs time) const {
  return std::ranges::any_of(properties.absences,
                             [time](const TimeInterval& absence) { return absence.contains(time); });
}

}  // namespace sweepmark
