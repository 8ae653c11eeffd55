#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "core/formats/drive_reader.hpp"
#include "core/formats/json_file.hpp"
#include "core/formats/label_format.hpp"
#include "tests/support/small_drive.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using testing::HasSubstr;

const LabelFormat& format() {
  return *label_format_named("openlabel");
}

double arbitrary_number(int limit) {
  return *rc::gen::inRange(-limit, limit) +
         *rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 52) * std::ldexp(1.0, -52);
}

LabelledBox arbitrary_box(const Drive& drive, std::size_t sweep, std::uint32_t track) {
  Eigen::Quaterniond q(arbitrary_number(10), arbitrary_number(10), arbitrary_number(10), 0.5);
  LabelledBox box;
  box.sweep = sweep;
  box.time = drive.sweeps[sweep].time;
  box.track = TrackId(track);
  box.track_name = "track " + std::to_string(track);
  box.class_name = track % 2 ? "Car" : "Pedestrian";
  box.box = {
      Pose<Ego, BoxLocal>(q, {arbitrary_number(80), arbitrary_number(80), arbitrary_number(5)}),
      Eigen::Vector3d(arbitrary_number(9), arbitrary_number(9), arbitrary_number(9)).cwiseAbs().array() +
          0.1};
  box.keyframe = *rc::gen::arbitrary<bool>();
  box.origin = *rc::gen::element(Origin::human, Origin::imported, Origin::automatic);
  box.attributes = {{"occluded", std::to_string(sweep)}, {"say \"ü\"", "a\nb"}};
  return box;
}

// The declared losses and nothing else: what remains is the same to the last bit.
RC_GTEST_PROP(OpenLabelLabels, ComeBackAsTheyWereWritten, ()) {
  const Drive drive = test::small_drive();
  std::vector<LabelledBox> boxes;
  for (std::size_t sweep = 0; sweep < drive.sweeps.size(); ++sweep)
    for (std::uint32_t track = 1; track <= 12; ++track)
      if (*rc::gen::inRange(0, 3) == 0) boxes.push_back(arbitrary_box(drive, sweep, track));
  const test::TemporaryFolder folder;
  const Taxonomy taxonomy;
  RC_ASSERT(format().write({drive, taxonomy, boxes}, folder / "new" / "labels.json", {}).has_value());
  RC_ASSERT(format().probe(folder / "new" / "labels.json") > 90);
  const auto read = format().read(folder / "new", drive);
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->size() == boxes.size());
  for (const LabelledBox& written : boxes) {
    const auto found = std::ranges::find_if(
        *read, [&](const TruthBox& b) { return b.time == written.time && b.track == written.track_name; });
    RC_ASSERT(found != read->end());
    RC_ASSERT(found->class_name == written.class_name);
    RC_ASSERT(found->box.pose.translation() == written.box.pose.translation());
    RC_ASSERT(found->box.pose.rotation().coeffs() == written.box.pose.rotation().coeffs());
    RC_ASSERT(found->box.size == written.box.size);
    Attributes expected = written.attributes;
    expected["keyframe"] = written.keyframe ? "true" : "false";
    expected["origin"] = written.origin == Origin::human      ? "human"
                         : written.origin == Origin::imported ? "imported"
                                                              : "automatic";
    RC_ASSERT(found->attributes == expected);
  }
}

Drive rig_drive() {
  Drive drive = test::small_drive();
  drive.rig = {};
  drive.rig.add(Lidar{SensorId("top"), Pose<Ego, Sensor>(rotation_about_z(0.1), {1, 2, 3})});
  CameraSensor camera{SensorId("front"),
                      "front",
                      Pose<Ego, Camera>(Eigen::Quaterniond(0.5, -0.5, 0.5, -0.5), {1.5, 0, 1}),
                      {},
                      true};
  camera.intrinsics = {LensModel::pinhole, 640, 480, 500.25, 501, 320, 240, {0.1, 0.2, 0.3, 0.4}};
  drive.rig.add(camera);
  return drive;
}

LabelledBox one_box(const Drive& drive, std::size_t sweep) {
  LabelledBox box{sweep, drive.sweeps[sweep].time, TrackId(3), "3", "Car", {}, true, Origin::human, {}};
  box.box = upright_box(Point<Ego>(10, 1, 0.5), 0.25, {4, 2, 1.5});
  return box;
}

