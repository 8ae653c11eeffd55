#include <set>

#include "core/assist/interpolate.hpp"
#include "core/commands/exchange.hpp"
#include "tests/core/commands/commands_fixture.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using nlohmann::json;
using test::CommandsTest;

// Every command of the registry, whoever adds it.
TEST_F(CommandsTest, ContractHoldsForEveryCommand) {
  std::set<std::string_view> names;
  must_run("box.create", {{"class", "Car"}, {"sweep", 0}, {"box", box(12)}});
  must_run("keyframe.set", {{"track", 1}, {"sweep", 9}, {"box", box(14)}});
  must_run("box.create", {{"class", "Trailer"}, {"sweep", 0}, {"box", box(18, 8)}});
  must_run("relation.add", {{"kind", "tows"}, {"from", 1}, {"to", 2}});
  const Document before = document_;
  for (const Command& command : all_commands()) {
    SCOPED_TRACE(command.name);
    EXPECT_TRUE(names.insert(command.name).second) << "two commands of one name";
    EXPECT_FALSE(command.title.empty());
    for (const ArgumentSpec& argument : command.arguments)
      EXPECT_FALSE(argument.description.empty()) << argument.name;
    const json example = json::parse(command.example);
    ASSERT_TRUE(check_arguments(command, example)) << to_string(check_arguments(command, example).error());
    EXPECT_EQ(std::ranges::count(command.arguments, "follows", &ArgumentSpec::name), 0)
        << "the log has a word of that name of its own, see session/history.hpp";
    const auto patch = command.plan({document_, drive_}, example);
    ASSERT_TRUE(patch) << to_string(patch.error());
    Document changed = document_;
    ASSERT_TRUE(apply_patch(changed, *patch));
    ASSERT_TRUE(apply_patch(changed, inverted(*patch)));
    EXPECT_TRUE(changed == before) << "undo does not lead back";
    EXPECT_TRUE(document_ == before) << "planning changed the document";
    for (const ArgumentSpec& argument : command.arguments) {
      if (!argument.required) continue;
      json without = example;
      without.erase(std::string(argument.name));
      EXPECT_FALSE(check_arguments(command, without)) << argument.name;
    }
  }
}

TEST_F(CommandsTest, CreateMakesARigidTrackOfTheClass) {
  must_run("box.create", {{"class", "car"}, {"sweep", 3}, {"box", box(12)}});
  EXPECT_EQ(track().keyframes.size(), 1u);
  EXPECT_EQ(track().keyframes[0].time.ns, 300'000'000);
  EXPECT_EQ(track().properties.size, Eigen::Vector3d(4.2, 1.8, 1.5));
  must_run("box.create", {{"class", "Pedestrian"}, {"time_ns", 100'000'000}, {"box", box(5)}});
  EXPECT_FALSE(track(2).properties.size);
}

TEST_F(CommandsTest, AKeyframeResizesTheWholeRigidTrackAndKeepsTheOtherCentres) {
  must_run("box.create", {{"class", "Car"}, {"sweep", 0}, {"box", box(12)}});
  must_run("keyframe.set", {{"track", 1}, {"sweep", 5}, {"box", box(14, 4.6)}});
  EXPECT_EQ(track().properties.size->x(), 4.6);
  EXPECT_EQ(box_at(track(), drive_.trajectory, {0})->box.size.x(), 4.6);
  EXPECT_EQ(box_at(track(), drive_.trajectory, {0})->box.centre().x(), 12.0);
}

TEST_F(CommandsTest, AKeyframeEndsAnAbsenceAtItsMomentOnly) {
  must_run("box.create", {{"class", "Car"}, {"sweep", 0}, {"box", box(12)}});
  must_run("keyframe.set", {{"track", 1}, {"sweep", 9}, {"box", box(12)}});
  must_run("track.set_absent",
           {{"track", 1}, {"first_ns", 200'000'000}, {"last_ns", 600'000'000}, {"absent", true}});
  EXPECT_TRUE(track().absent_at({400'000'000}));
  must_run("keyframe.set", {{"track", 1}, {"sweep", 4}, {"box", box(13)}});
  EXPECT_FALSE(track().absent_at({400'000'000}));
  EXPECT_TRUE(track().absent_at({300'000'000}));
  EXPECT_TRUE(track().absent_at({500'000'000}));
  must_run("track.set_absent", {{"track", 1}, {"first_ns", 0}, {"last_ns", 900'000'000}, {"absent", false}});
  EXPECT_TRUE(track().properties.absences.empty());
}

