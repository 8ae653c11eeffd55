// Random documents and edits for property tests.
#pragma once

#include <rapidcheck.h>

#include "core/labels/patch.hpp"

namespace sweepmark::test {

inline double random_number(double low, double high) {
  return low + (high - low) * *rc::gen::inRange(0, 1000001) / 1e6;
}

inline Box3<Ego> random_box() {
  const Eigen::Vector3d axis(random_number(-1, 1), random_number(-1, 1), random_number(0.1, 1));
  return {Pose<Ego, BoxLocal>(Eigen::Quaterniond(Eigen::AngleAxisd(random_number(-3, 3), axis.normalized())),
                              {random_number(-50, 50), random_number(-50, 50), random_number(-3, 3)}),
          {random_number(0.1, 10), random_number(0.1, 4), random_number(0.1, 4)}};
}

inline Attributes random_attributes() {
  Attributes attributes;
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
    attributes[*rc::gen::element<std::string>("occluded", "note", "ünïcode \"quoted\"")] =
        *rc::gen::element<std::string>("1", "a\nb", "");
  return attributes;
}

// One step that a command might take, on few ids and times so that steps meet each other.
inline void random_edit(PatchBuilder& patch) {
  const TrackId id(static_cast<std::uint32_t>(*rc::gen::inRange(1, 5)));
  const TimestampNs time{*rc::gen::inRange<std::int64_t>(0, 6) * 100'000'000};
  switch (*rc::gen::inRange(0, 6)) {
    case 0: {
      TrackProperties properties;
      properties.class_id = ClassId(static_cast<std::uint16_t>(*rc::gen::inRange(1, 4)));
      properties.motion = *rc::gen::element(Motion::smooth, Motion::linear, Motion::keyframes_only);
      if (*rc::gen::inRange(0, 2)) properties.size = random_box().size;
      if (*rc::gen::inRange(0, 2)) properties.absences = {{{10}, {20}}};
      properties.attributes = random_attributes();
      patch.set_properties(id, properties);
      break;
    }
    case 1:
      patch.set_keyframe(
          id, {time, random_box(), *rc::gen::element(Origin::human, Origin::imported, Origin::automatic),
               random_attributes()});
      break;
    case 2:
      patch.remove_keyframe(id, time);
      break;
    case 3:
      patch.remove_track(id);
      break;
    case 4: {
      ClassDefinition definition;
      definition.name = *rc::gen::element<std::string>("Tram", "Animal");
      definition.usual_size = random_box().size;
      patch.set_class(ClassId(static_cast<std::uint16_t>(*rc::gen::inRange(10, 12))),
                      *rc::gen::inRange(0, 3) ? std::optional(definition) : std::nullopt);
      break;
    }
    default: {
      std::vector<std::uint32_t> rows;
      auto row = static_cast<std::uint32_t>(*rc::gen::inRange(0, 9000));
      for (int i = *rc::gen::inRange(1, 30); i > 0; --i)
        rows.push_back(row += static_cast<std::uint32_t>(*rc::gen::inRange(1, 4)));
      const auto found = patch.document().point_labels.find(time);
      const PointLabels present =
          found == patch.document().point_labels.end() ? PointLabels{} : found->second;
      patch.set_point_labels(
          time,
          present.runs_to_set(rows, packed_label(static_cast<std::uint16_t>(*rc::gen::inRange(0, 3)), 7)));
    }
  }
}

inline Patch random_patch(const Document& document, int edits) {
  PatchBuilder patch(document);
  for (int i = 0; i < edits; ++i) random_edit(patch);
  return std::move(patch).take();
}

}  // namespace sweepmark::test
