// What earlier versions wrote still opens: texts as the first version had them.
#include <gtest/gtest.h>

#include "core/labels/patch.hpp"

namespace sweepmark {
namespace {

constexpr const char* keyframe_text =
    R"({"time":100,"box":{"centre":[1,2,3],"size":[4,2,1.5],"rotation":[1,0,0,0]},"origin":"automatic",
        "attributes":{"occluded":"1"}})";

TEST(Compatibility, ASnapshotOfTheFirstVersionOpens) {
  const std::string text = std::string(R"({"classes":[{"id":1,"definition":{"name":"Car","colour":[1,2,3],
      "usual_size":[4.2,1.8,1.55],"rigid":true}}],
      "tracks":[{"id":7,"properties":{"class":1,"motion":"linear","size":[4,2,1.5],"absences":[[1,2]],
      "attributes":{"source_id":"a"}},"keyframes":[)") +
                           keyframe_text + R"(]}],"point_labels":[{"time":5,"runs":[[0,3,65537]]}]})";
  const auto document = document_from_json(text);
  ASSERT_TRUE(document) << to_string(document.error());
  const Track& track = *document->track(TrackId(7));
  EXPECT_EQ(track.properties.motion, Motion::linear);
  EXPECT_FALSE(track.properties.standing);
  EXPECT_TRUE(track.properties.name.empty());
  ASSERT_EQ(track.keyframes.size(), 1u);
  EXPECT_FALSE(track.keyframes[0].confidence);
  EXPECT_TRUE(track.attribute_events.empty());
  EXPECT_EQ(document->job, default_job());
  EXPECT_TRUE(document->relations.empty());
  EXPECT_FALSE(document->ego_motion);
  EXPECT_FALSE(document->taxonomy.at(ClassId(1)).size_bounds);
}

// The class as it was before the change must be the very default class, or the log would end in a conflict.
TEST(Compatibility, ALogOfTheFirstVersionIsFollowed) {
  const std::string text = std::string(R"([
      {"kind":"class","id":1,"before":{"name":"Car","colour":[86,180,233],"usual_size":[4.2,1.8,1.55],
       "rigid":true},"after":{"name":"Auto","colour":[1,2,3],"usual_size":[4,2,1.5],"rigid":true}},
      {"kind":"track","id":1,"before":null,"after":{"class":1,"motion":"smooth","size":null,"absences":[],
       "attributes":{}}},
      {"kind":"keyframe","track":1,"time":100,"before":null,"after":)") +
                           keyframe_text + R"(},
      {"kind":"points","sweep":5,"runs":[[0,3,0,65537]]}])";
  const auto patch = decode_patch(text);
  ASSERT_TRUE(patch) << to_string(patch.error());
  Document document = new_document();
  const auto touched = apply_patch(document, *patch);
  ASSERT_TRUE(touched) << to_string(touched.error());
  EXPECT_EQ(document.taxonomy.at(ClassId(1)).name, "Auto");
  ASSERT_TRUE(apply_patch(document, inverted(*patch)));
  EXPECT_TRUE(document == new_document());
}

// Where nothing of the new is used, nothing of it is written: older programs read on.
TEST(Compatibility, OldContentIsWrittenAsItWas) {
  Document document = new_document();
  PatchBuilder builder(document);
  builder.set_properties(TrackId(1), {ClassId(1), Motion::smooth, {}, {}, {}});
  builder.set_keyframe(TrackId(1),
                       {{100}, upright_box(Point<Ego>(1, 2, 3), 0.1, {4, 2, 1.5}), Origin::human, {}});
  const std::string text = encode(std::move(builder).take());
  for (const char* added : {"confidence", "standing", "\"name\"", "size_spread", "attribute_events"})
    EXPECT_EQ(text.find(added), std::string::npos) << added;
}

}  // namespace
}  // namespace sweepmark
