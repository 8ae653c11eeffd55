// What every reader, writer and format promises, whichever there are.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "core/formats/cloud_reader.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/formats/label_format.hpp"
#include "tests/support/small_drive.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

template <class Members>
void expect_named(const Members& members) {
  std::set<std::string_view> names;
  ASSERT_FALSE(members.empty());
  for (const auto& entry : members) {
    EXPECT_FALSE(entry.name.empty());
    EXPECT_FALSE(entry.description.empty()) << entry.name;
    EXPECT_EQ(entry.description.find('\n'), std::string_view::npos) << entry.name;
    EXPECT_TRUE(names.insert(entry.name).second) << "two are called " << entry.name;
  }
}

TEST(FormatRegistries, EveryMemberHasAnOwnNameAndALineAboutIt) {
  expect_named(cloud_readers());
  expect_named(drive_readers());
  expect_named(label_formats());
}

// Paths that are nobody's: missing, empty, random, and a folder of such.
std::vector<std::filesystem::path> strange_paths(const test::TemporaryFolder& folder) {
  std::mt19937 random(11);
  std::vector<std::filesystem::path> paths = {folder / "missing", folder / "missing.json",
                                              folder.write("empty.txt", "")};
  for (const char* name : {"noise", "noise.txt", "noise.json", "noise.xml", "noise.csv", "noise.bin",
                           "noise.pcd", "noise.ply"}) {
    std::string bytes(5000, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    paths.push_back(folder.write(name, bytes));
    paths.push_back(folder.write(std::string("inside/") + name, bytes));
  }
  paths.push_back(folder / "inside");
  return paths;
}

TEST(FormatRegistries, ProbesOfStrangePathsStayInRangeAndOfMissingOnesAreZero) {
  const test::TemporaryFolder folder;
  for (const auto& path : strange_paths(folder)) {
    const bool exists = std::filesystem::exists(path);
    for (const DriveReader& reader : drive_readers()) {
      const int score = reader.probe(path);
      EXPECT_TRUE(score >= 0 && score <= 100 && (exists || score == 0))
          << reader.name << " " << path << " " << score;
    }
    for (const LabelFormat& format : label_formats()) {
      const int score = format.probe(path);
      EXPECT_TRUE(score >= 0 && score <= 100 && (exists || score == 0))
          << format.name << " " << path << " " << score;
    }
  }
  EXPECT_EQ(cloud_reader_for(folder / "missing.pcd"), nullptr);
}

TEST(FormatRegistries, OpeningStrangePathsIsAnErrorWithAPlaceAndAMessage) {
  const test::TemporaryFolder folder;
  for (const auto& path : strange_paths(folder))
    for (const DriveReader& reader : drive_readers()) {
      const auto drive = reader.open(path, "no such drive");
      ASSERT_FALSE(drive) << reader.name << " " << path;
      EXPECT_FALSE(drive.error().message.empty());
      EXPECT_FALSE(drive.error().where.file.empty()) << reader.name << " " << path;
      if (const auto listings = reader.list(path); listings && reader.names) {
        std::vector<std::string> listed;
        for (const DriveListing& listing : *listings) listed.push_back(listing.name);
        EXPECT_EQ(reader.names(path), listed) << reader.name << " " << path;
      }
    }
}

TEST(FormatRegistries, ReadingLabelsFromStrangeFilesIsAnErrorThatNamesThem) {
  const test::TemporaryFolder folder;
  const Drive drive = test::small_drive();
  for (const auto& source : {folder / "missing", folder.write("noise", std::string(400, '\x81'))})
    for (const LabelFormat& format : label_formats()) {
      const auto boxes = format.read(source, drive);
      ASSERT_FALSE(boxes) << format.name << " took " << source;
      EXPECT_FALSE(boxes.error().message.empty()) << format.name;
      EXPECT_FALSE(boxes.error().where.file.empty()) << format.name;
    }
}

TEST(FormatRegistries, EmptyCloudFilesAreErrorsThatNameTheFile) {
  for (const CloudReader& reader : cloud_readers()) {
    const auto cloud = reader.read({}, "some/empty.file");
    ASSERT_FALSE(cloud) << reader.name;
    EXPECT_EQ(cloud.error().where.file, "some/empty.file") << reader.name;
    EXPECT_GE(reader.probe("empty.file", ""), 0);
  }
}

TEST(FormatRegistries, WritersSayWhatTheyLoseAndReadBackWhatTheyWrite) {
  const Drive drive = test::small_drive();
  const Taxonomy taxonomy;
  LabelledBox box{3,          drive.sweeps[3].time,
                  TrackId(1), "1",
                  "Car",      upright_box(Point<Ego>(12, 1, 0.5), 0.4, {4, 2, 1.5}),
                  true,       Origin::human,
                  {}};
  for (const LabelFormat& format : label_formats()) {
    for (const std::string_view loss : format.declared_losses)
      EXPECT_TRUE(loss.size() > 20 && loss.ends_with('.')) << format.name << ": " << loss;
    const test::TemporaryFolder folder;
    const auto written = format.write({drive, taxonomy, {box}}, folder / "out", {});
    if (!written) {
      EXPECT_FALSE(written.error().message.empty()) << format.name;
      continue;
    }
    const auto read = format.read(folder / "out", drive);
    ASSERT_TRUE(read) << format.name << ": " << to_string(read.error());
    ASSERT_EQ(read->size(), 1u) << format.name;
    EXPECT_EQ(read->front().time, box.time) << format.name;
    EXPECT_NEAR((read->front().box.centre().metres - box.box.centre().metres).norm(), 0.0, 0.05)
        << format.name;
    EXPECT_NEAR(read->front().box.yaw(), 0.4, 0.01) << format.name;
  }
}

TEST(LabelFormats, NothingGoesIntoTheDriveByWhateverPath) {
  const test::TemporaryFolder folder;
  std::filesystem::create_directories(folder / "log/lidar");
  std::filesystem::create_directories(folder / "log2");
  std::filesystem::create_directory_symlink(folder / "log", folder / "link");
  Drive drive = test::small_drive();
  drive.root = folder / "log";
  for (const char* inside : {"log", "log/", "log/labels/a.json", "link/lidar/x", "log2/../log/x"}) {
    const auto refused = check_outside_drive(folder / inside, drive);
    ASSERT_FALSE(refused) << inside;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(refused.error().where.file, folder / inside);
  }
  for (const char* outside : {"log2", "log.sweepmark", "labels", "log/../labels", "logs/x"})
    EXPECT_TRUE(check_outside_drive(folder / outside, drive)) << outside;
  drive.root = folder / "link";
  EXPECT_FALSE(check_outside_drive(folder / "log/x", drive));
  drive.root.clear();
  EXPECT_TRUE(check_outside_drive(folder / "log", drive));
}

}  // namespace
}  // namespace sweepmark
