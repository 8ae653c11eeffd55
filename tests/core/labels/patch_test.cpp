#include "core/labels/patch.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/random_labels.hpp"

namespace sweepmark {
namespace {

using test::random_patch;

RC_GTEST_PROP(Patch, ApplyThenInvertedIsIdentity, ()) {
  Document document = new_document();
  RC_ASSERT(apply_patch(document, random_patch(document, 25)).has_value());
  const Document before = document;
  const Patch patch = random_patch(document, 25);
  RC_ASSERT(apply_patch(document, patch).has_value());
  RC_ASSERT(apply_patch(document, inverted(patch)).has_value());
  RC_ASSERT(document == before);
}

RC_GTEST_PROP(Patch, BuilderShowsWhatThePatchDoes, ()) {
  Document document = new_document();
  PatchBuilder builder(document);
  for (int i = 0; i < 25; ++i) test::random_edit(builder);
  const Document expected = builder.document();
  RC_ASSERT(apply_patch(document, std::move(builder).take()).has_value());
  RC_ASSERT(document == expected);
}

RC_GTEST_PROP(Patch, EncodingKeepsEveryBit, ()) {
  Document document = new_document();
  const Patch patch = random_patch(document, 25);
  const std::string text = encode(patch);
  const auto decoded = decode_patch(text);
  RC_ASSERT(decoded.has_value());
  RC_ASSERT(encode(*decoded) == text);
  Document by_decoded = document;
  RC_ASSERT(apply_patch(document, patch).has_value());
  RC_ASSERT(apply_patch(by_decoded, *decoded).has_value());
  RC_ASSERT(document == by_decoded);
}

RC_GTEST_PROP(Document, SurvivesBeingWrittenAndRead, ()) {
  Document document = new_document();
  RC_ASSERT(apply_patch(document, random_patch(document, 40)).has_value());
  const auto read = document_from_json(to_json(document));
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == document);
}

RC_GTEST_PROP(Document, SnapshotsDoNotChangeUnderLaterEdits, ()) {
  Document document = new_document();
  RC_ASSERT(apply_patch(document, random_patch(document, 25)).has_value());
  const Document snapshot = document;
  const std::string text = to_json(snapshot);
  RC_ASSERT(apply_patch(document, random_patch(document, 25)).has_value());
  RC_ASSERT(to_json(snapshot) == text);
}

Patch one_keyframe(const Document& document) {
  PatchBuilder patch(document);
  patch.set_properties(TrackId(1), {ClassId(1), Motion::smooth, {}, {}, {}});
  patch.set_keyframe(TrackId(1),
                     {{100}, upright_box(Point<Ego>(1, 2, 3), 0.1, {4, 2, 1.5}), Origin::human, {}});
  return std::move(patch).take();
}

TEST(Patch, ThatDoesNotFitLeavesTheDocumentAlone) {
  Document document = new_document();
  const Patch patch = one_keyframe(document);
  ASSERT_TRUE(apply_patch(document, patch));
  const Document before = document;
  const auto again = apply_patch(document, patch);  // the track is there already
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_TRUE(document == before);
}

TEST(Patch, SaysWhatItTouched) {
  Document document = new_document();
  const auto touched = apply_patch(document, one_keyframe(document));
  ASSERT_TRUE(touched);
  EXPECT_EQ(touched->tracks, std::set{TrackId(1)});
  EXPECT_FALSE(touched->taxonomy);
  EXPECT_TRUE(touched->point_labels.empty());
}

TEST(Patch, RefusesTextThatIsNoPatch) {
  for (const char* text : {"", "{", "{}x", "[{}]", R"([{"kind":"keyframe"}])", R"([{"kind":"magic"}])", "[1]",
                           R"([{"kind":"points","sweep":1,"runs":[[1,2]]}])"})
    EXPECT_FALSE(decode_patch(text)) << text;
  EXPECT_EQ(decode_patch("[]")->size(), 0u);
}

TEST(PointLabels, ChangeOnlyTheChunksTheyTouch) {
  PointLabels labels;
  const LabelRun far{100'000, 5, 0, packed_label(3, 9)};
  labels.apply({&far, 1});
  EXPECT_EQ(labels.at(100'002), packed_label(3, 9));
  EXPECT_EQ(labels.at(99'999), 0u);
  EXPECT_EQ(labels.labelled(), 5u);
  EXPECT_EQ(class_of(labels.at(100'004)), 3);
  EXPECT_EQ(instance_of(labels.at(100'004)), 9);
}

TEST(PointLabels, RunsJoinNeighboursThatWereAlike) {
  PointLabels labels;
  const LabelRun some{4, 2, 0, 5};
  labels.apply({&some, 1});
  const std::vector<std::uint32_t> rows = {2, 3, 4, 5, 6, 9};
  const std::vector<LabelRun> expected = {{2, 2, 0, 7}, {4, 2, 5, 7}, {6, 1, 0, 7}, {9, 1, 0, 7}};
  EXPECT_EQ(labels.runs_to_set(rows, 7), expected);
  EXPECT_TRUE(labels.runs_to_set(std::vector<std::uint32_t>{4, 5}, 5).empty());
}

}  // namespace
}  // namespace sweepmark
