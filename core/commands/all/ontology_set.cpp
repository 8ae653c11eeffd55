#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/text.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

std::set<ClassId> classes_in_use(const Document& document) {
  std::set<ClassId> used;
  for (const auto& [id, track] : document.tracks) used.insert(track->properties.class_id);
  for (const auto& [time, labels] : document.point_labels)
    for (std::size_t row = 0; row < labels.row_limit(); ++row)
      if (const PointLabel label = labels.at(row); label != 0) used.insert(ClassId(class_of(label)));
  return used;
}

bool names(const Ontology& ontology, const std::string& name) {
  return std::ranges::any_of(ontology.classes, [&](const OntologyClass& one) {
    return lowered(one.definition.name) == lowered(name);
  });
}

// A class keeps the id it has under its name; a new one takes the id it asks for where that is free, else the
// least that has been free all along.
Result<ClassId> id_for(const OntologyClass& one, const Taxonomy& before, const Taxonomy& now,
                       const std::set<ClassId>& asked_for) {
  if (const ClassId known = class_named(before, one.definition.name); known.value != 0) return known;
  if (one.id && !now.contains(*one.id)) return *one.id;
  for (std::uint32_t id = 1; id <= UINT16_MAX; ++id)
    if (const ClassId free(static_cast<std::uint16_t>(id));
        !before.contains(free) && !now.contains(free) && !asked_for.contains(free))
      return free;
  return fail(ErrorCode::invalid_argument,
              fmt::format("no id is left for class '{}': 1 to 65535 are taken", one.definition.name));
}

// Classes that the ontology does not name go, unless an object or a point is of them.
Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  auto ontology = ontology_from_json(args.at("ontology").dump());
  if (!ontology) {
    ontology.error().message = "ontology: " + ontology.error().message;
    return Failure(std::move(ontology).error());
  }
  const Taxonomy before = context.document.taxonomy;
  const std::set<ClassId> used = classes_in_use(context.document);
  std::set<ClassId> asked_for;
  for (const OntologyClass& one : ontology->classes)
    if (one.id) asked_for.insert(*one.id);
  PatchBuilder patch(context.document);
  for (const auto& [id, definition] : before)
    if (!names(*ontology, definition.name) && !used.contains(id)) patch.set_class(id, std::nullopt);
  for (const OntologyClass& one : ontology->classes) {
    SWEEPMARK_TRY(id, id_for(one, before, patch.document().taxonomy, asked_for));
    patch.set_class(id, one.definition);
  }
  patch.set_job(ontology->job);
  return std::move(patch).take();
}

}  // namespace

Command command_ontology_set() {
  return {"ontology.set",
          "Set ontology",
          {{"ontology", ArgumentType::object, true,
            "{name, classes, attributes, rules}, as docs/ontology.md describes them"}},
          R"({"ontology": {"name": "Two classes", "classes": [
                {"name": "Car", "colour": [86, 180, 233], "usual_size": [4.2, 1.8, 1.55]},
                {"name": "Bicycle", "usual_size": [1.8, 0.6, 1.1]}]}})",
          plan};
}

}  // namespace sweepmark
