#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <cstdio>
#include <filesystem>
#include <vector>

#include "tests/core/store/store_helpers.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using namespace test;
namespace fs = std::filesystem;

// Appends until it is killed, and says each revision down a pipe once append has returned it.
[[noreturn]] void append_forever(const fs::path& file, int acknowledgements, const SqliteOptions& options) {
  auto store = open_sqlite_store(file, options);
  if (!store) ::_exit(2);
  for (std::int64_t head = (*store)->head(main_layer)->value;;) {
    const auto appended = (*store)->append(main_layer, Revision{head}, numbered_commit(head + 1));
    if (!appended) ::_exit(3);
    head = appended->value;
    if (::write(acknowledgements, &head, sizeof head) != sizeof head) ::_exit(4);
  }
}

// Kills the process after it has acknowledged `count` more commits; returns the last one that it
// acknowledged.
std::int64_t run_and_kill(const fs::path& file, int count, const SqliteOptions& options) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) append_forever(file, ends[1], options);
  ::close(ends[1]);
  std::int64_t revision = 0, last = 0;
  for (int i = 0; i < count && ::read(ends[0], &revision, sizeof revision) == sizeof revision; ++i)
    last = revision;
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  while (::read(ends[0], &revision, sizeof revision) == sizeof revision) last = revision;
  ::close(ends[0]);
  return last;
}

class KilledWriter : public testing::TestWithParam<FileSystemKind> {};

TEST_P(KilledWriter, LosesNothingAcknowledged) {
  TemporaryFolder folder;
  const SqliteOptions options{.pretend_file_system = GetParam()};
  for (int trial = 0; trial < 12; ++trial) {
    const std::int64_t acknowledged = run_and_kill(folder / "x.sweepmark", 1 + 7 * trial, options);
    ASSERT_GT(acknowledged, 0);
    auto store = must_open(folder / "x.sweepmark", options);
    EXPECT_GE(store->head(main_layer)->value, acknowledged);
    const auto commits = store->commits(main_layer, Revision{0}, 100000);
    ASSERT_TRUE(commits) << to_string(commits.error());
    ASSERT_GE(static_cast<std::int64_t>(commits->size()), acknowledged);
    for (std::size_t i = 0; i < commits->size(); ++i)
      expect_numbered((*commits)[i], static_cast<std::int64_t>(i + 1));
    EXPECT_THAT(store->notices(),
                testing::Not(testing::Contains(testing::HasSubstr("another window"))));  // no stale state
  }
}

INSTANTIATE_TEST_SUITE_P(, KilledWriter, testing::Values(FileSystemKind::local, FileSystemKind::network),
                         [](const auto& kind) {
                           return kind.param == FileSystemKind::local ? "WriteAheadLog" : "RollbackJournal";
                         });

// Appends until it fails; returns how many there are then.
std::int64_t fill_up(LabelStore& store, Error& error) {
  for (std::int64_t head = store.head(main_layer)->value;; ++head) {
    const auto appended = store.append(main_layer, Revision{head}, numbered_commit(head + 1));
    if (appended) continue;
    error = appended.error();
    return head;
  }
}

TEST(FullDisk, KeepsWhatWasSavedAndGoesOnWhenThereIsSpace) {
  TemporaryFolder folder;
  const auto file = folder / "x.sweepmark";
  std::int64_t full = 0;
  {
    auto store = must_open(file, {.page_limit = 60});
    Error error;
    full = fill_up(*store, error);
    EXPECT_GT(full, 20);
    EXPECT_EQ(error.code, ErrorCode::no_space);
    EXPECT_EQ(error.where.file, file);
    EXPECT_THAT(error.message, testing::AllOf(testing::HasSubstr("full"), testing::HasSubstr("safe")));
    EXPECT_EQ(store->head(main_layer)->value, full);
    expect_numbered(*store->commit(main_layer, Revision{full}), full);
    EXPECT_EQ(store->save_snapshot(main_layer, {Revision{full}, std::string(100000, 'x')}).error().code,
              ErrorCode::no_space);
    EXPECT_EQ(*store->latest_snapshot(main_layer), std::nullopt);
  }
  auto store = must_open(file);
  fill(*store, full + 1, full + 10);
  const auto commits = store->commits(main_layer, Revision{0}, 1000);
  ASSERT_TRUE(commits) << to_string(commits.error());
  ASSERT_EQ(static_cast<std::int64_t>(commits->size()), full + 10);
  for (std::size_t i = 0; i < commits->size(); ++i)
    expect_numbered((*commits)[i], static_cast<std::int64_t>(i + 1));
}

// Runs in a child: a limit on the size of files is lifted again as a user would free space, with the same
// window open.
int outlives_a_size_limit(const fs::path& file) {
  ::signal(SIGXFSZ, SIG_IGN);
  auto store = must_open(file);
  const rlimit small{400'000, RLIM_INFINITY}, unlimited{RLIM_INFINITY, RLIM_INFINITY};
  ::setrlimit(RLIMIT_FSIZE, &small);
  Error error;
  const std::int64_t full = fill_up(*store, error);
  ::setrlimit(RLIMIT_FSIZE, &unlimited);
  if (error.code != ErrorCode::no_space) return std::fprintf(stderr, "%s\n", to_string(error).c_str()), 1;
  if (full < 20 || store->head(main_layer)->value != full) return 2;
  fill(*store, full + 1, full + 200);
  const auto commits = store->commits(main_layer, Revision{0}, 10000);
  return commits && static_cast<std::int64_t>(commits->size()) == full + 200 && !testing::Test::HasFailure()
             ? 0
             : 3;
}

TEST(FullDisk, TheSameWindowGoesOn) {
  TemporaryFolder folder;
  EXPECT_EQ(in_child([&] { return outlives_a_size_limit(folder / "x.sweepmark"); }), 0);
}

// Runs in a child with mounts of its own: a file system of 1 MB that really runs full.
constexpr int not_permitted = 77;
int outlives_a_full_file_system(const fs::path& folder) {
  if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return not_permitted;
  if (::mount("none", folder.c_str(), "tmpfs", 0, "size=1m") != 0) return not_permitted;
  std::FILE* ballast = std::fopen((folder / "ballast").c_str(), "wb");
  std::fwrite(std::string(300'000, 'x').data(), 1, 300'000, ballast);
  std::fclose(ballast);
  auto store = must_open(folder / "x.sweepmark");
  Error error;
  const std::int64_t full = fill_up(*store, error);
  if (error.code != ErrorCode::no_space) return std::fprintf(stderr, "%s\n", to_string(error).c_str()), 1;
  if (full < 20 || store->head(main_layer)->value != full) return 2;
  store = must_open(folder / "x.sweepmark");  // opens on the full disk, too
  fs::remove(folder / "ballast");
  fill(*store, full + 1, full + 5);
  const auto commits = store->commits(main_layer, Revision{0}, 10000);
  return commits && static_cast<std::int64_t>(commits->size()) == full + 5 && !testing::Test::HasFailure()
             ? 0
             : 3;
}

TEST(FullDisk, OfARealFileSystem) {
  TemporaryFolder folder;
  const int status = in_child([&] { return outlives_a_full_file_system(folder.path()); });
  if (status == not_permitted) GTEST_SKIP() << "mounting is not permitted here";
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace sweepmark
