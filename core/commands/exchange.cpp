#include "core/commands/exchange.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/assist/interpolate.hpp"
#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"
#include "core/drive/trajectory_of.hpp"
#include "core/labels/attributes_at.hpp"

namespace sweepmark {

namespace {

// source_id is the object's name, which formats write as such.
Attributes written_attributes(const Document& document, const Track& track, TimestampNs time) {
  Attributes attributes = attributes_at(document, track, time);
  attributes.erase("source_id");
  return attributes;
}

std::string name_of(const Track& track) {
  const auto source = track.properties.attributes.find("source_id");
  return source == track.properties.attributes.end() ? fmt::format("{}", track.id.value) : source->second;
}

}  // namespace

std::vector<LabelledBox> labelled_boxes(const Document& document, const Drive& drive) {
  const Trajectory& trajectory = trajectory_of(document, drive);
  std::vector<LabelledBox> boxes;
  for (std::size_t sweep = 0; sweep < drive.sweeps.size(); ++sweep) {
    const TimestampNs time = drive.sweeps[sweep].time;
    for (const auto& [id, track] : document.tracks) {
      const auto derived = box_at(*track, trajectory, time);
      if (!derived) continue;
      const auto definition = document.taxonomy.find(track->properties.class_id);
      const Keyframe* keyframe = track->keyframe_at(time);
      boxes.push_back({sweep, time, id, name_of(*track),
                       definition == document.taxonomy.end() ? "Misc" : definition->second.name, derived->box,
                       derived->keyframe, keyframe ? keyframe->origin : Origin::automatic,
                       written_attributes(document, *track, time),
                       keyframe ? keyframe->confidence : std::nullopt});
    }
  }
  return boxes;
}

Result<void> export_labels(const Document& document, const Drive& drive, const LabelFormat& format,
                           const std::filesystem::path& target, const Progress& progress) {
  SWEEPMARK_CHECK(check_outside_drive(target, drive));
  const Drive moving = with_trajectory_of(document, drive);
  return format.write({moving, document.taxonomy, labelled_boxes(document, moving), document.relations},
                      target, progress);
}

nlohmann::json import_arguments(const ReadLabels& labels, const std::string& source) {
  nlohmann::json list = nlohmann::json::array(), relations = nlohmann::json::array();
  for (const TruthBox& box : labels.boxes)
    list.push_back({{"time_ns", box.time.ns},
                    {"track", box.track},
                    {"class", box.class_name},
                    {"box", commands::box_to(box.box)},
                    {"attributes", box.attributes}});
  for (const NamedRelation& relation : labels.relations)
    relations.push_back({{"kind", to_string(relation.kind)}, {"from", relation.from}, {"to", relation.to}});
  nlohmann::json args = {{"source", source}, {"boxes", std::move(list)}};
  if (!relations.empty()) args["relations"] = std::move(relations);
  return args;
}

Result<Document> imported(Document document, const Drive& drive, const std::vector<TruthBox>& boxes,
                          const std::string& source) {
  const Command* command = command_named(all_commands(), "import.boxes");
  SWEEPMARK_TRY(patch, command->plan({document, drive}, import_arguments({boxes}, source)));
  SWEEPMARK_CHECK(apply_patch(document, patch));
  return document;
}

}  // namespace sweepmark
