// Attributes, ontologies and what imports make of them.
#include "core/commands/exchange.hpp"
#include "core/drive/trajectory_of.hpp"
#include "core/labels/attributes_at.hpp"
#include "core/labels/ontology_presets.hpp"
#include "tests/core/commands/commands_fixture.hpp"

namespace sweepmark {
namespace {

using nlohmann::json;

class OntologyCommandsTest : public test::CommandsTest {
 protected:
  void SetUp() override {
    must_run("box.create", {{"class", "Car"}, {"sweep", 0}, {"box", box(12)}});
    must_run("keyframe.set", {{"track", 1}, {"sweep", 9}, {"box", box(21)}});
  }
  std::string occluded(std::size_t sweep) {
    const Attributes there = attributes_at(track(), time(sweep));
    const auto found = there.find("occluded");
    return found == there.end() ? "" : found->second;
  }
  json preset(const char* name) {
    for (const OntologyPreset& one : ontology_presets())
      if (one.name == name) return {{"ontology", json::parse(one.text)}};
    return {};
  }
};

TEST_F(OntologyCommandsTest, AnAttributeHoldsUntilItIsSaidOtherwiseAndPinsNoBox) {
  must_run("track.set_attribute", {{"track", 1}, {"sweep", 3}, {"name", "occluded"}, {"value", "1"}});
  EXPECT_EQ(track().keyframes.size(), 2u);
  EXPECT_EQ(occluded(2), "");
  EXPECT_EQ(occluded(3), "1");
  EXPECT_EQ(occluded(9), "1");
  must_run("track.set_attribute",
           {{"track", 1}, {"sweep", 5}, {"to_sweep", 6}, {"name", "occluded"}, {"value", "2"}});
  EXPECT_EQ(occluded(4), "1");
  EXPECT_EQ(occluded(6), "2");
  EXPECT_EQ(occluded(7), "1") << "as it was";
  must_run("track.set_attribute", {{"track", 1}, {"sweep", 3}, {"name", "occluded"}, {"value", ""}});
  EXPECT_EQ(occluded(4), "");
  EXPECT_EQ(occluded(6), "2");
}

TEST_F(OntologyCommandsTest, AnIntervalLeadsBackToWhatTheTrackHas) {
  must_run("track.set_attribute", {{"track", 1}, {"name", "occluded"}, {"value", "0"}});
  must_run("track.set_attribute",
           {{"track", 1}, {"sweep", 2}, {"to_sweep", 4}, {"name", "occluded"}, {"value", "2"}});
  EXPECT_EQ(occluded(4), "2");
  EXPECT_EQ(occluded(5), "0");
  must_run("track.set_attribute", {{"track", 1}, {"name", "occluded"}, {"value", "1"}});
  EXPECT_EQ(occluded(5), "1") << "follows the track";
}

TEST_F(OntologyCommandsTest, ValuesAreHeldToTheirDefinitions) {
  const std::string error =
      error_of("track.set_attribute", {{"track", 1}, {"sweep", 0}, {"name", "occluded"}, {"value", "7"}});
  EXPECT_NE(error.find("0, 1, 2, 3"), std::string::npos) << error;
  must_run("track.set_attribute", {{"track", 1}, {"sweep", 0}, {"name", "Occluded"}, {"value", "1"}});
  EXPECT_EQ(occluded(0), "1") << "under its own name";
  must_run("track.set_attribute", {{"track", 1}, {"name", "my note"}, {"value", "anything"}});
  EXPECT_FALSE(run("track.set_attribute",
                   {{"track", 1}, {"sweep", 4}, {"to_sweep", 2}, {"name", "occluded"}, {"value", "1"}}));
  EXPECT_FALSE(
      run("track.set_attribute", {{"track", 1}, {"to_sweep", 2}, {"name", "occluded"}, {"value", "1"}}));
}

TEST_F(OntologyCommandsTest, ClassesKeepTheirIdsByNameAndThoseInUseStay) {
  const ClassId car = track().properties.class_id;
  for (const OntologyPreset& one : ontology_presets()) {
    SCOPED_TRACE(one.name);
    must_run("ontology.set", preset(std::string(one.name).c_str()));
    ASSERT_TRUE(document_.taxonomy.contains(car)) << "an object is of it";
    const auto ontology = ontology_preset(one.name);
    for (const OntologyClass& wanted : ontology->classes) {
      const ClassId id = class_named(document_.taxonomy, wanted.definition.name);
      ASSERT_NE(id.value, 0) << wanted.definition.name;
      EXPECT_EQ(document_.taxonomy.at(id), wanted.definition);
    }
  }
  must_run("ontology.set", preset("kitti"));
  EXPECT_EQ(class_named(document_.taxonomy, "Car"), car);
  EXPECT_EQ(class_named(document_.taxonomy, "moving-bus").value, 0) << "nothing is of it";
}

TEST_F(OntologyCommandsTest, NumbersOfPointClassesAreTakenWhereTheyAreFree) {
  document_ = new_document();
  must_run("ontology.set", preset("semantickitti"));
  EXPECT_EQ(class_named(document_.taxonomy, "road"), ClassId(40));
  EXPECT_EQ(class_named(document_.taxonomy, "moving-car"), ClassId(252));
  EXPECT_EQ(class_named(document_.taxonomy, "car"), ClassId(1)) << "as Car was";
}

TEST_F(OntologyCommandsTest, AWrongOntologyNamesThePlace) {
  const std::string error =
      error_of("ontology.set", {{"ontology", {{"classes", {{{"name", "Car"}, {"usual_size", {4, 2}}}}}}}});
  EXPECT_NE(error.find("/classes/0/usual_size"), std::string::npos) << error;
}

TEST_F(OntologyCommandsTest, ImportedAttributesBecomeEventsUnderTheOntologysNames) {
  std::vector<TruthBox> boxes;
  const std::vector<Attributes> said = {{{"Occluded", "1"}, {"plate", "x"}},
                                        {{"Occluded", "1"}, {"plate", "x"}},
                                        {{"Occluded", "2"}, {"plate", "x"}},
                                        {{"plate", "x"}}};
  for (std::size_t i = 0; i < said.size(); ++i)
    boxes.push_back({time(i), "a", "Car", upright_box(Point<Ego>(10, 0, 0), 0.0, {4, 2, 1.5}), said[i], -1});
  const auto document = imported(new_document(), drive_, boxes, "test");
  ASSERT_TRUE(document) << to_string(document.error());
  const Track& car = *document->tracks.begin()->second;
  EXPECT_EQ(car.properties.attributes.at("plate"), "x");
  EXPECT_EQ(car.attribute_events.size(), 3u);
  const auto out = labelled_boxes(*document, drive_);
  ASSERT_EQ(out.size(), 4u);
  EXPECT_EQ(out[1].attributes, (Attributes{{"occluded", "1"}, {"plate", "x"}}));
  EXPECT_EQ(out[2].attributes, (Attributes{{"occluded", "2"}, {"plate", "x"}}));
  EXPECT_EQ(out[3].attributes, (Attributes{{"plate", "x"}}));
}

TEST_F(OntologyCommandsTest, ImportNamesTheClassForWhichNoNumberIsLeft) {
  must_run("class.set", {{"id", 65535}, {"name", "Last"}});
  const auto document =
      imported(document_, drive_,
               {{time(0), "a", "Tram", upright_box(Point<Ego>(1, 2, 3), 0, {9, 2, 3}), {}, -1}}, "");
  ASSERT_FALSE(document);
  EXPECT_NE(document.error().message.find("'Tram'"), std::string::npos);
}

TEST_F(OntologyCommandsTest, EstimatedMotionServesADriveThatRecordedNone) {
  const json poses = {{"poses",
                       {{{"time_ns", 0}, {"translation", {0, 0, 0}}, {"rotation", {1, 0, 0, 0}}},
                        {{"time_ns", time(9).ns}, {"translation", {18, 0, 0}}, {"rotation", {1, 0, 0, 0}}}}}};
  const auto recorded = labelled_boxes(document_, drive_);
  must_run("ego.set_estimated", poses);
  EXPECT_EQ(&trajectory_of(document_, drive_), &drive_.trajectory) << "the drive's own comes first";
  EXPECT_EQ(labelled_boxes(document_, drive_)[4].box.centre().x(), recorded[4].box.centre().x());
  drive_.trajectory = {};
  EXPECT_EQ(trajectory_of(document_, drive_).source(), PoseSource::estimated);
  EXPECT_NEAR(with_trajectory_of(document_, drive_).trajectory.world_from_ego(time(9)).translation().x(), 18,
              1e-12);
  must_run("ego.clear_estimated", json::object());
  EXPECT_EQ(trajectory_of(document_, drive_).source(), PoseSource::none);
  for (const char* wrong :
       {R"([])", R"([1])", R"([{"time_ns": 0, "translation": [0, 0], "rotation": [1, 0, 0, 0]}])",
        R"([{"time_ns": 0, "translation": [0, 0, 0], "rotation": [2, 0, 0, 0]}])",
        R"([{"time_ns": 5, "translation": [0, 0, 0], "rotation": [1, 0, 0, 0]},
            {"time_ns": 5, "translation": [0, 0, 0], "rotation": [1, 0, 0, 0]}])"})
    EXPECT_FALSE(run("ego.set_estimated", {{"poses", json::parse(wrong)}})) << wrong;
}

}  // namespace
}  // namespace sweepmark
