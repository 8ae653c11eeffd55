// JSON of the parts of a document. Numbers are written so that reading gives the same bits. Only this folder
// includes it.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/labels/document.hpp"

namespace sweepmark::labels_json {

using nlohmann::json;

// What is thrown on text that is not what was written; caught where text comes in.
struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

json write(const Eigen::Vector3d& v);
json write(const Box3<Ego>& box);
json write(const ClassDefinition& definition);
json write(const TrackProperties& properties);
json write(const Keyframe& keyframe);
json write(const AttributeDefinition& definition);
json write(const OntologyRule& rule);
json write(const JobDefinition& job);
json write(const AttributeEvents& events);
json write(const Relation& relation);
json write(const std::shared_ptr<const Trajectory>& motion);  // null where there is none

void read(const json& j, Eigen::Vector3d& v);
void read(const json& j, Box3<Ego>& box);
void read(const json& j, ClassDefinition& definition);
void read(const json& j, TrackProperties& properties);
void read(const json& j, Keyframe& keyframe);
void read(const json& j, AttributeDefinition& definition);
void read(const json& j, OntologyRule& rule);
void read(const json& j, JobDefinition& job);
void read(const json& j, AttributeEvents& events);
void read(const json& j, Relation& relation);
void read(const json& j, std::shared_ptr<const Trajectory>& motion);

// null stands for "not there".
template <class T>
json write(const std::optional<T>& value) {
  return value ? write(*value) : json(nullptr);
}

template <class T>
void read(const json& j, std::optional<T>& value) {
  value.reset();
  if (j.is_null()) return;
  T content;
  read(j, content);
  value = std::move(content);
}

template <class T>
T read_as(const json& j) {
  T value;
  read(j, value);
  return value;
}

}  // namespace sweepmark::labels_json
