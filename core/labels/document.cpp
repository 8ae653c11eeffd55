#include "core/labels/document.hpp"

#include <algorithm>

#include "core/labels/json.hpp"
#include "core/labels/patch.hpp"

namespace sweepmark {

namespace {

using labels_json::json;
using labels_json::read;
using labels_json::read_as;
using labels_json::write;

bool same_track(const Track& a, const Track& b) {
  return a.id == b.id && a.properties == b.properties && a.keyframes == b.keyframes &&
         a.attribute_events == b.attribute_events;
}

// [first row, count, label] for each stretch of equal labels that are not 0.
json labelled_runs(const PointLabels& labels) {
  json runs = json::array();
  for (std::size_t row = 0; row < labels.row_limit();) {
    const PointLabel label = labels.at(row);
    std::size_t end = row + 1;
    while (end < labels.row_limit() && labels.at(end) == label) ++end;
    if (label != 0) runs.push_back({row, end - row, label});
    row = end;
  }
  return runs;
}

PointLabels labels_from_runs(const json& j) {
  PointLabels labels;
  for (const json& run : j) {
    const LabelRun one{run.at(0).get<std::uint32_t>(), run.at(1).get<std::uint32_t>(), 0,
                       run.at(2).get<PointLabel>()};
    labels.apply({&one, 1});
  }
  return labels;
}

Document read_document(const json& j) {
  Document document;
  for (const json& c : j.at("classes"))
    document.taxonomy[ClassId(c.at("id").get<std::uint16_t>())] =
        read_as<ClassDefinition>(c.at("definition"));
  for (const json& t : j.at("tracks")) {
    auto track = std::make_shared<Track>();
    track->id = TrackId(t.at("id").get<std::uint32_t>());
    track->properties = read_as<TrackProperties>(t.at("properties"));
    for (const json& k : t.at("keyframes")) track->keyframes.push_back(read_as<Keyframe>(k));
    if (t.contains("attribute_events")) read(t["attribute_events"], track->attribute_events);
    document.tracks[track->id] = std::move(track);
  }
  for (const json& p : j.at("point_labels"))
    document.point_labels[TimestampNs{p.at("time").get<std::int64_t>()}] = labels_from_runs(p.at("runs"));
  // What follows came later than the first snapshots; where it is not there, a new document's holds.
  if (j.contains("job")) document.job = read_as<JobDefinition>(j["job"]);
  if (j.contains("relations"))
    for (const json& r : j["relations"]) document.relations.insert(read_as<Relation>(r));
  if (j.contains("ego_motion")) read(j["ego_motion"], document.ego_motion);
  return document;
}

}  // namespace

const Track* Document::track(TrackId id) const {
  const auto found = tracks.find(id);
  return found == tracks.end() ? nullptr : found->second.get();
}

TrackId Document::next_track_id() const {
  return TrackId(tracks.empty() ? 1 : tracks.rbegin()->first.value + 1);
}

bool operator==(const Document& a, const Document& b) {
  const bool same_motion =
      a.ego_motion == b.ego_motion || (a.ego_motion && b.ego_motion && *a.ego_motion == *b.ego_motion);
  return same_motion && a.taxonomy == b.taxonomy && a.point_labels == b.point_labels && a.job == b.job &&
         a.relations == b.relations &&
         std::ranges::equal(a.tracks, b.tracks, [](const auto& one, const auto& other) {
           return one.second == other.second || same_track(*one.second, *other.second);
         });
}

Document new_document() {
  return {.taxonomy = default_taxonomy(), .tracks = {}, .point_labels = {}, .job = default_job()};
}

Ontology ontology_of(const Document& document) {
  Ontology ontology{document.job, {}};
  for (const auto& [id, definition] : document.taxonomy) ontology.classes.push_back({id, definition});
  return ontology;
}

std::string to_json(const Document& document) {
  json classes = json::array(), tracks = json::array(), point_labels = json::array(),
       relations = json::array();
  for (const auto& [id, definition] : document.taxonomy)
    classes.push_back({{"id", id.value}, {"definition", write(definition)}});
  for (const auto& [id, track] : document.tracks) {
    json keyframes = json::array();
    for (const Keyframe& k : track->keyframes) keyframes.push_back(write(k));
    json written = {
        {"id", id.value}, {"properties", write(track->properties)}, {"keyframes", std::move(keyframes)}};
    if (!track->attribute_events.empty()) written["attribute_events"] = write(track->attribute_events);
    tracks.push_back(std::move(written));
  }
  for (const Relation& relation : document.relations) relations.push_back(write(relation));
  for (const auto& [time, labels] : document.point_labels)
    point_labels.push_back({{"time", time.ns}, {"runs", labelled_runs(labels)}});
  return json{{"classes", std::move(classes)},           {"tracks", std::move(tracks)},
              {"point_labels", std::move(point_labels)}, {"job", write(document.job)},
              {"relations", std::move(relations)},       {"ego_motion", write(document.ego_motion)}}
      .dump();
}

Result<Document> document_from_json(std::string_view text) {
  try {
    return read_document(json::parse(text));
  } catch (const std::exception& error) {
    return fail(ErrorCode::malformed, std::string("not a document: ") + error.what());
  }
}

}  // namespace sweepmark
