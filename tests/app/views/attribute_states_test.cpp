#include "app/gui/attribute_states.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace sweepmark::gui {
namespace {

using Source = AttributeState::Source;

AttributeDefinition definition(const char* name, AttributeScope scope) {
  AttributeDefinition made;
  made.name = name;
  made.scope = scope;
  return made;
}

Document with_attributes() {
  Document document = new_document();
  document.job.attributes = {definition("hidden", AttributeScope::frame),
                             definition("parked", AttributeScope::track)};
  document.job.attributes[0].default_value = "0";
  document.job.attributes[1].required = true;
  return document;
}

Track ten_seconds() {
  Track track;
  track.id = TrackId{1};
  track.properties.class_id = ClassId{1};
  track.keyframes = {{{0}, {}, Origin::human, {}}, {{100}, {}, Origin::human, {}}};
  return track;
}

const AttributeState& named(const std::vector<AttributeState>& states, const std::string& name) {
  return *std::ranges::find(states, name, [](const AttributeState& state) { return state.definition.name; });
}

TEST(AttributeStates, TellWhereAValueComesFrom) {
  const Document document = with_attributes();
  Track track = ten_seconds();
  const auto hidden = [&](std::int64_t ns) {
    return named(attribute_states(document, track, {ns}), "hidden");
  };
  EXPECT_EQ(hidden(50).source, Source::usual);
  EXPECT_EQ(hidden(50).value, "0");
  track.properties.attributes["hidden"] = "1";
  EXPECT_EQ(hidden(50).source, Source::object);
  EXPECT_FALSE(hidden(50).set_here());  // it changes from sweep to sweep: nothing was set at this one
  track.attribute_events[{{40}, "hidden"}] = "2";
  EXPECT_EQ(hidden(39).source, Source::object);
  EXPECT_EQ(hidden(40).source, Source::here);
  EXPECT_TRUE(hidden(40).set_here());
  EXPECT_EQ(hidden(50).source, Source::earlier);
  EXPECT_EQ(hidden(50).since, TimestampNs{40});
  track.attribute_events[{{60}, "hidden"}] = "";
  EXPECT_EQ(hidden(60).source, Source::here);
  EXPECT_EQ(hidden(60).value, "1");
  EXPECT_EQ(hidden(70).source, Source::object);
}

TEST(AttributeStates, OfTheWholeObjectAreSetAtEverySweep) {
  const Document document = with_attributes();
  Track track = ten_seconds();
  EXPECT_TRUE(named(attribute_states(document, track, {50}), "parked").missing());
  track.properties.attributes["parked"] = "true";
  const auto states = attribute_states(document, track, {50});
  EXPECT_FALSE(named(states, "parked").missing());
  EXPECT_TRUE(named(states, "parked").set_here());
}

TEST(AttributeStates, LeaveWhatTheOntologyDoesNotKnowToItself) {
  Track track = ten_seconds();
  track.properties.attributes = {{"Hidden", "1"}, {"source_id", "abc"}};
  EXPECT_EQ(unknown_attributes(with_attributes(), track, {0}), (Attributes{{"source_id", "abc"}}));
}

TEST(AttributeSpans, HoldUntilTheNextSayingOrTheEndOfTheObject) {
  Track track = ten_seconds();
  track.keyframes[0].attributes["hidden"] = "1";
  track.attribute_events[{{20}, "hidden"}] = "1";
  track.attribute_events[{{40}, "hidden"}] = "2";
  track.attribute_events[{{70}, "hidden"}] = "";
  track.attribute_events[{{90}, "far"}] = "yes";
  track.attribute_events[{{200}, "far"}] = "no";
  const std::vector<AttributeSpan> spans = attribute_spans(track);
  ASSERT_EQ(spans.size(), 3u);
  EXPECT_EQ(spans[0].name, "far");
  EXPECT_EQ(spans[0].during.last, TimestampNs{100});
  EXPECT_EQ(spans[1].value, "1");
  EXPECT_EQ(spans[1].during.first, TimestampNs{0});
  EXPECT_EQ(spans[1].during.last, TimestampNs{39});
  EXPECT_EQ(spans[2].value, "2");
  EXPECT_EQ(spans[2].during.last, TimestampNs{69});
}

// What the inspector shows is what holds.
RC_GTEST_PROP(AttributeStates, AgreeWithWhatHolds, ()) {
  const Document document = with_attributes();
  Track track = ten_seconds();
  const auto value = [] { return std::string(*rc::gen::element("", "1", "2")); };
  for (int i = *rc::gen::inRange(0, 6); i > 0; --i)
    track.attribute_events[{{*rc::gen::inRange<std::int64_t>(0, 100)}, "hidden"}] = value();
  if (*rc::gen::arbitrary<bool>()) track.keyframes[0].attributes["hidden"] = value();
  if (*rc::gen::arbitrary<bool>()) track.properties.attributes["hidden"] = "3";
  const TimestampNs time{*rc::gen::inRange<std::int64_t>(0, 110)};
  RC_ASSERT(named(attribute_states(document, track, time), "hidden").value ==
            attributes_at(document, track, time).at("hidden"));
}

}  // namespace
}  // namespace sweepmark::gui