TEST_F(CommandsTest, TheLastKeyframeTakesTheTrackWithIt) {
  must_run("box.create", {{"class", "Car"}, {"sweep", 0}, {"box", box(12)}});
  must_run("keyframe.remove", {{"track", 1}, {"sweep", 0}});
  EXPECT_TRUE(document_.tracks.empty());
}

TEST_F(CommandsTest, PointsAreLabelledByRunsAndUnlabelled) {
  must_run("points.label", {{"class", "Car"}, {"instance", 7}, {"sweep", 2}, {"runs", {{0, 10}, {50, 5}}}});
  EXPECT_EQ(document_.point_labels.at({200'000'000}).labelled(), 15u);
  must_run("points.label", {{"class", "none"}, {"sweep", 2}, {"runs", {{0, 100}}}});
  EXPECT_TRUE(document_.point_labels.empty());
  EXPECT_FALSE(run("points.label", {{"class", "Car"}, {"sweep", 2}, {"runs", {{5, 5}, {7, 1}}}}));
  EXPECT_FALSE(run("points.label", {{"class", "Car"}, {"sweep", 2}, {"runs", {{0, 4000000000u}}}}));
}

TEST_F(CommandsTest, ImportKeepsGapsNamesAndUnknownClasses) {
  std::vector<TruthBox> boxes;
  for (const int sweep : {0, 1, 5})
    boxes.push_back({drive_.sweeps[static_cast<std::size_t>(sweep)].time,
                     "abc",
                     "Tram",
                     upright_box(Point<Ego>(10.0 + sweep, 0, 0), 0.0, {30, 2.6, 3.4}),
                     {{"occluded", "1"}},
                     -1});
  const auto document = imported(new_document(), drive_, boxes, "test");
  ASSERT_TRUE(document) << to_string(document.error());
  const Track& tram = *document->tracks.begin()->second;
  EXPECT_EQ(document->taxonomy.at(tram.properties.class_id).name, "Tram");
  EXPECT_EQ(tram.properties.attributes.at("source_id"), "abc");
  EXPECT_FALSE(box_at(tram, drive_.trajectory, drive_.sweeps[3].time)) << "the source has no box there";
  const auto out = labelled_boxes(*document, drive_);
  ASSERT_EQ(out.size(), 3u);
  EXPECT_EQ(out[2].sweep, 5u);
  EXPECT_EQ(out[2].track_name, "abc");
  EXPECT_EQ(out[2].origin, Origin::imported);
  EXPECT_EQ(out[2].attributes, (Attributes{{"occluded", "1"}}));
}

TEST_F(CommandsTest, ImportRefusesTwoBoxesOfOneObjectAtOneMoment) {
  const TruthBox box{
      drive_.sweeps[0].time, "a", "Car", upright_box(Point<Ego>(1, 2, 3), 0, {4, 2, 1}), {}, -1};
  const auto document = imported(new_document(), drive_, {box, box}, "test");
  ASSERT_FALSE(document);
  EXPECT_NE(document.error().message.find("'a'"), std::string::npos);
}

TEST_F(CommandsTest, RelationsGoOutAsOpenLabelAndComeBack) {
  must_run("box.create", {{"class", "Car"}, {"sweep", 0}, {"box", box(12)}});
  must_run("box.create", {{"class", "Trailer"}, {"sweep", 0}, {"box", box(18, 8)}});
  must_run("relation.add", {{"kind", "tows"}, {"from", 1}, {"to", 2}});
  const std::set<Relation> relations = document_.relations;
  const test::TemporaryFolder folder;
  const LabelFormat& format = *label_format_named("openlabel");
  drive_.root = folder / "drive";
  ASSERT_TRUE(export_labels(document_, drive_, format, folder / "a.json"));
  const auto back = read_labels(format, folder / "a.json", drive_);
  ASSERT_TRUE(back) << to_string(back.error());
  document_ = new_document();
  must_run("import.boxes", import_arguments(*back, "a.json"));
  EXPECT_EQ(document_.relations, relations);
  EXPECT_NE(error_of("import.boxes", {{"boxes", json::array()},
                                      {"relations", {{{"kind", "tows"}, {"from", "1"}, {"to", "2"}}}}})
                .find("objects that have boxes"),
            std::string::npos);
}

TEST_F(CommandsTest, ExportRefusesToWriteIntoTheDrive) {
  drive_.root = std::filesystem::temp_directory_path();
  const LabelFormat refusing{
      "none",
      "",
      {},
      [](const LabelExport&, const std::filesystem::path&, const Progress&) -> Result<void> {
        ADD_FAILURE() << "the writer was called";
        return {};
      },
      nullptr,
      nullptr};
  EXPECT_FALSE(export_labels(document_, drive_, refusing, drive_.root / "labels"));
}

}  // namespace
}  // namespace sweepmark
