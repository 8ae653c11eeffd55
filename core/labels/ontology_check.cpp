#include "core/labels/ontology_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/text.hpp"
#include "core/labels/attributes_at.hpp"

namespace sweepmark {

namespace {

const ClassDefinition* class_of_track(const Document& document, const Track& track) {
  const auto found = document.taxonomy.find(track.properties.class_id);
  return found == document.taxonomy.end() ? nullptr : &found->second;
}

bool is_class(const Document& document, const Track& track, const std::string& name) {
  const ClassDefinition* definition = class_of_track(document, track);
  return definition && lowered(definition->name) == lowered(name);
}

struct Checker {
  const Document& document;
  std::vector<OntologyFinding>& findings;

  void add(const Track& track, std::optional<TimestampNs> time, std::string rule, std::string message) const {
    findings.push_back({track.id, time, std::move(rule), std::move(message)});
  }

  // Once for a rigid track, else for each keyframe.
  void sizes(const Track& track, const ClassDefinition& definition, const std::string& rule,
             const std::string& message) const {
    const auto check = [&](const Eigen::Vector3d& size, std::optional<TimestampNs> time) {
      if (auto odd = size_is_odd(definition, size); !odd.empty())
        add(track, time, rule, message.empty() ? std::move(odd) : message);
    };
    if (track.properties.size) return check(*track.properties.size, std::nullopt);
    for (const Keyframe& keyframe : track.keyframes) check(keyframe.box.size, keyframe.time);
  }

  void value(const Track& track, std::optional<TimestampNs> time,
             const std::vector<AttributeDefinition>& definitions, const std::string& name,
             const std::string& value) const {
    const AttributeDefinition* definition = attribute_named(definitions, name);
    if (!definition || value.empty()) return;
    if (const auto fits = check_attribute_value(*definition, value); !fits)
      add(track, time, "attribute", fits.error().message);
  }

  void missing(const Track& track, const std::string& name, const std::string& rule,
               const std::string& message) const {
    if (track.keyframes.empty()) return;
    const TimestampNs first = track.keyframes.front().time;
    const Attributes there = attributes_at(document, track, first);
    if (const auto found = there.find(name); found != there.end() && !found->second.empty()) return;
    add(track, first, rule, message.empty() ? fmt::format("'{}' is not set", name) : message);
  }

  void attributes(const Track& track) const {
    const auto definitions = attributes_of_class(document, track.properties.class_id);
    for (const auto& [name, text] : track.properties.attributes)
      value(track, std::nullopt, definitions, name, text);
    for (const auto& [event, text] : track.attribute_events)
      value(track, event.time, definitions, event.name, text);
    for (const Keyframe& keyframe : track.keyframes)
      for (const auto& [name, text] : keyframe.attributes)
        value(track, keyframe.time, definitions, name, text);
    for (const AttributeDefinition& definition : definitions)
      if (definition.required) missing(track, definition.name, "attribute", "");
  }

  void relation(const Track& track, const OntologyRule& rule) const {
    const bool holds = std::ranges::any_of(document.relations, [&](const Relation& one) {
      const Track* other = document.track(one.to);
      return one.kind == rule.relation && one.from == track.id && other &&
             (rule.to.empty() || is_class(document, *other, rule.to));
    });
    if (holds) return;
    add(track, std::nullopt, rule.name,
        rule.message.empty() ? fmt::format("a {} {} {}, and this one does not", rule.class_name,
                                           to_string(rule.relation), rule.to.empty() ? "something" : rule.to)
                             : rule.message);
  }

  void by_rule(const Track& track, const ClassDefinition& definition, const OntologyRule& rule) const {
    switch (rule.kind) {
      case RuleKind::relation:
        return relation(track, rule);
      case RuleKind::attribute:
        return missing(track, rule.attribute, rule.name, rule.message);
      case RuleKind::size: {
        ClassDefinition bound = definition;
        bound.size_bounds = rule.bounds;
        return sizes(track, bound, rule.name, rule.message);
      }
    }
  }
};

}  // namespace

std::vector<OntologyFinding> check_ontology(const Document& document) {
  std::vector<OntologyFinding> findings;
  const Checker check{document, findings};
  for (const auto& [id, track] : document.tracks) {
    const ClassDefinition* definition = class_of_track(document, *track);
    if (!definition) {
      check.add(*track, std::nullopt, "class",
                fmt::format("class {} is not defined", track->properties.class_id.value));
      continue;
    }
    check.sizes(*track, *definition, "size", "");
    check.attributes(*track);
    for (const OntologyRule& rule : document.job.rules)
      if (lowered(rule.class_name) == lowered(definition->name)) check.by_rule(*track, *definition, rule);
  }
  return findings;
}

std::vector<std::string> odd_sizes(const Document& document, const Patch& patch) {
  std::set<TrackId> named;
  std::vector<std::string> sentences;
  const auto check = [&](TrackId id, const Eigen::Vector3d& size) {
    const Track* track = document.track(id);
    const ClassDefinition* definition = track ? class_of_track(document, *track) : nullptr;
    if (!definition) return;
    if (const std::string odd = size_is_odd(*definition, size); !odd.empty() && named.insert(id).second)
      sentences.push_back(fmt::format("object {} is {}", id.value, odd));
  };
  for (const Change& change : patch) {
    if (const auto* of_track = std::get_if<TrackChange>(&change); of_track && of_track->after) {
      const auto &before = of_track->before, &after = of_track->after;
      const bool same = before && before->size == after->size && before->class_id == after->class_id;
      if (after->size && !same) check(of_track->id, *after->size);
    }
    if (const auto* placed = std::get_if<KeyframeChange>(&change); placed && placed->after) {
      const Track* track = document.track(placed->track);
      if (track && !track->properties.size) check(placed->track, placed->after->box.size);
    }
  }
  return sentences;
}

}  // namespace sweepmark
