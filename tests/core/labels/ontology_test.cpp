#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/labels/attributes_at.hpp"
#include "core/labels/ontology_check.hpp"
#include "core/labels/ontology_presets.hpp"
#include "tests/support/random_labels.hpp"

namespace sweepmark {
namespace {

std::string error_of(std::string_view text) {
  const auto ontology = ontology_from_json(text);
  return ontology ? "no error" : ontology.error().message;
}

TEST(Ontology, ErrorsNameTheirPlace) {
  const std::pair<const char*, const char*> wrong[] = {
      {R"([])", "/: an object"},
      {R"({"name": "x"})", "/classes: is missing"},
      {R"({"classes": []})", "/classes: at least one"},
      {R"({"classes": [{"colour": [1, 2, 3]}]})", "/classes/0/name: is missing"},
      {R"({"classes": [{"name": ""}]})", "/classes/0/name: text"},
      {R"({"classes": [{"name": "A"}, {"name": "a"}]})", "/classes/1/name: a name of its own"},
      {R"({"classes": [{"name": "A", "id": 0}]})", "/classes/0/id"},
      {R"({"classes": [{"name": "A", "id": 3}, {"name": "B", "id": 3}]})", "/classes/1/id"},
      {R"({"classes": [{"name": "A", "color": [1, 2, 3]}]})", "/classes/0/color: is not known"},
      {R"({"classes": [{"name": "A", "colour": [1, 2, 256]}]})", "/classes/0/colour"},
      {R"({"classes": [{"name": "A", "colour": [1, 2, 2.5]}]})", "/classes/0/colour"},
      {R"({"classes": [{"name": "A", "usual_size": [4, 2]}]})", "/classes/0/usual_size"},
      {R"({"classes": [{"name": "A", "usual_size": [4, 2, 0]}]})", "/classes/0/usual_size"},
      {R"({"classes": [{"name": "A", "size_spread": [-0.5, 0, 0]}]})", "/classes/0/size_spread"},
      {R"({"classes": [{"name": "A", "size_bounds": {"least": [2, 2, 2], "most": [1, 3, 3]}}]})",
       "/classes/0/size_bounds/most"},
      {R"({"classes": [{"name": "A", "attributes": [{"name": "x", "type": "colour"}]}]})",
       "/classes/0/attributes/0/type: one of"},
      {R"({"classes": [{"name": "A"}], "attributes": [{"name": "x", "type": "choice"}]})",
       "/attributes/0/options"},
      {R"({"classes": [{"name": "A"}], "attributes": [{"name": "x", "type": "flag", "unit": "m"}]})",
       "/attributes/0/unit"},
      {R"({"classes": [{"name": "A"}], "attributes": [{"name": "x", "type": "flag", "default": "maybe"}]})",
       "/attributes/0/default"},
      {R"({"classes": [{"name": "A"}], "attributes": [{"name": "x", "type": "number", "least": 2, "most": 1}]})",
       "/attributes/0/most"},
      {R"({"classes": [{"name": "A"}], "attributes": [{"name": "x", "type": "text"},
          {"name": "X", "type": "text"}]})",
       "/attributes/1/name"},
      {R"({"classes": [{"name": "A"}], "rules": [{"kind": "relation", "name": "r", "class": "B",
          "relation": "rides"}]})",
       "/rules/0/class"},
      {R"({"classes": [{"name": "A"}], "rules": [{"kind": "relation", "name": "r", "class": "A",
          "relation": "eats"}]})",
       "/rules/0/relation"},
      {R"({"classes": [{"name": "A"}], "rules": [{"kind": "relation", "name": "r", "class": "A",
          "relation": "rides", "to": "B"}]})",
       "/rules/0/to"},
      {R"({"classes": [{"name": "A"}], "rules": [{"kind": "attribute", "name": "r", "class": "A",
          "attribute": "x"}]})",
       "/rules/0/attribute"},
      {R"({"classes": [{"name": "A"}], "rules": [{"kind": "size", "name": "r", "class": "A",
          "least": [1, 1, 1]}]})",
       "/rules/0/most: is missing"},
  };
  for (const auto& [text, place] : wrong)
    EXPECT_NE(error_of(text).find(place), std::string::npos) << text << "\n" << error_of(text);
  const auto unsound = ontology_from_json("{\"classes\": [");
  ASSERT_FALSE(unsound);
  EXPECT_TRUE(unsound.error().where.byte_offset);
}

