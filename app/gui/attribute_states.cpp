#include "app/gui/attribute_states.hpp"

#include <algorithm>
#include <map>

namespace sweepmark::gui {
namespace {

// Every moment at which something is said of an attribute, with what is said; at one moment the event has the
// last word. An empty value goes back to what the object has.
using Sayings = std::map<std::string, std::map<TimestampNs, std::string>>;

Sayings sayings_of(const Track& track) {
  Sayings sayings;
  for (const Keyframe& keyframe : track.keyframes)
    for (const auto& [name, value] : keyframe.attributes) sayings[name][keyframe.time] = value;
  for (const auto& [event, value] : track.attribute_events) sayings[event.name][event.time] = value;
  return sayings;
}

AttributeState state_of(const AttributeDefinition& definition, const Track& track, const Sayings& sayings,
                        TimestampNs time) {
  AttributeState state{definition, definition.default_value, AttributeState::Source::usual, {}};
  if (state.value.empty()) state.source = AttributeState::Source::nothing;
  const auto of_object = track.properties.attributes.find(definition.name);
  if (of_object != track.properties.attributes.end()) {
    state.value = of_object->second;
    state.source = AttributeState::Source::object;
  }
  const auto said = sayings.find(definition.name);
  if (said == sayings.end()) return state;
  const auto after = said->second.upper_bound(time);
  if (after == said->second.begin()) return state;
  const auto& [since, value] = *std::prev(after);
  if (since == time || !value.empty()) {
    state.source = since == time ? AttributeState::Source::here : AttributeState::Source::earlier;
    state.since = since;
    if (!value.empty()) state.value = value;
  }
  return state;
}

}  // namespace

std::vector<AttributeState> attribute_states(const Document& document, const Track& track, TimestampNs time) {
  const Sayings sayings = sayings_of(track);
  std::vector<AttributeState> states;
  for (const AttributeDefinition& definition : attributes_of_class(document, track.properties.class_id))
    states.push_back(state_of(definition, track, sayings, time));
  return states;
}

Attributes unknown_attributes(const Document& document, const Track& track, TimestampNs time) {
  Attributes unknown = attributes_at(track, time);
  const auto definitions = attributes_of_class(document, track.properties.class_id);
  std::erase_if(unknown, [&](const auto& entry) { return attribute_named(definitions, entry.first); });
  return unknown;
}

std::vector<AttributeSpan> attribute_spans(const Track& track) {
  std::vector<AttributeSpan> spans;
  const auto lifetime = track.lifetime();
  if (!lifetime) return spans;
  for (const auto& [name, moments] : sayings_of(track))
    for (auto at = moments.begin(); at != moments.end(); ++at) {
      if (at->second.empty() || lifetime->last < at->first) continue;
      const bool goes_on = !spans.empty() && spans.back().name == name && spans.back().value == at->second &&
                           at != moments.begin() && std::prev(at)->second == at->second;
      const auto next = std::next(at);
      const TimestampNs end = next == moments.end() || lifetime->last < next->first
                                  ? lifetime->last
                                  : TimestampNs{next->first.ns - 1};
      if (goes_on)
        spans.back().during.last = end;
      else
        spans.push_back({name, at->second, {at->first, end}});
    }
  return spans;
}

}  // namespace sweepmark::gui
