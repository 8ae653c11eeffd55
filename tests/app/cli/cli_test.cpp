
#include <gtest/gtest.h>

#include <fstream>

#include "app/cli/measure.hpp"
#include "tests/app/cli/ctl.hpp"
#include "tests/support/real_data.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using nlohmann::json;

using test::ctl;
using test::Ran;

// A drive of three sweeps in the KITTI tracking layout.
class CliTest : public testing::Test {
 protected:
  CliTest() {
    const std::vector<float> points = {5, 1, 0, 0.5f, 6, 1, 0, 0.25f, 7, -1, 0.5f, 0.75f};
    const std::string_view bytes(reinterpret_cast<const char*>(points.data()), points.size() * sizeof(float));
    for (const char* name : {"000000", "000001", "000002"})
      folder_.write(std::string("root/training/velodyne/0000/") + name + ".bin", bytes);
  }
  std::string root() const { return (folder_ / "root").string(); }
  std::string script(std::string_view content) const { return folder_.write("script.txt", content).string(); }

  test::TemporaryFolder folder_;
};

TEST_F(CliTest, EveryCommandHasHelpWithExamples) {
  for (const CliCommand& command : cli_commands()) {
    const Ran ran = ctl({std::string(command.name), "--help"});
    EXPECT_EQ(ran.code, 0) << command.name;
    EXPECT_NE(ran.out.find("sweepmarkctl " + std::string(command.name)), std::string::npos) << ran.out;
  }
  for (const Measure& measure : measures()) {
    const Ran ran = ctl({"measure", std::string(measure.name), "--help"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_NE(ran.out.find("--json"), std::string::npos);
  }
  EXPECT_EQ(ctl({}).code, 2);
  EXPECT_EQ(ctl({"fly"}).code, 2);
  EXPECT_EQ(ctl({"info"}).code, 2);
}

TEST_F(CliTest, InfoDescribesADrive) {
  const Ran ran = ctl({"info", root(), "--check", "--json"});
  ASSERT_EQ(ran.code, 0) << ran.messages;
  const json drive = ran.object()["drives"][0];
  EXPECT_EQ(drive["drive"], "0000");
  EXPECT_EQ(drive["sweeps"], 3);
  EXPECT_EQ(drive["check"]["points"], 9);
}

TEST_F(CliTest, InfoOfADamagedSweepGoesOnAndSaysSo) {
  folder_.write("root/training/velodyne/0000/000001.bin", "not sixteen bytes a row");
  const Ran ran = ctl({"info", root(), "--check", "--json"});
  EXPECT_EQ(ran.code, 1);
  const json check = ran.object()["drives"][0]["check"];
  EXPECT_EQ(check["points"], 6);
  ASSERT_EQ(check["unreadable_sweeps"].size(), 1u);
  EXPECT_NE(check["unreadable_sweeps"][0].get<std::string>().find("000001.bin"), std::string::npos);
}

TEST_F(CliTest, ErrorsAreJsonWithJson) {
  const Ran ran = ctl({"info", (folder_ / "nothing").string(), "--json"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_EQ(ran.object()["error"]["code"], "not found");
  EXPECT_EQ(ran.object()["error"]["file"], (folder_ / "nothing").string());
}

constexpr std::string_view two_keyframes =
    "# a car that drives off\n"
    "box.create {\"class\": \"Car\", \"sweep\": 0, \"box\": {\"centre\": [10, 0, 0], \"size\": [4, 2, 1.5], "
    "\"yaw\": 0}}\n"
    "\n"
    "keyframe.set {\"track\": 1, \"sweep\": 2, \"box\": {\"centre\": [14, 0, 0], \"size\": [4, 2, 1.5], "
    "\"yaw\": 0}}\n";

TEST_F(CliTest, RunsAScriptAndTheLogTellsOfIt) {
  const Ran ran = ctl({"run", root(), "--script", script(two_keyframes), "--author", "anna", "--json"});
  ASSERT_EQ(ran.code, 0) << ran.messages;
  EXPECT_EQ(ran.object()["revision"], 2);
  const Ran log = ctl({"log", root(), "--json"});
  ASSERT_EQ(log.code, 0) << log.messages;
  EXPECT_EQ(log.object()["commits"][1]["command"], "keyframe.set");
  EXPECT_EQ(log.object()["commits"][1]["author"], "anna");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "root.0000.sweepmark")) << "beside the drive, not in it";
}

TEST_F(CliTest, AScriptThatFailsNamesTheLineAndKeepsWhatCameBefore) {
  const Ran ran =
      ctl({"run", root(), "--script",
           script(std::string(two_keyframes) + "track.remove {\"track\": 9}\ntrack.remove {\"track\": 1}\n"),
           "--json"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.object()["revision"], 2);
  EXPECT_NE(ran.messages.find("script.txt:5"), std::string::npos) << ran.messages;
}

TEST_F(CliTest, ExportsAndImportsInEveryFormat) {
  ASSERT_EQ(ctl({"run", root(), "--script", script(two_keyframes)}).code, 0);
  for (const char* format : {"kitti-object", "kitti-tracking", "openlabel"}) {
    SCOPED_TRACE(format);
    const std::string target =
        (folder_ / (std::string("out/") + format + (format == std::string("openlabel") ? ".json" : "")))
            .string();
    const Ran exported = ctl({"export", root(), "--format", format, target, "--json"});
    ASSERT_EQ(exported.code, 0) << exported.messages;
    EXPECT_EQ(exported.object()["boxes"], 3);
    EXPECT_FALSE(exported.object()["losses"].empty());
    const Ran again = ctl({"import", root(), target, "--layer", std::string("from-") + format, "--json"});
    ASSERT_EQ(again.code, 0) << again.messages;
    EXPECT_EQ(again.object()["boxes"], 3);
  }
  EXPECT_EQ(ctl({"export", root(), "--format", "stone-tablet", "x"}).code, 2);
  EXPECT_EQ(ctl({"export", root(), "--format", "openlabel", root() + "/labels.json"}).code, 3)
      << "inside the drive";
}

TEST_F(CliTest, OntologiesAreShownReplacedAndChecked) {
  const Ran odd = ctl({"run", root(), "--script",
                       script(R"(box.create {"class": "Car", "sweep": 0, "box": {"centre": [9, 0, 0],
"size": [2.98, 33.49, 0.1], "yaw": 0}})"
                              "\n"),
                       "--json"});
  EXPECT_EQ(odd.code, 1) << "a command stands on one line";
  const Ran placed =
      ctl({"run", root(), "--script",
           script(R"(box.create {"class": "Car", "sweep": 0, "box": {"centre": [9, 0, 0], "size": [2.98, )"
                  R"(33.49, 0.1], "yaw": 0}})"),
           "--json"});
  ASSERT_EQ(placed.code, 0) << placed.messages;
  EXPECT_NE(placed.object()["results"][0]["warnings"][0].get<std::string>().find("33.49 m wide"),
            std::string::npos);
  const Ran checked = ctl({"ontology", root(), "check", "--json"});
  EXPECT_EQ(checked.code, 1);
  EXPECT_EQ(checked.object()["findings"][0]["rule"], "size");
  const Ran listed = ctl({"ontology", root(), "list", "--json"});
  EXPECT_EQ(listed.object()["presets"].size(), 5u);
  const Ran preset = ctl({"ontology", root(), "preset", "nuscenes", "--json"});
  ASSERT_EQ(preset.code, 0) << preset.messages;
  EXPECT_EQ(preset.object()["kept"], json::array({"Car"})) << "an object is of it";
  const Ran shown = ctl({"ontology", root(), "show", "--json"});
  ASSERT_EQ(shown.code, 0) << shown.messages;
  const std::string file = folder_.write("ours.json", shown.out).string();
  const Ran loaded = ctl({"ontology", root(), "load", file, "--json"});
  ASSERT_EQ(loaded.code, 0) << loaded.messages;
  EXPECT_FALSE(loaded.object()["committed"].get<bool>()) << "what show writes, load takes";
  const Ran wrong =
      ctl({"ontology", root(), "load", folder_.write("wrong.json", R"({"classes": [{}]})").string()});
  EXPECT_EQ(wrong.code, 3);
  EXPECT_NE(wrong.messages.find("/classes/0/name"), std::string::npos) << wrong.messages;
  EXPECT_NE(wrong.messages.find("wrong.json"), std::string::npos) << wrong.messages;
  EXPECT_EQ(ctl({"ontology", root(), "preset", "moon"}).code, 3);
  EXPECT_EQ(ctl({"ontology", root(), "load"}).code, 2);
  EXPECT_EQ(ctl({"ontology", root(), "dance"}).code, 2);
}