// The exported file is a drive of its own, without points: times, poses, sensors and boxes are all in it.
TEST(OpenLabelLabels, TheFileStandsAlone) {
  const Drive drive = rig_drive();
  const test::TemporaryFolder folder;
  const Taxonomy taxonomy;
  ASSERT_TRUE(format().write({drive, taxonomy, {one_box(drive, 4)}}, folder / "labels", {}));
  const auto alone = open_drive(folder / "labels" / "openlabel.json");
  ASSERT_TRUE(alone) << to_string(alone.error());
  ASSERT_EQ(alone->sweeps.size(), drive.sweeps.size());
  for (std::size_t i = 0; i < drive.sweeps.size(); ++i) {
    EXPECT_EQ(alone->sweeps[i].time, drive.sweeps[i].time);
    EXPECT_EQ(alone->trajectory.world_from_ego(drive.sweeps[i].time).translation(),
              drive.trajectory.world_from_ego(drive.sweeps[i].time).translation());
  }
  EXPECT_EQ(alone->rig.ego_from(SensorId("top")).translation(), Eigen::Vector3d(1, 2, 3));
  EXPECT_EQ(alone->rig.camera(SensorId("front"))->intrinsics,
            drive.rig.camera(SensorId("front"))->intrinsics);
  const auto truth = alone->read_truth();
  ASSERT_TRUE(truth) << to_string(truth.error());
  ASSERT_EQ(truth->size(), 1u);
  EXPECT_EQ(truth->front().time, drive.sweeps[4].time);
  EXPECT_EQ(truth->front().box.pose.rotation().coeffs(), one_box(drive, 4).box.pose.rotation().coeffs());
  EXPECT_FALSE(alone->read_sweep(0));
}

TEST(OpenLabelLabels, RelationsAndConfidenceAreWrittenAndReadBack) {
  const Drive drive = rig_drive();
  const test::TemporaryFolder folder;
  const Taxonomy taxonomy;
  LabelledBox car = one_box(drive, 2), trailer = one_box(drive, 2);
  trailer.track = TrackId(4);
  trailer.track_name = "4";
  trailer.origin = Origin::automatic;
  trailer.confidence = 0.75;
  const std::set<Relation> relations = {{RelationKind::tows, TrackId(3), TrackId(4)},
                                        {RelationKind::tows, TrackId(3), TrackId(99)}};
  ASSERT_TRUE(format().write({drive, taxonomy, {car, trailer}, relations}, folder / "a.json", {}));
  const auto json = read_json(folder / "a.json");
  ASSERT_TRUE(json) << to_string(json.error());
  const Json& written = (*json)["openlabel"]["relations"];
  ASSERT_EQ(written.size(), 1u) << "the other object has no box";
  EXPECT_EQ(written["0"]["type"], "tows");
  EXPECT_EQ(written["0"]["rdf_subjects"][0]["uid"], "3");
  EXPECT_EQ(written["0"]["rdf_objects"][0]["uid"], "4");
  const auto read = format().read(folder / "a.json", drive);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->back().attributes.at("confidence"), "0.75");
  EXPECT_FALSE(read->front().attributes.contains("confidence"));
  const auto whole = read_labels(format(), folder / "a.json", drive);
  ASSERT_TRUE(whole) << to_string(whole.error());
  EXPECT_EQ(whole->relations,
            (std::vector<NamedRelation>{{RelationKind::tows, car.track_name, trailer.track_name}}));
}

TEST(OpenLabelLabels, RelationsOfOtherToolsThatAreNoneOfOursAreLeftOut) {
  const Drive drive = rig_drive();
  const test::TemporaryFolder folder;
  const Taxonomy taxonomy;
  ASSERT_TRUE(format().write({drive, taxonomy, {one_box(drive, 2)}}, folder / "a.json", {}));
  auto json = read_json(folder / "a.json");
  ASSERT_TRUE(json);
  const Json end = Json::array({{{"uid", "3"}, {"type", "object"}}});
  (*json)["openlabel"]["relations"] = {
      {"0", {{"type", "isNear"}, {"rdf_subjects", end}, {"rdf_objects", end}}},
      {"1", {{"type", "tows"}, {"rdf_subjects", end}}},
      {"2", {{"type", "tows"}, {"rdf_subjects", end}, {"rdf_objects", Json::array({{{"uid", "99"}}})}}},
      {"3", {{"type", "tows"}, {"rdf_subjects", 7}, {"rdf_objects", Json::array({{{"uid", 3}}})}}},
      {"4", {{"type", "tows"}, {"rdf_subjects", end}, {"rdf_objects", end}}},
      {"5", "nothing"}};
  folder.write("b.json", json->dump());
  const auto whole = read_labels(format(), folder / "b.json", drive);
  ASSERT_TRUE(whole) << to_string(whole.error());
  EXPECT_EQ(whole->boxes.size(), 1u);
  EXPECT_TRUE(whole->relations.empty());
}

