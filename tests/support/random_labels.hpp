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

inline AttributeDefinition random_attribute_definition() {
  AttributeDefinition definition;
  definition.name = *rc::gen::element<std::string>("speed", "ünïcode \"quoted\"");
  definition.type = *rc::gen::element(AttributeType::choice, AttributeType::number, AttributeType::text,
                                      AttributeType::flag);
  definition.scope = *rc::gen::element(AttributeScope::track, AttributeScope::frame);
  if (definition.type == AttributeType::choice) definition.options = {"a", "b"};
  if (definition.type == AttributeType::choice && *rc::gen::inRange(0, 2)) definition.default_value = "b";
  if (definition.type == AttributeType::number) {
    definition.least = random_number(-1, 0);
    definition.most = random_number(0, 1);
    definition.unit = "m/s";
  }
  definition.required = *rc::gen::inRange(0, 2) == 1;
  definition.guideline = *rc::gen::element<std::string>("", "look twice");
  return definition;
}

inline OntologyRule random_rule() {
  OntologyRule rule;
  rule.kind = *rc::gen::element(RuleKind::relation, RuleKind::attribute, RuleKind::size);
  rule.name = "rule";
  rule.class_name = "Car";
  if (rule.kind == RuleKind::relation)
    rule.relation = *rc::gen::element(RelationKind::rides, RelationKind::tows);
  if (rule.kind == RuleKind::relation) rule.to = *rc::gen::element<std::string>("", "Van");
  if (rule.kind == RuleKind::attribute) rule.attribute = "occluded";
  if (rule.kind == RuleKind::size) rule.bounds = {{1, 1, 1}, {5, 4, 3}};
  rule.message = *rc::gen::element<std::string>("", "look again");
  return rule;
}

inline std::shared_ptr<const Trajectory> random_motion() {
  std::vector<TimedPose> poses;
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
    const Box3<Ego> box = random_box();
    poses.push_back({{*rc::gen::inRange<std::int64_t>(0, 1'000'000'000)},
                     Pose<World, Ego>(box.pose.rotation(), box.pose.translation())});
  }
  return std::make_shared<const Trajectory>(std::move(poses), PoseSource::estimated);
}

// One step that a command might take, on few ids and times so that steps meet each other.
inline void random_edit(PatchBuilder& patch) {
  const TrackId id(static_cast<std::uint32_t>(*rc::gen::inRange(1, 5)));
  const TimestampNs time{*rc::gen::inRange<std::int64_t>(0, 6) * 100'000'000};
  switch (*rc::gen::inRange(0, 10)) {
    case 0: {
      TrackProperties properties;
      properties.class_id = ClassId(static_cast<std::uint16_t>(*rc::gen::inRange(1, 4)));
      properties.motion = *rc::gen::element(Motion::smooth, Motion::linear, Motion::keyframes_only);
      if (*rc::gen::inRange(0, 2)) properties.size = random_box().size;
      if (*rc::gen::inRange(0, 2)) properties.absences = {{{10}, {20}}};
      properties.attributes = random_attributes();
      properties.standing = *rc::gen::inRange(0, 2) == 1;
      properties.name = *rc::gen::element<std::string>("", "the red van");
      patch.set_properties(id, properties);
      break;
    }
    case 1: {
      Keyframe keyframe{time, random_box(),
                        *rc::gen::element(Origin::human, Origin::imported, Origin::automatic),
                        random_attributes()};
      if (keyframe.origin == Origin::automatic) keyframe.confidence = random_number(0, 1);
      patch.set_keyframe(id, keyframe);
      break;
    }
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
      if (*rc::gen::inRange(0, 2)) {
        definition.size_spread = {0.25, 0, 0.125};
        definition.size_bounds = SizeBounds{{0.5, 0.25, 0.125}, random_box().size.array() + 1.0};
        definition.guideline = "runs on \"rails\"";
        definition.attributes = {random_attribute_definition()};
      }
      patch.set_class(ClassId(static_cast<std::uint16_t>(*rc::gen::inRange(10, 12))),
                      *rc::gen::inRange(0, 3) ? std::optional(definition) : std::nullopt);
      break;
    }
    case 5: {
      std::optional<std::string> value;
      if (*rc::gen::inRange(0, 3)) value = *rc::gen::element<std::string>("1", "a\nb", "");
      patch.set_attribute_event(id, {time, *rc::gen::element<std::string>("occluded", "note")}, value);
      break;
    }
    case 6: {
      const TrackId other(static_cast<std::uint32_t>(*rc::gen::inRange(1, 5)));
      patch.set_relation(
          {*rc::gen::elementOf(std::vector(relation_kinds.begin(), relation_kinds.end())), id, other},
          *rc::gen::inRange(0, 3) != 0);
      break;
    }
    case 7: {
      JobDefinition job = default_job();
      job.attributes.push_back(random_attribute_definition());
      job.rules.push_back(random_rule());
      patch.set_job(std::move(job));
      break;
    }
    case 8:
      patch.set_ego_motion(*rc::gen::inRange(0, 3) ? random_motion() : nullptr);
      break;
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