TEST_F(CliTest, RecoverRefusesToOverwrite) {
  ASSERT_EQ(ctl({"run", root(), "--script", script(two_keyframes)}).code, 0);
  const std::string labels = (folder_ / "root.0000.sweepmark").string(),
                    saved = (folder_ / "saved.sweepmark").string();
  EXPECT_EQ(ctl({"recover", labels, labels}).code, 2);
  const Ran recovered = ctl({"recover", labels, saved, "--json"});
  ASSERT_EQ(recovered.code, 0) << recovered.messages;
  EXPECT_EQ(recovered.object()["commits_saved"], 2);
  EXPECT_EQ(ctl({"log", root(), "--labels", saved, "--json"}).object()["revision"], 2);
}

TEST_F(CliTest, MeasureInterpolationOnRealTracksReachesTheHermiteBaseline) {
  SWEEPMARK_NEEDS_REAL_DATA("av2/csv");
  const Ran ran = ctl({"measure", "interpolation", test::real_data("av2/csv").string(), "--stride", "5",
                       "--stride", "20", "--json"});
  ASSERT_EQ(ran.code, 0) << ran.messages;
  std::map<std::tuple<std::string, int, bool>, double> mean;
  const json object = ran.object();
  for (const json& row : object["rows"])
    mean[{row["method"], row["stride"], row["moving"]}] = row["mean_iou"];
  EXPECT_GE((mean[{"smooth-time-world", 5, true}]), 0.990);
  EXPECT_GE((mean[{"smooth-time-world", 20, true}]), 0.902);
  EXPECT_GE((mean[{"smooth-time-world", 20, false}]), 0.972);
  EXPECT_LT((mean[{"linear-index-ego", 20, true}]), 0.7);
}

}  // namespace
}  // namespace sweepmark
