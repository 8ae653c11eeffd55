#include "core/session/labels_path.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>
#include <string>

#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using test::TemporaryFolder;
using testing::HasSubstr;
namespace fs = std::filesystem;

Drive drive_at(const fs::path& root, const std::string& name) {
  Drive drive;
  drive.root = root;
  drive.name = name;
  return drive;
}

LabelsPlaces places_in(const TemporaryFolder& folder, bool writable) {
  return {folder / "home/labels", [writable](const fs::path&) { return writable; }};
}

TEST(LabelsPath, LiesBesideTheDriveAndNeverInIt) {
  TemporaryFolder folder;
  fs::create_directories(folder / "data/log7");
  const auto beside = fs::canonical(folder / "data") / "log7.sweepmark";
  for (const fs::path& root : {folder / "data/log7", folder / "data/log7/", folder / "data/../data/./log7"}) {
    const auto path = default_labels_path(drive_at(root, "log7"));
    EXPECT_EQ(path.file, beside) << root;
    EXPECT_EQ(path.notice, "");
  }
  EXPECT_EQ(default_labels_path(drive_at(folder / "data/log7", "0052")).file,
            beside.parent_path() / "log7.0052.sweepmark");
  EXPECT_EQ(default_labels_path(drive_at(folder / "data/log7", "../../etc/x")).file,
            beside.parent_path() / "log7...-..-etc-x.sweepmark");
  EXPECT_FALSE(fs::exists(beside));  // asking makes nothing
}

TEST(LabelsPath, OfADriveThatIsAFileLosesItsExtension) {
  TemporaryFolder folder;
  const auto file = folder.write("run.json", "{}");
  EXPECT_EQ(default_labels_path(drive_at(file, "run")).file, fs::canonical(folder.path()) / "run.sweepmark");
  EXPECT_EQ(default_labels_path(drive_at(file, "run.json")).file,
            fs::canonical(folder.path()) / "run.sweepmark");
}

TEST(LabelsPath, ALinkAndItsTargetAreOneDrive) {
  TemporaryFolder folder;
  fs::create_directories(folder / "data/log7");
  fs::create_directory_symlink(folder / "data/log7", folder / "link");
  EXPECT_EQ(default_labels_path(drive_at(folder / "link", "log7")).file,
            fs::canonical(folder / "data") / "log7.sweepmark");
}

TEST(LabelsPath, GoesToTheUsersFolderWhereThePlaceCannotBeWrittenTo) {
  TemporaryFolder folder;
  fs::create_directories(folder / "a/log7");
  fs::create_directories(folder / "b/log7");
  std::set<fs::path> files;
  for (const char* place : {"a/log7", "b/log7"}) {
    const auto path = default_labels_path(drive_at(folder / place, "log7"), places_in(folder, false));
    EXPECT_EQ(path.file.parent_path(), folder / "home/labels");
    EXPECT_THAT(path.notice,
                testing::AllOf(HasSubstr("cannot be written to"), HasSubstr(path.file.string())));
    EXPECT_EQ(default_labels_path(drive_at(folder / place, "log7"), places_in(folder, false)).file,
              path.file);  // and stays
    files.insert(path.file);
  }
  EXPECT_EQ(files.size(), 2u);
  EXPECT_TRUE(fs::is_directory(folder / "home/labels"));
}

TEST(LabelsPath, SaysSoWhereLabelsLieBesideThatCannotBeWrittenTo) {
  TemporaryFolder folder;
  fs::create_directories(folder / "data/log7");
  folder.write("data/log7.sweepmark", "");
  const auto path = default_labels_path(drive_at(folder / "data/log7", "log7"), places_in(folder, false));
  EXPECT_THAT(path.notice, testing::AllOf(HasSubstr("log7.sweepmark"), HasSubstr("stay as they are")));
}

TEST(LabelsPath, LabelsBegunInTheUsersFolderAreNotLostFromSight) {
  TemporaryFolder folder;
  fs::create_directories(folder / "data/log7");
  const Drive drive = drive_at(folder / "data/log7", "log7");
  const fs::path begun = default_labels_path(drive, places_in(folder, false)).file;
  folder.write(begun.lexically_relative(folder.path()), "labels");
  EXPECT_EQ(default_labels_path(drive, places_in(folder, true)).file, begun);
  EXPECT_THAT(default_labels_path(drive, places_in(folder, true)).notice, HasSubstr("move the file"));
  folder.write("data/log7.sweepmark", "labels");
  EXPECT_EQ(default_labels_path(drive, places_in(folder, true)).file,
            fs::canonical(folder / "data") / "log7.sweepmark");
}

// Asked of the system, as somebody who may only read, also where the tests are run by root.
TEST(LabelsPath, OfADriveOnAReadOnlyMediumIsTheUsersFolder) {
  TemporaryFolder folder;
  ::chmod(folder.path().c_str(), 0755);
  fs::create_directories(folder / "medium/log7");
  fs::create_directories(folder / "home");
  ::chmod((folder / "home").c_str(), 0777);
  ::chmod((folder / "medium").c_str(), 0555);
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(99);
    ::setenv("XDG_DATA_HOME", (folder / "home").c_str(), 1);
    const LabelsPath path = default_labels_path(drive_at(folder / "medium/log7", "log7"));
    const bool named = path.notice.find((folder / "medium").string()) != std::string::npos &&
                       path.notice.find(path.file.string()) != std::string::npos;
    ::_exit(path.file.parent_path() != folder / "home/sweepmark/labels" ? 1 : !named ? 2 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  ::chmod((folder / "medium").c_str(), 0755);
}

TEST(LabelsPath, AParentThatIsNoFolderCountsAsNotWritable) {
  TemporaryFolder folder;
  const auto file = folder.write("file", "not a folder");
  const auto of_user = LabelsPlaces::of_this_user();
  EXPECT_FALSE(of_user.can_write(file / "log7.sweepmark"));
  EXPECT_FALSE(of_user.can_write(folder / "not/there/log7.sweepmark"));
  EXPECT_TRUE(of_user.can_write(folder / "log7.sweepmark"));
}

TEST(LabelsPath, TheRootOfAllFoldersHasNothingBesideIt) {
  TemporaryFolder folder;
  EXPECT_EQ(default_labels_path(drive_at("/", "x"), places_in(folder, true)).file.parent_path(),
            folder / "home/labels");
}

}  // namespace
}  // namespace sweepmark
