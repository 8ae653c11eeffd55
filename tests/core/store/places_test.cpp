#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <functional>

#include "tests/core/store/store_helpers.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using namespace test;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  return names;
}

TEST(Places, TheTemporaryFolderAndProcAreLocal) {
  TemporaryFolder folder;
  EXPECT_EQ(file_system_kind(folder / "not/there/yet"), FileSystemKind::local);
  EXPECT_EQ(file_system_kind("/proc/self"), FileSystemKind::local);
}

TEST(Places, ANetworkFileSystemGetsNoWriteAheadLog) {
  TemporaryFolder folder;
  const auto file = folder / "x.sweepmark";
  auto store = must_open(file, {.pretend_file_system = FileSystemKind::network});
  EXPECT_THAT(store->notices(), ElementsAre(testing::AllOf(HasSubstr("network"), HasSubstr(file.string()))));
  fill(*store, 1, 5);
  EXPECT_FALSE(fs::exists(file.string() + "-wal"));
  EXPECT_FALSE(fs::exists(file.string() + "-shm"));
  auto second = must_open(file, {.pretend_file_system = FileSystemKind::network});
  ASSERT_TRUE(second->append(main_layer, Revision{5}, numbered_commit(6)));  // and it can be shared
  fill(*store, 7, 7);
}

TEST(Places, AFileMovesBetweenLocalAndNetworkDisks) {
  TemporaryFolder folder;
  const auto file = folder / "x.sweepmark";
  EXPECT_EQ(in_child([&] {
              auto store = must_open(file);
              fill(*store, 1, 5);
              ::kill(::getpid(), SIGKILL);  // its log is left behind
              return 0;
            }),
            -SIGKILL);
  ASSERT_TRUE(fs::exists(file.string() + "-wal"));
  {
    auto store = must_open(file, {.pretend_file_system = FileSystemKind::network});
    fill(*store, 6, 9);
    EXPECT_FALSE(fs::exists(file.string() + "-wal"));
  }
  auto store = must_open(file);
  EXPECT_TRUE(fs::exists(file.string() + "-wal"));
  EXPECT_EQ(store->commits(main_layer, Revision{0}, 100)->size(), 9u);
}

TEST(Places, TakingAFileOverFromAnOpenLogSaysWhoIsInTheWay) {
  TemporaryFolder folder;
  auto local = must_open(folder / "x.sweepmark");
  fill(*local, 1, 2);
  const auto refused =
      open_sqlite_store(folder / "x.sweepmark", {.pretend_file_system = FileSystemKind::network});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("another window"));
  fill(*local, 3, 4);
}

// A child that opens the file, says so, and holds it until its pipe is closed or it is killed.
class OtherWindow {
 public:
  explicit OtherWindow(const fs::path& file) {
    int to_child[2], from_child[2];
    EXPECT_EQ(::pipe(to_child) + ::pipe(from_child), 0);
    child_ = ::fork();
    if (child_ == 0) {
      ::close(to_child[1]);
      auto store = must_open(file);
      char byte = 'x';
      if (::write(from_child[1], &byte, 1) != 1) ::_exit(1);
      (void)!::read(to_child[0], &byte, 1);
      store.reset();
      ::_exit(0);
    }
    ::close(to_child[0]);
    ::close(from_child[1]);
    hold_ = to_child[1];
    char byte = 0;
    EXPECT_EQ(::read(from_child[0], &byte, 1), 1);
    ::close(from_child[0]);
  }
  ~OtherWindow() { close(); }
  OtherWindow(const OtherWindow&) = delete;
  OtherWindow& operator=(const OtherWindow&) = delete;

  pid_t process() const { return child_; }
  void kill() {
    ::kill(child_, SIGKILL);
    close();
  }
  void close() {
    if (hold_ < 0) return;
    ::close(hold_);
    hold_ = -1;
    ::waitpid(child_, nullptr, 0);
  }

 private:
  pid_t child_;
  int hold_ = -1;
};

