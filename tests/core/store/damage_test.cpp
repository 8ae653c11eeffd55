#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "tests/core/store/store_helpers.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using namespace test;
namespace fs = std::filesystem;

void execute(const fs::path& file, const char* sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
  sqlite3_close(database);
}

std::string content_of(const fs::path& file) {
  std::ostringstream content;
  content << std::ifstream(file, std::ios::binary).rdbuf();
  return content.str();
}

void write(const fs::path& file, const std::string& content) {
  std::ofstream(file, std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
}

// Sixty commits of three sizes in two layers: on leaves, and in short and long chains of overflow pages.
constexpr std::int64_t sample_commits = 60;
std::size_t sample_size(std::int64_t number) {
  return number % 7 == 0 ? 40'000 : number % 3 == 0 ? 5'000 : 300;
}

std::string sample_file() {
  static const std::string content = [] {
    TemporaryFolder folder;
    {
      auto store = must_open(folder / "x.sweepmark");
      for (std::int64_t i = 1; i <= sample_commits; ++i)
        if (!store->append(main_layer, Revision{i - 1}, numbered_commit(i, sample_size(i)))) std::abort();
      if (!store->append(LayerName{"model"}, Revision{0}, numbered_commit(1))) std::abort();
      if (!store->set_fact("drive", "0052") ||
          !store->save_snapshot(main_layer, {Revision{40}, std::string(9000, 's')}))
        std::abort();
    }
    return content_of(folder / "x.sweepmark");
  }();
  return content;
}

// Whatever a damaged file answers is either right or a clear error, and recovering it never makes anything
// up.
void expect_honest(const fs::path& file) {
  if (auto store = open_sqlite_store(file)) {
    for (std::int64_t i = 1; i <= sample_commits; ++i) {
      const auto commit = (*store)->commit(main_layer, Revision{i});
      if (commit)
        expect_numbered(*commit, i, sample_size(i));
      else
        EXPECT_THAT(commit.error().where.file, file);
    }
    const auto all = (*store)->commits(main_layer, Revision{0}, 1000);
    if (all)
      for (std::size_t i = 0; i < all->size(); ++i)
        EXPECT_EQ((*all)[i].info.revision.value, static_cast<std::int64_t>(i + 1));
    else
      EXPECT_NE(all.error().message, "");
  } else {
    EXPECT_EQ(store.error().where.file, file);
    EXPECT_NE(store.error().message, "");
  }
}

// How many commits of the main layer recovery saved; each is compared with what was written.
std::int64_t recovered(const fs::path& file, RecoveryReport* report = nullptr) {
  const fs::path target = fs::path(file).concat(".recovered");
  fs::remove(target);
  const auto result = recover_sqlite_store(file, target);
  EXPECT_TRUE(result) << to_string(result.error());
  if (!result) return -1;
  if (report) *report = *result;
  auto store = must_open(target);
  const auto commits = store->commits(main_layer, Revision{0}, 1000);
  EXPECT_TRUE(commits);
  for (std::size_t i = 0; i < commits->size(); ++i) {
    const auto number = static_cast<std::int64_t>(i + 1);
    expect_numbered((*commits)[i], number, sample_size(number));
  }
  return static_cast<std::int64_t>(commits->size());
}

TEST(Damage, SoundFileIsRecoveredWhole) {
  TemporaryFolder folder;
  write(folder / "x.sweepmark", sample_file());
  RecoveryReport report;
  EXPECT_EQ(recovered(folder / "x.sweepmark", &report), sample_commits);
  EXPECT_EQ(report.commits_saved, static_cast<std::size_t>(sample_commits + 1));
  auto store = must_open(folder / "x.sweepmark.recovered");
  EXPECT_EQ(store->head(LayerName{"model"})->value, 1);
  EXPECT_EQ(*store->fact("drive"), "0052");
  EXPECT_EQ(content_of(folder / "x.sweepmark"), sample_file());  // the damaged file is never written to
  EXPECT_EQ(recover_sqlite_store(folder / "x.sweepmark", folder / "x.sweepmark.recovered").error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(recover_sqlite_store(folder / "none", folder / "new").error().code, ErrorCode::not_found);
}

TEST(Damage, RecoversCommitsThatOnlyTheLogHas) {
  TemporaryFolder folder;
  const auto file = folder / "x.sweepmark";
  auto store = must_open(file);
  for (std::int64_t i = 1; i <= 30; ++i)
    ASSERT_TRUE(store->append(main_layer, Revision{i - 1}, numbered_commit(i, sample_size(i))));
  EXPECT_EQ(recovered(file), 30);
  // The same with a header that SQLite cannot read any more: the pages of the log are laid over those of the
  // file.
  const auto copy = folder / "y.sweepmark";
  std::string damaged = content_of(file), log = content_of(file.string() + "-wal");
  damaged[3] = '?';
  log[log.find("SQLite format 3") + 3] = '?';
  write(copy, damaged);
  write(copy.string() + "-wal", log);
  EXPECT_EQ(open_sqlite_store(copy).error().code, ErrorCode::malformed);
  EXPECT_EQ(content_of(copy.string() + "-wal"), log);  // an attempt to open costs nothing
  EXPECT_EQ(recovered(copy), 30);
}

TEST(Damage, TruncatedFilesOpenOrSayWhy) {
  TemporaryFolder folder;
  const std::string sound = sample_file();
  std::int64_t most = 0;
  for (std::size_t size = 1; size < sound.size(); size += 3 * 4096 + 777) {
    const auto file = folder / ("cut" + std::to_string(size));
    write(file, sound.substr(0, size));
    const std::int64_t saved = recovered(file);
    EXPECT_GE(saved, most) << "a longer file has no fewer commits; cut at " << size;
    most = std::max(most, saved);
    expect_honest(file);
  }
  EXPECT_GT(most, sample_commits / 2);
}

TEST(Damage, FlippedBitsAreNoticed) {
  TemporaryFolder folder;
  const std::string sound = sample_file();
  std::mt19937 random(11);
  std::int64_t saved = 0;
  constexpr int trials = 60;
  for (int trial = 0; trial < trials; ++trial) {
    std::string damaged = sound;
    for (int i = 0; i <= trial % 4; ++i)
      damaged[random() % damaged.size()] ^= static_cast<char>(1u << (random() % 8));
    const auto file = folder / ("flip" + std::to_string(trial));
    write(file, damaged);
    saved += recovered(file);
    expect_honest(file);
  }
  EXPECT_GT(saved, trials * sample_commits / 3);
}

TEST(Damage, OverwrittenPagesCostOnlyWhatTheyHeld) {
  TemporaryFolder folder;
  std::string damaged = sample_file();
  damaged.replace(0, 4096, std::string(4096, '\x5a'));  // header and table of contents
  write(folder / "x.sweepmark", damaged);
  EXPECT_EQ(open_sqlite_store(folder / "x.sweepmark").error().code, ErrorCode::malformed);
  EXPECT_EQ(recovered(folder / "x.sweepmark"), sample_commits);
}

TEST(Damage, OneFlippedBitInAPatchIsNoticedAndEndsTheRecovery) {
  TemporaryFolder folder;
  std::string damaged = sample_file();
  const std::size_t at = damaged.find("patch 50");
  ASSERT_NE(at, std::string::npos);
  damaged[at + 6] = '8';
  write(folder / "x.sweepmark", damaged);
  auto store = must_open(folder / "x.sweepmark");
  EXPECT_TRUE(store->commit(main_layer, Revision{49}));
  const auto commit = store->commit(main_layer, Revision{50});
  ASSERT_FALSE(commit);
  EXPECT_EQ(commit.error().code, ErrorCode::malformed);
  EXPECT_THAT(commit.error().message, testing::HasSubstr("commit 50"));
  RecoveryReport report;
  EXPECT_EQ(recovered(folder / "x.sweepmark", &report), 49);
  EXPECT_THAT(report.messages, testing::Contains(testing::AllOf(testing::HasSubstr("commit 50"),
                                                                testing::HasSubstr("up to 60"))));
}

TEST(Damage, DamagedSnapshotsArePassedOver) {
  TemporaryFolder folder;
  const auto file = folder / "x.sweepmark";
  {
    auto store = must_open(file);
    fill(*store, 1, 20, 10);
    ASSERT_TRUE(store->save_snapshot(main_layer, {Revision{10}, "document ten"}));
    ASSERT_TRUE(store->save_snapshot(main_layer, {Revision{20}, "document twenty"}));
  }
  execute(file, "UPDATE snapshot SET document = 'document tweety' WHERE revision = 20");
  EXPECT_EQ((*must_open(file)->latest_snapshot(main_layer))->document, "document ten");
}

TEST(Damage, AMissingCommitIsNamed) {
  TemporaryFolder folder;
  const auto file = folder / "x.sweepmark";
  { fill(*must_open(file), 1, 9); }
  execute(file, "DELETE FROM commit_log WHERE revision = 4");
  const auto commits = must_open(file)->commits(main_layer, Revision{0}, 100);
  ASSERT_FALSE(commits);
  EXPECT_THAT(commits.error().message, testing::HasSubstr("commit 4"));
}

TEST(Damage, RandomBytesAreNeverALabelsFile) {
  TemporaryFolder folder;
  int number = 0;
  rc::check("random bytes are refused, and recovery finds nothing in them", [&] {
    const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    RC_PRE(!bytes.empty());
    const auto file = folder.write("random" + std::to_string(++number), bytes);
    RC_ASSERT(!open_sqlite_store(file));
    RC_ASSERT(recover_sqlite_store(file, file.string() + ".new")->commits_saved == 0u);
  });
}

TEST(OtherFiles, AreRefusedAndLeftAsTheyAre) {
  TemporaryFolder folder;
  const std::string text =
      "This is not a database, but a text that is long enough to be taken for the header of one: " +
      std::string(200, '.');
  const auto note = folder.write("note.txt", text);
  const auto refused = open_sqlite_store(note);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::malformed);
  EXPECT_EQ(refused.error().where.file, note);
  EXPECT_EQ(content_of(note), text);

  execute(folder / "other.db", "CREATE TABLE music (title TEXT)");
  const std::string before = content_of(folder / "other.db");
  EXPECT_THAT(open_sqlite_store(folder / "other.db").error().message, testing::HasSubstr("another program"));
  EXPECT_EQ(content_of(folder / "other.db"), before);
  EXPECT_EQ(open_sqlite_store(folder.path()).error().code, ErrorCode::unreadable);
  EXPECT_EQ(open_sqlite_store(folder / "no/such/folder/x").error().code, ErrorCode::not_found);
  EXPECT_EQ(open_sqlite_store(note / "x.sweepmark").error().code, ErrorCode::not_found);
}

TEST(OtherFiles, OfANewerVersionNameBothVersions) {
  TemporaryFolder folder;
  const auto file = folder / "x.sweepmark";
  { fill(*must_open(file), 1, 3); }
  execute(file, "PRAGMA user_version = 7");
  const std::string before = content_of(file);
  for (const bool read_only : {false, true}) {
    const auto refused = open_sqlite_store(file, {.read_only = read_only});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::newer_version);
    EXPECT_EQ(refused.error().where.file, file);
    EXPECT_THAT(refused.error().message,
                testing::AllOf(testing::HasSubstr("version 7"), testing::HasSubstr("version 1")));
  }
  EXPECT_EQ(content_of(file), before);
}

TEST(OtherFiles, WithTriggersAreRefused) {
  TemporaryFolder folder;
  const auto file = folder / "x.sweepmark";
  { fill(*must_open(file), 1, 3); }
  execute(file, "CREATE TRIGGER t AFTER INSERT ON commit_log BEGIN DELETE FROM commit_log; END");
  EXPECT_THAT(open_sqlite_store(file).error().message, testing::HasSubstr("triggers"));
}

TEST(OtherFiles, ALogWithoutItsFileIsNotThrownAway) {
  TemporaryFolder folder;
  const auto file = folder / "x.sweepmark";
  auto store = must_open(file);
  fill(*store, 1, 3);
  fs::copy_file(file.string() + "-wal", (folder / "y.sweepmark-wal"));
  const std::string log = content_of(folder / "y.sweepmark-wal");
  const auto refused = open_sqlite_store(folder / "y.sweepmark");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, testing::HasSubstr("y.sweepmark-wal"));
  EXPECT_EQ(content_of(folder / "y.sweepmark-wal"), log);
}

}  // namespace
}  // namespace sweepmark
