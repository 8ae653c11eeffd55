#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <vector>

#include "tests/core/store/store_helpers.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using namespace test;

TEST(SqliteStore, GivesBackWhatWasAppended) {
  TemporaryFolder folder;
  {
    auto store = must_open(folder / "drive.sweepmark");
    fill(*store, 1, 20);
    EXPECT_THAT(store->notices(), testing::IsEmpty());
  }
  auto store = must_open(folder / "drive.sweepmark");
  EXPECT_EQ(store->head(main_layer)->value, 20);
  const auto commits = store->commits(main_layer, Revision{5}, 7);
  ASSERT_TRUE(commits) << to_string(commits.error());
  ASSERT_EQ(commits->size(), 7u);
  for (std::size_t i = 0; i < 7; ++i) expect_numbered((*commits)[i], static_cast<std::int64_t>(6 + i));
  expect_numbered(*store->commit(main_layer, Revision{20}), 20);
  const auto infos = store->infos(main_layer, Revision{0}, std::numeric_limits<std::size_t>::max());
  ASSERT_EQ(infos->size(), 20u);
  EXPECT_EQ(infos->back().args, R"({"n":20})");
  EXPECT_EQ(store->commits(main_layer, Revision{20}, 10)->size(), 0u);
  EXPECT_EQ(store->commit(main_layer, Revision{21}).error().code, ErrorCode::not_found);
}

TEST(SqliteStore, EmptyValuesAndLargePatches) {
  TemporaryFolder folder;
  auto store = must_open(folder / "x.sweepmark");
  ASSERT_TRUE(store->append(main_layer, Revision{0}, Commit{}));
  const Commit large = numbered_commit(2, 3'000'000);
  ASSERT_TRUE(store->append(main_layer, Revision{1}, large));
  EXPECT_EQ(store->commit(main_layer, Revision{1})->patch, "");
  EXPECT_EQ(store->commit(main_layer, Revision{2})->patch, large.patch);
  Commit senseless;
  senseless.info.active_seconds = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(store->append(main_layer, Revision{2}, senseless).error().code, ErrorCode::invalid_argument);
}

TEST(SqliteStore, LayersAreLinesOfTheirOwn) {
  TemporaryFolder folder;
  auto store = must_open(folder / "x.sweepmark");
  EXPECT_THAT(*store->layers(), testing::IsEmpty());
  EXPECT_EQ(store->head(LayerName{"model"})->value, 0);
  fill(*store, 1, 3);
  ASSERT_EQ(store->append(LayerName{"model"}, Revision{0}, numbered_commit(1))->value, 1);
  EXPECT_THAT(*store->layers(), testing::ElementsAre(main_layer, LayerName{"model"}));
  EXPECT_EQ(store->head(main_layer)->value, 3);
}

TEST(SqliteStore, TwoHandlesConflictAndTheLoserSeesTheOther) {
  TemporaryFolder folder;
  auto one = must_open(folder / "x.sweepmark");
  auto two = must_open(folder / "x.sweepmark");
  fill(*one, 1, 2);
  ASSERT_TRUE(two->append(main_layer, Revision{2}, numbered_commit(3)));
  const auto lost = one->append(main_layer, Revision{2}, numbered_commit(99));
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, ErrorCode::conflict);
  EXPECT_THAT(lost.error().message, testing::HasSubstr("revision 3"));
  EXPECT_EQ(one->head(main_layer)->value, 3);
  expect_numbered(*one->commit(main_layer, Revision{3}), 3);
  EXPECT_EQ(one->append(main_layer, Revision{7}, numbered_commit(8)).error().code,
            ErrorCode::conflict);  // no gaps
  fill(*one, 4, 4);
}

