// One object along a drive: keyframes that were placed, and what lies between them, which is derived.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/geometry/box3.hpp"

namespace sweepmark {

enum class Origin {
  human,      // placed or corrected by a person: no algorithm ever overwrites it
  imported,   // read from a file
  automatic,  // proposed by an algorithm
};

// "occluded": "1", "truncated": "0.3", "source_id": "…". Values are text; formats say which names they read
// and write.
using Attributes = std::map<std::string, std::string>;

// A box at the moment of a sweep, in the ego frame of that moment: what the annotator saw. The world box
// follows from the trajectory, so a better trajectory later moves no label off its points.
struct Keyframe {
  TimestampNs time;
  Box3<Ego> box;
  Origin origin = Origin::human;
  // What holds from this moment on until it is said otherwise; see attributes_at.
  Attributes attributes;
  // How sure the algorithm was, 0…1; only of Origin::automatic.
  std::optional<double> confidence = std::nullopt;
};
bool operator==(const Keyframe& a, const Keyframe& b);

// How the frames between two keyframes come about.
enum class Motion { smooth, linear, keyframes_only };

// Everything of a track but its keyframes.
struct TrackProperties {
  ClassId class_id;
  Motion motion = Motion::smooth;
  // One size for the whole track; empty where each keyframe has its own.
  std::optional<Eigen::Vector3d> size;
  // Where the object is out of sight or gone although keyframes lie on both sides; sorted, disjoint.
  std::vector<TimeInterval> absences;
  Attributes attributes;
  // It never moves in the world: a parked car, a sign. Commands that set a keyframe of it carry the others
  // along, so that each holds the same world box.
  bool standing = false;
  std::string name = {};  // given by a person: "the red van"; empty: none
};
bool operator==(const TrackProperties& a, const TrackProperties& b);

// An attribute that changes at a moment, apart from any keyframe, so that saying "occluded" at a sweep pins
// no box there. It holds until the next event or keyframe that sets it. An empty value goes back to what the
// track has.
struct AttributeEvent {
  TimestampNs time;
  std::string name;
  auto operator<=>(const AttributeEvent&) const = default;
};
using AttributeEvents = std::map<AttributeEvent, std::string>;  // to the value; by time, then name

struct Track {
  TrackId id;
  TrackProperties properties;
  std::vector<Keyframe> keyframes;  // by time, no two alike
  AttributeEvents attribute_events = {};

  const Keyframe* keyframe_at(TimestampNs time) const;
  // From the first to the last keyframe; empty where there is none.
  std::optional<TimeInterval> lifetime() const;
  bool absent_at(TimestampNs time) const;
};

}  // namespace sweepmark