TEST(TwoWindows, AreToldOfEachOtherAndNeitherIsHindered) {
  TemporaryFolder folder;
  const auto file = folder / "x.sweepmark";
  OtherWindow other(file);
  {
    auto store = must_open(file);
    EXPECT_THAT(store->notices(), ElementsAre(testing::AllOf(HasSubstr("another window"),
                                                             HasSubstr(std::to_string(other.process())))));
    fill(*store, 1, 3);
    other.close();
    EXPECT_THAT(store->notices(), IsEmpty());  // seen at once, not only when the file is opened
  }
  EXPECT_THAT(names_in(folder.path()), ElementsAre("x.sweepmark"));  // nothing is left beside the file
}

TEST(TwoWindows, AKilledOneLeavesNoStaleNotice) {
  TemporaryFolder folder;
  const auto file = folder / "x.sweepmark";
  {
    OtherWindow other(file);
    other.kill();
    EXPECT_TRUE(fs::exists(file.string() + ".lock"));
  }
  EXPECT_THAT(must_open(file)->notices(), IsEmpty());
  EXPECT_FALSE(fs::exists(file.string() + ".lock"));
}

TEST(TwoWindows, AReaderIsToldOfAWriter) {
  TemporaryFolder folder;
  auto writer = must_open(folder / "x.sweepmark");
  fill(*writer, 1, 1);
  auto reader = must_open(folder / "x.sweepmark", {.read_only = true});
  EXPECT_THAT(reader->notices(), Contains(HasSubstr("another window")));
  EXPECT_THAT(writer->notices(), IsEmpty());  // a reader changes nothing, so nobody need know
  fill(*writer, 2, 2);
  EXPECT_EQ(reader->head(main_layer)->value, 2);
}

class GoneFile : public testing::TestWithParam<FileSystemKind> {
 protected:
  void expect_refused(LabelStore& store, std::int64_t next) const {
    const auto refused = store.append(main_layer, Revision{next - 1}, numbered_commit(next));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::not_found);
    EXPECT_EQ(refused.error().where.file, file_);
    EXPECT_THAT(refused.error().message, HasSubstr("moved, deleted or replaced"));
    EXPECT_FALSE(store.set_fact("a", "b"));
    EXPECT_FALSE(store.save_snapshot(main_layer, {Revision{1}, "d"}));
  }

  TemporaryFolder folder_;
  fs::path file_ = folder_ / "x.sweepmark", elsewhere_ = folder_ / "moved.sweepmark";
  SqliteOptions options_{.pretend_file_system = GetParam()};
};

TEST_P(GoneFile, AMovedOneHoldsWhatWasSavedAndGoesOnWhenItIsBack) {
  auto store = must_open(file_, options_);
  fill(*store, 1, 3);
  fs::rename(file_, elsewhere_);
  expect_refused(*store, 4);
  EXPECT_FALSE(fs::exists(file_));
  fs::copy_file(elsewhere_, folder_ / "copy");  // alone, without the log that stayed behind
  EXPECT_EQ(must_open(folder_ / "copy", options_)->head(main_layer)->value, 3);
  fs::rename(elsewhere_, file_);
  fill(*store, 4, 5);
  store.reset();
  EXPECT_EQ(must_open(file_, options_)->head(main_layer)->value, 5);
}

TEST_P(GoneFile, ADeletedOneAcknowledgesNothingMore) {
  auto store = must_open(file_, options_);
  fill(*store, 1, 3);
  fs::remove(file_);
  expect_refused(*store, 4);
  EXPECT_EQ(store->commits(main_layer, Revision{0}, 10)->size(), 3u);  // still there to be exported
  store.reset();
  EXPECT_FALSE(fs::exists(file_));
}

TEST_P(GoneFile, WhatCameToItsPlaceIsLeftAlone) {
  auto store = must_open(file_, options_);
  fill(*store, 1, 3);
  fs::rename(file_, elsewhere_);
  expect_refused(*store, 4);
  auto newcomer = must_open(file_, options_);
  fill(*newcomer, 1, 1);
  expect_refused(*store, 4);
  store.reset();  // must not take the newcomer's log with it
  fill(*newcomer, 2, 2);
  EXPECT_EQ(must_open(file_, options_)->head(main_layer)->value, 2);
  EXPECT_EQ(must_open(elsewhere_, options_)->head(main_layer)->value, 3);
}

