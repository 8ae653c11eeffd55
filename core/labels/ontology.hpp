// What a labelling job asks for: classes, attributes and rules. docs/ontology.md
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/labels/relation.hpp"
#include "core/labels/taxonomy.hpp"

namespace sweepmark {

enum class RuleKind {
  relation,   // every object of the class has `relation` to an object of class `to`
  attribute,  // every object of the class has `attribute` set
  size,       // every box of the class lies within `bounds`
};

// Classes are named, not numbered: a rule outlives a change of ids.
struct OntologyRule {
  RuleKind kind = RuleKind::relation;
  std::string name;        // short, for findings: "cyclist-rides"
  std::string class_name;  // whom it binds
  RelationKind relation = RelationKind::rides;
  std::string to;         // class at the other end; empty: any
  std::string attribute;  // of RuleKind::attribute
  SizeBounds bounds;      // of RuleKind::size
  std::string message;    // what to tell the annotator; empty: made from the rest
  bool operator==(const OntologyRule&) const = default;
};

// What holds for a whole job, beside its classes.
struct JobDefinition {
  std::string name;                             // "KITTI"
  std::vector<AttributeDefinition> attributes;  // of every class
  std::vector<OntologyRule> rules;
  bool operator==(const JobDefinition&) const = default;
};

struct OntologyClass {
  std::optional<ClassId> id;  // wanted where it is free, for formats that number their classes
  ClassDefinition definition;
  bool operator==(const OntologyClass&) const = default;
};

struct Ontology {
  JobDefinition job;
  std::vector<OntologyClass> classes;
  bool operator==(const Ontology&) const = default;
};

// The attributes a new document starts with: how much of an object is hidden, for each sweep. Like the
// default classes it is where every log begins and never changes.
JobDefinition default_job();

// Reads an ontology as docs/ontology.md describes it. Errors name the place by JSON pointer:
// "/classes/3/usual_size: three numbers above 0 expected, found [4, 2]". Names must be distinct; rules must
// name classes and attributes that are there.
Result<Ontology> ontology_from_json(std::string_view text);
std::string to_json(const Ontology& ontology);

}  // namespace sweepmark
