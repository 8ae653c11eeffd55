#include "core/labels/attributes_at.hpp"

#include <algorithm>
#include <map>

namespace sweepmark {

Attributes attributes_at(const Track& track, TimestampNs time) {
  struct Setting {
    TimestampNs time;
    const std::string* value;
  };
  std::map<std::string_view, Setting> latest;
  for (const Keyframe& keyframe : track.keyframes) {
    if (time < keyframe.time) break;
    for (const auto& [name, value] : keyframe.attributes) latest[name] = {keyframe.time, &value};
  }
  Attributes attributes = track.properties.attributes;
  for (const auto& [event, value] : track.attribute_events) {
    if (time < event.time) break;
    const auto known = latest.find(event.name);
    if (known == latest.end() || known->second.time <= event.time) latest[event.name] = {event.time, &value};
  }
  for (const auto& [name, setting] : latest)
    if (!setting.value->empty()) attributes[std::string(name)] = *setting.value;
  return attributes;
}

std::vector<AttributeDefinition> attributes_of_class(const Document& document, ClassId id) {
  std::vector<AttributeDefinition> definitions = document.job.attributes;
  const auto found = document.taxonomy.find(id);
  if (found == document.taxonomy.end()) return definitions;
  for (const AttributeDefinition& own : found->second.attributes) {
    const auto same = std::ranges::find(definitions, own.name, &AttributeDefinition::name);
    if (same == definitions.end())
      definitions.push_back(own);
    else
      *same = own;
  }
  return definitions;
}

Attributes attributes_at(const Document& document, const Track& track, TimestampNs time) {
  Attributes attributes = attributes_at(track, time);
  for (const AttributeDefinition& definition : attributes_of_class(document, track.properties.class_id))
    if (!definition.default_value.empty()) attributes.try_emplace(definition.name, definition.default_value);
  return attributes;
}

}  // namespace sweepmark