TEST(OpenLabelLabels, HasTheShapeOfTheSpecification) {
  const Drive drive = rig_drive();
  const test::TemporaryFolder folder;
  const Taxonomy taxonomy;
  ASSERT_TRUE(format().write({drive, taxonomy, {one_box(drive, 2), one_box(drive, 3), one_box(drive, 7)}},
                             folder / "a.json", {}));
  const auto json = read_json(folder / "a.json");
  ASSERT_TRUE(json) << to_string(json.error());
  const Json& root = json->at("openlabel");
  EXPECT_EQ(root.at("metadata").at("schema_version"), "1.0.0");
  EXPECT_EQ(root.at("frame_intervals"), Json::parse(R"([{"frame_start": 0, "frame_end": 9}])"));
  EXPECT_EQ(root.at("objects").at("3").at("frame_intervals"),
            Json::parse(R"([{"frame_start": 2, "frame_end": 3}, {"frame_start": 7, "frame_end": 7}])"));
  const Json& cuboid = root.at("frames").at("2").at("objects").at("3").at("object_data").at("cuboid").at(0);
  EXPECT_EQ(cuboid.at("val").size(), 10u);
  EXPECT_EQ(cuboid.at("val").at(7), 4.0);
  EXPECT_EQ(cuboid.at("coordinate_system"), "ego");
  EXPECT_EQ(cuboid.at("attributes").at("boolean"), Json::parse(R"([{"name": "keyframe", "val": true}])"));
  EXPECT_EQ(root.at("frames").at("2").at("frame_properties").at("timestamp"), "0.200000000");
  EXPECT_EQ(root.at("coordinate_systems").at("ego").at("children"), Json::parse(R"(["top", "front"])"));
}

TEST(OpenLabelLabels, FramesTheDriveLacksAreNamed) {
  const Drive drive = test::small_drive();
  const test::TemporaryFolder folder;
  const Taxonomy taxonomy;
  ASSERT_TRUE(format().write({drive, taxonomy, {one_box(drive, 9)}}, folder / "a.json", {}));
  Drive shorter = test::small_drive();
  shorter.sweeps.pop_back();
  const auto read = format().read(folder / "a.json", shorter);
  ASSERT_FALSE(read);
  EXPECT_THAT(to_string(read.error()),
              HasSubstr("a.json: frame 9 is of 0.900000000 s, when the drive 'small' has no sweep"));
}

TEST(OpenLabelLabels, DamagedBoxesNameFrameAndObject) {
  const Drive drive = test::small_drive();
  const test::TemporaryFolder folder;
  const auto file =
      folder.write("a.json", R"({"openlabel": {"frames": {"3": {"objects": {"8": {"object_data": {"cuboid": [
      {"name": "x", "val": [1, 2, 3, 0, 0, 0, 1, 4, 2, 0]}]}}}}}, "objects": {"8": {"name": "bus 1", "type": "Bus"}}}})");
  auto read = format().read(file, drive);
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("frame 3, object 'bus 1': a cuboid of 10 or 9 numbers"));
  folder.write("a.json", R"({"openlabel": {"frames": {"3": {"objects": {"8": {"object_data": {"cuboid": [
      {"name": "x", "coordinate_system": "moon", "val": [1, 2, 3, 0, 0, 0, 1, 4, 2, 1]}]}}}}}}})");
  read = format().read(file, drive);
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("nothing leads from coordinate system 'moon'"));
  folder.write("a.json", R"({"openlabel": {"metadata": {"schema_version": "2.0"}}})");
  read = format().read(file, drive);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace sweepmark