TEST(Ontology, EveryPresetIsSoundAndSurvivesBeingWritten) {
  ASSERT_EQ(ontology_presets().size(), 5u);
  for (const OntologyPreset& preset : ontology_presets()) {
    SCOPED_TRACE(preset.name);
    const auto ontology = ontology_preset(preset.name);
    ASSERT_TRUE(ontology) << to_string(ontology.error());
    EXPECT_FALSE(ontology->job.name.empty());
    const auto again = ontology_from_json(to_json(*ontology));
    ASSERT_TRUE(again) << to_string(again.error());
    EXPECT_EQ(*again, *ontology);
    for (const OntologyClass& one : ontology->classes)
      EXPECT_TRUE(size_is_plausible(one.definition, one.definition.usual_size)) << one.definition.name;
  }
  EXPECT_NE(ontology_preset("moon").error().message.find("semantickitti"), std::string::npos);
}

TEST(Ontology, TheDefaultIsSound) {
  const Ontology ontology = ontology_of(new_document());
  const auto again = ontology_from_json(to_json(ontology));
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(*again, ontology);
}

RC_GTEST_PROP(Ontology, DocumentsAndTextAgree, ()) {
  Document document = new_document();
  RC_ASSERT(apply_patch(document, test::random_patch(document, 30)).has_value());
  document.job.rules.clear();  // random rules may name what is not there
  Ontology ontology = ontology_of(document);
  std::set<std::string> names;  // random classes may share a name
  std::erase_if(ontology.classes,
                [&](const OntologyClass& one) { return !names.insert(one.definition.name).second; });
  std::set<std::string> attributes;
  std::erase_if(ontology.job.attributes,
                [&](const AttributeDefinition& one) { return !attributes.insert(one.name).second; });
  const auto again = ontology_from_json(to_json(ontology));
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == ontology);
}

TEST(Plausibility, ABoxIsHeldToItsClass) {
  const ClassDefinition car = default_taxonomy().at(ClassId(1));
  EXPECT_TRUE(size_is_plausible(car, {3.6, 1.6, 1.4}));
  EXPECT_FALSE(size_is_plausible(car, {2.98, 33.49, 0.10}));
  EXPECT_NE(size_is_odd(car, {2.98, 33.49, 0.10}).find("33.49 m wide"), std::string::npos);
  ClassDefinition tight = car;
  tight.size_spread = {0.1, 0, 0};
  EXPECT_FALSE(size_is_plausible(tight, {3.6, 1.6, 1.4}));
  EXPECT_TRUE(size_is_plausible(tight, {4.5, 1.6, 1.4}));
  tight.size_bounds = SizeBounds{{1, 1, 1}, {5, 5, 5}};
  EXPECT_TRUE(size_is_plausible(tight, {3.6, 1.6, 1.4}));
  EXPECT_FALSE(size_is_plausible(tight, {std::nan(""), 2, 2}));
}

TEST(Attributes, LaterMomentsAndEventsHaveTheLastWord) {
  Track track{TrackId(1), {}, {}, {}};
  track.properties.attributes = {{"a", "track"}, {"b", "track"}};
  track.keyframes = {{{10}, {}, Origin::human, {{"a", "keyframe 10"}}},
                     {{30}, {}, Origin::human, {{"a", "keyframe 30"}, {"c", "30"}}}};
  track.attribute_events = {{{{10}, "a"}, "event 10"}, {{{20}, "a"}, ""}, {{{40}, "c"}, ""}};
  EXPECT_EQ(attributes_at(track, {5}), (Attributes{{"a", "track"}, {"b", "track"}}));
  EXPECT_EQ(attributes_at(track, {10}).at("a"), "event 10");
  EXPECT_EQ(attributes_at(track, {25}).at("a"), "track");
  EXPECT_EQ(attributes_at(track, {30}), (Attributes{{"a", "keyframe 30"}, {"b", "track"}, {"c", "30"}}));
  EXPECT_FALSE(attributes_at(track, {40}).contains("c"));
}