TEST(SqliteStore, SnapshotsAndFacts) {
  TemporaryFolder folder;
  auto store = must_open(folder / "x.sweepmark");
  EXPECT_EQ(*store->latest_snapshot(main_layer), std::nullopt);
  fill(*store, 1, 50, 10);
  for (int revision = 10; revision <= 50; revision += 10)
    ASSERT_TRUE(
        store->save_snapshot(main_layer, {Revision{revision}, "document " + std::to_string(revision)}));
  ASSERT_TRUE(store->append(LayerName{"model"}, Revision{0}, numbered_commit(1)));
  ASSERT_TRUE(store->save_snapshot(LayerName{"model"}, {Revision{1}, "other"}));
  EXPECT_EQ((*store->latest_snapshot(main_layer))->document, "document 50");
  EXPECT_EQ((*store->latest_snapshot(main_layer))->revision.value, 50);
  EXPECT_EQ(*store->fact("drive"), std::nullopt);
  ASSERT_TRUE(store->set_fact("drive", "0052"));
  ASSERT_TRUE(store->set_fact("drive", "0053"));
  EXPECT_EQ(*must_open(folder / "x.sweepmark")->fact("drive"), "0053");
}

// Commits 51 to 60 were lost, and a snapshot of them is left.
TEST(SqliteStore, ASnapshotBeyondTheLogIsNeitherBelievedNorLost) {
  TemporaryFolder folder;
  auto store = must_open(folder / "x.sweepmark");
  fill(*store, 1, 50, 10);
  ASSERT_TRUE(store->save_snapshot(main_layer, {Revision{40}, "document 40"}));
  ASSERT_TRUE(store->save_snapshot(main_layer, {Revision{60}, "document 60"}));
  ASSERT_TRUE(*store->latest_snapshot(main_layer));
  EXPECT_EQ((*store->latest_snapshot(main_layer))->document, "document 40");
  EXPECT_THAT(store->notices(), testing::ElementsAre(testing::AllOf(testing::HasSubstr("x.sweepmark"),
                                                                    testing::HasSubstr("ends at revision 50"),
                                                                    testing::HasSubstr("revision 60"))));
  fill(*store, 51, 70, 10);  // by another way past the snapshot's revision
  EXPECT_EQ((*store->latest_snapshot(main_layer))->document, "document 40");
  EXPECT_EQ(*store->fact("snapshot beyond the log: main 60"), "document 60");
  ASSERT_TRUE(store->save_snapshot(main_layer, {Revision{70}, "document 70"}));
  EXPECT_EQ((*must_open(folder / "x.sweepmark")->latest_snapshot(main_layer))->document, "document 70");
}

TEST(SqliteStore, SeveralProcessesTakeTurns) {
  TemporaryFolder folder;
  const auto file = folder / "x.sweepmark";
  constexpr int each = 25, processes = 4;
  std::vector<pid_t> children;
  for (int p = 0; p < processes; ++p) {
    const pid_t child = ::fork();
    if (child == 0) {
      auto store = open_sqlite_store(file);  // all create it at once
      if (!store) {
        fprintf(stderr, "%s\n", to_string(store.error()).c_str());
        ::_exit(2);
      }
      for (int done = 0; done < each;) {
        const auto head = (*store)->head(main_layer);
        if (!head) ::_exit(3);
        const auto appended = (*store)->append(main_layer, *head, numbered_commit(head->value + 1));
        if (appended)
          ++done;
        else if (appended.error().code != ErrorCode::conflict)
          ::_exit(4);
      }
      ::_exit(0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 0);
  }
  const auto commits = must_open(file)->commits(main_layer, Revision{0}, 1000);
  ASSERT_TRUE(commits);
  ASSERT_EQ(commits->size(), static_cast<std::size_t>(each * processes));
  for (std::size_t i = 0; i < commits->size(); ++i)
    expect_numbered((*commits)[i], static_cast<std::int64_t>(i + 1));
}

// Not asserted, for it is the disk's affair; recorded so that a test report shows it.
TEST(SqliteStore, RecordsHowLongAnAppendTakes) {
  TemporaryFolder folder;
  auto store = must_open(folder / "x.sweepmark");
  std::vector<double> milliseconds;
  for (int i = 1; i <= 400; ++i) {
    const Commit commit = numbered_commit(i);
    const auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(store->append(main_layer, Revision{i - 1}, commit));
    milliseconds.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::ranges::sort(milliseconds);
  RecordProperty("append_median_ms", std::to_string(milliseconds[200]));
  RecordProperty("append_p99_ms", std::to_string(milliseconds[396]));
  EXPECT_EQ(store->head(main_layer)->value, 400);
}

}  // namespace
}  // namespace sweepmark