TEST_P(GoneFile, AWindowInAnotherFolderStillFindsItsFile) {
  const fs::path before = fs::current_path();
  fs::current_path(folder_.path());
  auto store = must_open("x.sweepmark", options_);
  fs::current_path(before);
  fill(*store, 1, 3);
}

INSTANTIATE_TEST_SUITE_P(, GoneFile, testing::Values(FileSystemKind::local, FileSystemKind::network),
                         [](const auto& kind) {
                           return kind.param == FileSystemKind::local ? "WriteAheadLog" : "RollbackJournal";
                         });

TEST(ReadOnly, ReadsAndRefusesToAppend) {
  TemporaryFolder folder;
  const auto file = folder / "x y#1%?.sweepmark";
  EXPECT_EQ(open_sqlite_store(file, {.read_only = true}).error().code, ErrorCode::not_found);
  { fill(*must_open(file), 1, 3); }
  {
    auto store = must_open(file, {.read_only = true});
    EXPECT_EQ(store->commits(main_layer, Revision{0}, 10)->size(), 3u);
    const auto refused = store->append(main_layer, Revision{3}, numbered_commit(4));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::read_only);
    EXPECT_EQ(refused.error().where.file, file);
    EXPECT_EQ(store->set_fact("a", "b").error().code, ErrorCode::read_only);
    EXPECT_EQ(store->save_snapshot(main_layer, {Revision{3}, "d"}).error().code, ErrorCode::read_only);
  }
  EXPECT_EQ(names_in(folder.path()).size(), 1u);
}

// Runs `body` as somebody who may only read `folder`, also where the tests are run by root.
int as_a_reader(const fs::path& folder, const std::function<int()>& body) {
  ::chmod(folder.c_str(), 0555);
  for (const auto& entry : fs::directory_iterator(folder)) ::chmod(entry.path().c_str(), 0444);
  const int status = in_child([&] {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return 99;
    return body();
  });
  ::chmod(folder.c_str(), 0755);
  return status;
}

TEST(ReadOnly, AFileInAFolderWithoutRoomForALog) {
  TemporaryFolder folder;
  const auto file = folder / "x y#1%?.sweepmark";
  { fill(*must_open(file), 1, 3); }
  EXPECT_EQ(as_a_reader(folder.path(),
                        [&] {
                          auto store = must_open(file, {.read_only = true});
                          if (store->commits(main_layer, Revision{0}, 10)->size() != 3) return 1;
                          if (store->append(main_layer, Revision{3}, numbered_commit(4)).error().code !=
                              ErrorCode::read_only)
                            return 2;
                          const auto refused = open_sqlite_store(file);
                          if (refused || refused.error().code != ErrorCode::read_only ||
                              refused.error().where.file != file)
                            return 3;
                          return open_sqlite_store(folder / "new").error().code == ErrorCode::read_only ? 0
                                                                                                        : 4;
                        }),
            0);
  EXPECT_EQ(names_in(folder.path()).size(), 1u);
}

TEST(ReadOnly, CommitsThatOnlyTheLogHasAreSeen) {
  TemporaryFolder folder;
  const auto file = folder / "x.sweepmark";
  EXPECT_EQ(in_child([&] {
              auto store = must_open(file);
              fill(*store, 1, 5);
              ::kill(::getpid(), SIGKILL);
              return 0;
            }),
            -SIGKILL);
  fs::remove(file.string() + "-shm");
  EXPECT_EQ(as_a_reader(folder.path(),
                        [&] {
                          auto store = must_open(file, {.read_only = true});
                          return static_cast<int>(store->commits(main_layer, Revision{0}, 10)->size());
                        }),
            5);
}

}  // namespace
}  // namespace sweepmark