TEST(Attributes, DefaultsFillInWhatNobodySaid) {
  Document document = new_document();
  AttributeDefinition parked;
  parked.name = "parked";
  parked.type = AttributeType::flag;
  parked.default_value = "false";
  document.job.attributes.push_back(parked);
  parked.default_value = "true";
  document.taxonomy.at(ClassId(8)).attributes.push_back(parked);
  Track track{TrackId(1), {}, {}, {}};
  track.properties.class_id = ClassId(1);
  EXPECT_EQ(attributes_at(document, track, {0}).at("parked"), "false");
  track.properties.class_id = ClassId(8);
  EXPECT_EQ(attributes_at(document, track, {0}).at("parked"), "true") << "the class's own wins";
  track.properties.attributes["parked"] = "false";
  EXPECT_EQ(attributes_at(document, track, {0}).at("parked"), "false");
}

TEST(Attributes, AreSpelledAsDefined) {
  AttributeDefinition flag;
  flag.name = "is_parked";
  flag.type = AttributeType::flag;
  const std::vector<AttributeDefinition> definitions = {flag};
  EXPECT_EQ(attribute_named(definitions, "Is Parked"), &definitions[0]);
  EXPECT_EQ(attribute_named(definitions, "parked"), nullptr);
  EXPECT_EQ(spelled_as_defined(flag, "YES"), "true");
  EXPECT_EQ(spelled_as_defined(flag, "0"), "false");
  EXPECT_EQ(spelled_as_defined(flag, "perhaps"), "perhaps");
}

class Findings : public testing::Test {
 protected:
  void add(std::uint32_t id, std::uint16_t class_id, const Eigen::Vector3d& size) {
    PatchBuilder builder(document_);
    builder.set_properties(TrackId(id), {ClassId(class_id), Motion::smooth, size, {}, {}});
    builder.set_keyframe(TrackId(id), {{100}, upright_box(Point<Ego>(9, 0, 0), 0, size), Origin::human, {}});
    patch_ = std::move(builder).take();
    ASSERT_TRUE(apply_patch(document_, patch_));
  }
  std::vector<std::string> rules() {
    std::vector<std::string> names;
    for (const OntologyFinding& finding : check_ontology(document_)) names.push_back(finding.rule);
    return names;
  }
  Document document_ = new_document();
  Patch patch_;
};

TEST_F(Findings, ACyclistRidesABicycle) {
  ClassDefinition bicycle;
  bicycle.name = "Bicycle";
  bicycle.usual_size = {1.8, 0.6, 1.1};
  document_.taxonomy[ClassId(20)] = bicycle;
  OntologyRule rule;
  rule.name = "cyclist-rides";
  rule.class_name = "Cyclist";
  rule.to = "Bicycle";
  document_.job.rules = {rule};
  add(1, 6, {1.8, 0.7, 1.75});
  EXPECT_EQ(rules(), std::vector<std::string>{"cyclist-rides"});
  add(2, 1, {4.2, 1.8, 1.5});
  document_.relations = {{RelationKind::rides, TrackId(1), TrackId(2)}};
  EXPECT_EQ(rules(), std::vector<std::string>{"cyclist-rides"}) << "a car is no bicycle";
  add(3, 20, {1.8, 0.6, 1.1});
  document_.relations = {{RelationKind::rides, TrackId(1), TrackId(3)}};
  EXPECT_TRUE(rules().empty());
}

TEST_F(Findings, SizesAttributesAndUnknownClasses) {
  add(1, 1, {2.98, 33.49, 0.10});
  EXPECT_EQ(rules(), std::vector<std::string>{"size"});
  EXPECT_EQ(odd_sizes(document_, patch_).size(), 1u);
  add(1, 1, {4, 2, 1.5});
  EXPECT_TRUE(rules().empty());
  EXPECT_TRUE(odd_sizes(document_, patch_).empty());
  document_.job.attributes[0].required = true;
  EXPECT_EQ(rules(), std::vector<std::string>{"attribute"});
  PatchBuilder builder(document_);
  builder.set_attribute_event(TrackId(1), {{100}, "occluded"}, "5");
  ASSERT_TRUE(apply_patch(document_, std::move(builder).take()));
  const auto findings = check_ontology(document_);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].time, TimestampNs{100});
  EXPECT_NE(findings[0].message.find("found '5'"), std::string::npos);
  add(2, 999, {4, 2, 1.5});
  EXPECT_EQ(rules().back(), "class");
  OntologyRule small;
  small.kind = RuleKind::size;
  small.name = "small-cars";
  small.class_name = "Car";
  small.bounds = {{1, 1, 1}, {3.5, 2, 2}};
  document_.job.rules = {small};
  EXPECT_EQ(rules()[1], "small-cars");
}

}  // namespace
}  // namespace sweepmark
