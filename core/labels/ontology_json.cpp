// Ontologies as text: the files that docs/ontology.md describes, and the same parts within patches and
// snapshots. Every error names its place by JSON pointer (RFC 6901).
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/text.hpp"
#include "core/labels/json.hpp"
#include "core/labels/json_at.hpp"

namespace sweepmark {

namespace labels_json {

namespace {

constexpr Named<AttributeType> type_names[] = {{"choice", AttributeType::choice},
                                               {"number", AttributeType::number},
                                               {"text", AttributeType::text},
                                               {"flag", AttributeType::flag}};
constexpr Named<AttributeScope> scope_names[] = {{"track", AttributeScope::track},
                                                 {"frame", AttributeScope::frame}};
constexpr Named<RuleKind> rule_names[] = {
    {"relation", RuleKind::relation}, {"attribute", RuleKind::attribute}, {"size", RuleKind::size}};

SizeBounds read_bounds(const At& at) {
  const SizeBounds bounds{at["least"].size(), at["most"].size()};
  if ((bounds.most - bounds.least).minCoeff() < 0) at["most"].refuse("nothing less than 'least'");
  return bounds;
}

AttributeDefinition read_attribute(const At& at) {
  at.only({"name", "type", "scope", "options", "least", "most", "unit", "default", "required", "guideline"});
  AttributeDefinition d;
  d.name = at["name"].name();
  d.type = one_of(type_names, at["type"]);
  if (at.has("scope")) d.scope = one_of(scope_names, at["scope"]);
  if (d.type == AttributeType::choice) {
    at["options"].each([&d](const At& option) { d.options.push_back(option.name()); });
    if (d.options.empty()) at["options"].refuse("at least one option");
  } else if (at.has("options")) {
    at["options"].refuse("nothing (only a choice has options)");
  }
  for (const char* name : {"least", "most", "unit"})
    if (d.type != AttributeType::number && at.has(name)) at[name].refuse("nothing (only a number has it)");
  if (at.has("least")) d.least = at["least"].number();
  if (at.has("most")) d.most = at["most"].number();
  if (d.least && d.most && *d.most < *d.least) at["most"].refuse("nothing less than 'least'");
  if (at.has("unit")) d.unit = at["unit"].text();
  if (at.has("default")) d.default_value = at["default"].text();
  if (at.has("required")) d.required = at["required"].truth();
  if (at.has("guideline")) d.guideline = at["guideline"].text();
  if (!d.default_value.empty())
    if (const auto fits = check_attribute_value(d, d.default_value); !fits)
      throw Malformed(at.pointer + "/default: " + fits.error().message);
  return d;
}

std::vector<AttributeDefinition> read_attributes(const At& at) {
  std::vector<AttributeDefinition> attributes;
  at.each([&](const At& one) {
    AttributeDefinition read_one = read_attribute(one);
    if (attribute_named(attributes, read_one.name)) one["name"].refuse("a name of its own");
    attributes.push_back(std::move(read_one));
  });
  return attributes;
}

ClassDefinition read_class(const At& at) {
  ClassDefinition d;
  d.name = at["name"].name();
  if (at.has("colour")) {
    const At colour = at["colour"];
    const Eigen::Vector3d v = colour.three(-1.0, "three whole numbers from 0 to 255");
    if (v.maxCoeff() > 255 || v != v.array().floor().matrix())
      colour.refuse("three whole numbers from 0 to 255");
    for (std::size_t i = 0; i < 3; ++i)
      d.colour[i] = static_cast<std::uint8_t>(v[static_cast<Eigen::Index>(i)]);
  }
  if (at.has("usual_size")) d.usual_size = at["usual_size"].size();
  if (at.has("rigid")) d.rigid = at["rigid"].truth();
  if (at.has("size_spread")) {
    const At spread = at["size_spread"];
    constexpr const char* expected = "three numbers of at least 0";
    d.size_spread = spread.three(-1.0, expected);
    if (d.size_spread.minCoeff() < 0) spread.refuse(expected);
  }
  if (at.has("size_bounds")) {
    at["size_bounds"].only({"least", "most"});
    d.size_bounds = read_bounds(at["size_bounds"]);
  }
  if (at.has("guideline")) d.guideline = at["guideline"].text();
  if (at.has("attributes")) d.attributes = read_attributes(at["attributes"]);
  return d;
}

OntologyRule read_rule(const At& at) {
  OntologyRule rule;
  rule.kind = one_of(rule_names, at["kind"]);
  rule.name = at["name"].name();
  rule.class_name = at["class"].name();
  if (at.has("message")) rule.message = at["message"].text();
  switch (rule.kind) {
    case RuleKind::relation: {
      at.only({"kind", "name", "class", "message", "relation", "to"});
      const auto kind = relation_kind_named(at["relation"].text());
      if (!kind) at["relation"].refuse("one of rides, tows, part_of");
      rule.relation = *kind;
      if (at.has("to")) rule.to = at["to"].text();
      break;
    }
    case RuleKind::attribute:
      at.only({"kind", "name", "class", "message", "attribute"});
      rule.attribute = at["attribute"].name();
      break;
    case RuleKind::size:
      at.only({"kind", "name", "class", "message", "least", "most"});
      rule.bounds = read_bounds(at);
      break;
  }
  return rule;
}

JobDefinition read_job(const At& at) {
  JobDefinition job;
  if (at.has("name")) job.name = at["name"].text();
  if (at.has("attributes")) job.attributes = read_attributes(at["attributes"]);
  if (at.has("rules")) at["rules"].each([&job](const At& rule) { job.rules.push_back(read_rule(rule)); });
  return job;
}

OntologyClass read_ontology_class(const At& at, const Ontology& so_far) {
  at.only({"id", "name", "colour", "usual_size", "rigid", "size_spread", "size_bounds", "guideline",
           "attributes"});
  OntologyClass read_one{std::nullopt, read_class(at)};
  if (at.has("id")) {
    const At id = at["id"];
    if (!id.value.is_number_integer() || id.value.get<std::int64_t>() < 1 ||
        id.value.get<std::int64_t>() > UINT16_MAX)
      id.refuse("a whole number from 1 to 65535");
    read_one.id = ClassId(id.value.get<std::uint16_t>());
  }
  for (const OntologyClass& other : so_far.classes) {
    if (lowered(other.definition.name) == lowered(read_one.definition.name))
      at["name"].refuse("a name of its own");
    if (read_one.id && other.id == read_one.id) at["id"].refuse("an id of its own");
  }
  return read_one;
}

const ClassDefinition* class_of_name(const Ontology& ontology, const std::string& name) {
  for (const OntologyClass& one : ontology.classes)
    if (one.definition.name == name) return &one.definition;
  return nullptr;
}

// Rules speak of classes and attributes that are there.
void check_rule(const OntologyRule& rule, const Ontology& ontology, const At& at) {
  const ClassDefinition* bound = class_of_name(ontology, rule.class_name);
  if (!bound) at["class"].refuse("the name of a class");
  if (!rule.to.empty() && !class_of_name(ontology, rule.to)) at["to"].refuse("the name of a class");
  if (rule.kind == RuleKind::attribute && !attribute_named(bound->attributes, rule.attribute) &&
      !attribute_named(ontology.job.attributes, rule.attribute))
    at["attribute"].refuse("the name of an attribute of the class");
}

Ontology read_ontology(const At& at) {
  at.only({"name", "classes", "attributes", "rules"});
  Ontology ontology;
  ontology.job = read_job(at);
  at["classes"].each([&](const At& one) { ontology.classes.push_back(read_ontology_class(one, ontology)); });
  if (ontology.classes.empty()) at["classes"].refuse("at least one class");
  for (std::size_t i = 0; i < ontology.job.rules.size(); ++i)
    check_rule(ontology.job.rules[i], ontology,
               {at.value["rules"][i], fmt::format("{}/rules/{}", at.pointer, i)});
  return ontology;
}

template <class T>
json list_of(const std::vector<T>& values) {
  json list = json::array();
  for (const T& value : values) list.push_back(write(value));
  return list;
}

}  // namespace

json write(const AttributeDefinition& d) {
  json j = {
      {"name", d.name}, {"type", word_for(type_names, d.type)}, {"scope", word_for(scope_names, d.scope)}};
  if (d.type == AttributeType::choice) j["options"] = d.options;
  if (d.least) j["least"] = *d.least;
  if (d.most) j["most"] = *d.most;
  if (!d.unit.empty()) j["unit"] = d.unit;
  if (!d.default_value.empty()) j["default"] = d.default_value;
  if (d.required) j["required"] = true;
  if (!d.guideline.empty()) j["guideline"] = d.guideline;
  return j;
}

void read(const json& j, AttributeDefinition& d) {
  d = read_attribute({j, ""});
}

// What later versions added is written only where it says something, so that a class of the first version
// keeps its text.
json write(const ClassDefinition& d) {
  json j = {{"name", d.name}, {"colour", d.colour}, {"usual_size", write(d.usual_size)}, {"rigid", d.rigid}};
  if (!d.size_spread.isZero(0)) j["size_spread"] = write(d.size_spread);
  if (d.size_bounds)
    j["size_bounds"] = {{"least", write(d.size_bounds->least)}, {"most", write(d.size_bounds->most)}};
  if (!d.guideline.empty()) j["guideline"] = d.guideline;
  if (!d.attributes.empty()) j["attributes"] = list_of(d.attributes);
  return j;
}

void read(const json& j, ClassDefinition& d) {
  d = read_class({j, ""});
}

json write(const OntologyRule& rule) {
  json j = {{"kind", word_for(rule_names, rule.kind)}, {"name", rule.name}, {"class", rule.class_name}};
  if (rule.kind == RuleKind::relation) {
    j["relation"] = to_string(rule.relation);
    if (!rule.to.empty()) j["to"] = rule.to;
  }
  if (rule.kind == RuleKind::attribute) j["attribute"] = rule.attribute;
  if (rule.kind == RuleKind::size) {
    j["least"] = write(rule.bounds.least);
    j["most"] = write(rule.bounds.most);
  }
  if (!rule.message.empty()) j["message"] = rule.message;
  return j;
}

void read(const json& j, OntologyRule& rule) {
  rule = read_rule({j, ""});
}

json write(const JobDefinition& job) {
  return {{"name", job.name}, {"attributes", list_of(job.attributes)}, {"rules", list_of(job.rules)}};
}

void read(const json& j, JobDefinition& job) {
  job = read_job({j, ""});
}

}  // namespace labels_json

Result<Ontology> ontology_from_json(std::string_view text) {
  try {
    const labels_json::json j = labels_json::json::parse(text);
    return labels_json::read_ontology({j, ""});
  } catch (const labels_json::json::parse_error& error) {
    return fail(ErrorCode::malformed, fmt::format("no sound JSON: {}", error.what()),
                Where{{}, {}, error.byte});
  } catch (const std::exception& error) {
    return fail(ErrorCode::malformed, error.what());
  }
}

std::string to_json(const Ontology& ontology) {
  using labels_json::json, labels_json::write;
  json j = write(ontology.job);
  json classes = json::array();
  for (const OntologyClass& one : ontology.classes) {
    json written = write(one.definition);
    if (one.id) written["id"] = one.id->value;
    classes.push_back(std::move(written));
  }
  j["classes"] = std::move(classes);
  return j.dump(2);
}

}  // namespace sweepmark
