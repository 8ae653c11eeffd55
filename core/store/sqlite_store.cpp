#include "core/store/sqlite_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/store/log_tables.hpp"
#include "core/store/sqlite_moved.hpp"
#include "core/store/sqlite_open.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

constexpr int snapshots_kept = 2;  // the older one serves where the newer is damaged

std::int64_t sql_limit(std::size_t limit) {
  return static_cast<std::int64_t>(std::min<std::size_t>(limit, std::numeric_limits<std::int64_t>::max()));
}

std::string fact_of_lost_snapshot(const LayerName& layer, Revision revision) {
  return fmt::format("snapshot beyond the log: {} {}", layer.value, revision.value);
}

class SqliteStore final : public LabelStore {
 public:
  SqliteStore(OpenedFile opened, const SqliteOptions& options)
      : opened_(std::move(opened)), options_(options) {}
  ~SqliteStore() override;

  std::string description() const override { return opened_.shown.string(); }
  std::vector<std::string> notices() const override;

  Result<std::vector<LayerName>> layers() override;
  Result<Revision> head(const LayerName& layer) override;
  Result<Revision> append(const LayerName& layer, Revision base, const Commit& commit) override;
  Result<std::vector<Commit>> commits(const LayerName& layer, Revision after, std::size_t limit) override;
  Result<Commit> commit(const LayerName& layer, Revision revision) override;
  Result<std::vector<CommitInfo>> infos(const LayerName& layer, Revision after, std::size_t limit) override;

  Result<void> save_snapshot(const LayerName& layer, const Snapshot& snapshot) override;
  Result<std::optional<Snapshot>> latest_snapshot(const LayerName& layer) override;

  Result<void> set_fact(const std::string& key, const std::string& value) override;
  Result<std::optional<std::string>> fact(const std::string& key) override;

 private:
  const Database& database();
  void note(std::string notice) {
    if (std::ranges::find(opened_.notices, notice) == opened_.notices.end())
      opened_.notices.push_back(std::move(notice));
  }
  Result<void> check_writable();
  bool has_gone() const { return !options_.read_only && !lies_where_it_did(opened_); }
  Failure gone();
  Result<void> commit_where_it_lies(Transaction& transaction);
  Result<void> set_aside_snapshots_beyond(const LayerName& layer, Revision head);
  // Rows of a layer's log in order, each turned into a T by `take`; a revision that is missing between them
  // is an error.
  template <class T, class Take>
  Result<std::vector<T>> rows(std::string_view columns, const LayerName& layer, Revision after,
                              std::size_t limit, Take take);

  OpenedFile opened_;
  SqliteOptions options_;
  bool let_go_ = false;  // the file has gone from its place, and a copy in memory answers
};

std::vector<std::string> SqliteStore::notices() const {
  std::vector<std::string> notices = opened_.notices;
  const long other = opened_.presence ? opened_.presence->other() : 0;
  if (other == 0) return notices;
  // The number of a process means nothing on another machine.
  const std::string who =
      opened_.file_system == FileSystemKind::local ? fmt::format(" (process {})", other) : "";
  notices.push_back(fmt::format(
      "{} is also open in another window{}: both can work, and each takes in what the other saves",
      description(), who));
  return notices;
}

// Closing removes the log by its name, and another file may have come to that name meanwhile.
SqliteStore::~SqliteStore() {
  if (!let_go_ && has_gone()) let_go(opened_);
}

// A file that was moved and is back is opened anew.
const Database& SqliteStore::database() {
  if (!let_go_ || has_gone()) return opened_.database;
  const std::filesystem::path shown = opened_.shown;
  if (auto back = open_for_writing(opened_.named, options_)) {
    opened_ = std::move(*back);
    opened_.shown = shown;
    let_go_ = false;
  }
  return opened_.database;
}

Result<void> SqliteStore::check_writable() {
  if (options_.read_only)
    return fail(ErrorCode::read_only, "the labels file was opened for reading only: the change was not saved",
                at_file(opened_.shown));
  if (has_gone()) return gone();
  (void)database();
  if (let_go_) return gone();  // it is back, but cannot be opened
  return {};
}

Failure SqliteStore::gone() {
  if (!let_go_) let_go(opened_);
  let_go_ = true;
  return moved_away(opened_);
}

// What is acknowledged is in the file of that name: it may be moved until the last moment.
Result<void> SqliteStore::commit_where_it_lies(Transaction& transaction) {
  SWEEPMARK_CHECK(transaction.commit());
  if (has_gone()) return gone();
  return {};
}

Result<std::vector<LayerName>> SqliteStore::layers() {
  SWEEPMARK_TRY(statement, database().prepare("SELECT DISTINCT layer FROM commit_log ORDER BY layer"));
  std::vector<LayerName> layers;
  for (;;) {
    SWEEPMARK_TRY(row, statement.step());
    if (!row) return layers;
    layers.emplace_back(statement.text(0));
  }
}

Result<Revision> SqliteStore::head(const LayerName& layer) {
  SWEEPMARK_TRY(statement, database().prepare("SELECT max(revision) FROM commit_log WHERE layer = ?"));
  SWEEPMARK_CHECK(statement.bind_text(layer.value).step());
  return Revision{statement.integer(0)};  // NULL reads as 0
}

Result<Revision> SqliteStore::append(const LayerName& layer, Revision base, const Commit& commit) {
  SWEEPMARK_CHECK(check_writable());
  if (!std::isfinite(commit.info.active_seconds))
    return fail(ErrorCode::invalid_argument, "a commit's active time must be a number of seconds",
                at_file(opened_.shown));
  SWEEPMARK_TRY(transaction, Transaction::begin(database()));
  SWEEPMARK_TRY(present, head(layer));
  if (present != base)
    return fail(ErrorCode::conflict,
                fmt::format("layer '{}' is at revision {}, the change was made on revision {}: another "
                            "window was first; nothing was saved",
                            layer.value, present.value, base.value),
                at_file(opened_.shown));
  Commit next = commit;
  next.info.revision = Revision{base.value + 1};
  SWEEPMARK_CHECK(set_aside_snapshots_beyond(layer, base));
  SWEEPMARK_CHECK(insert_commit(database(), layer, next));
  SWEEPMARK_CHECK(commit_where_it_lies(transaction));
  return next.info.revision;
}

template <class T, class Take>
Result<std::vector<T>> SqliteStore::rows(std::string_view columns, const LayerName& layer, Revision after,
                                         std::size_t limit, Take take) {
  SWEEPMARK_TRY(
      statement,
      database().prepare(fmt::format(
          "SELECT {} FROM commit_log WHERE layer = ? AND revision > ? ORDER BY revision LIMIT ?", columns)));
  statement.bind_text(layer.value).bind(after.value).bind(sql_limit(limit));
  std::vector<T> result;
  for (std::int64_t expected = after.value + 1;; ++expected) {
    SWEEPMARK_TRY(row, statement.step());
    if (!row) return result;
    if (statement.integer(0) != expected)
      return fail(ErrorCode::malformed,
                  fmt::format("commit {} of layer '{}' is missing: the next one found is {}; recovering the "
                              "file into a new one saves "
                              "every whole commit",
                              expected, layer.value, statement.integer(0)),
                  at_file(opened_.shown));
    SWEEPMARK_TRY(taken, take(statement));
    result.push_back(std::move(taken));
  }
}

Result<std::vector<Commit>> SqliteStore::commits(const LayerName& layer, Revision after, std::size_t limit) {
  return rows<Commit>(commit_columns, layer, after, limit,
                      [&](const Statement& row) { return commit_from(row, layer, database()); });
}

Result<std::vector<CommitInfo>> SqliteStore::infos(const LayerName& layer, Revision after,
                                                   std::size_t limit) {
  return rows<CommitInfo>(info_columns, layer, after, limit,
                          [](const Statement& row) { return Result<CommitInfo>(info_from(row)); });
}

Result<Commit> SqliteStore::commit(const LayerName& layer, Revision revision) {
  SWEEPMARK_TRY(statement,
                database().prepare(fmt::format("SELECT {} FROM commit_log WHERE layer = ? AND revision = ?",
                                               commit_columns)));
  SWEEPMARK_TRY(row, statement.bind_text(layer.value).bind(revision.value).step());
  if (row) return commit_from(statement, layer, database());
  return fail(ErrorCode::not_found, fmt::format("layer '{}' has no commit {}", layer.value, revision.value),
              at_file(opened_.shown));
}

Result<void> SqliteStore::save_snapshot(const LayerName& layer, const Snapshot& snapshot) {
  SWEEPMARK_CHECK(check_writable());
  SWEEPMARK_TRY(transaction, Transaction::begin(database()));
  SWEEPMARK_TRY(insert, database().prepare("INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?, ?)"));
  SWEEPMARK_CHECK(insert.bind_text(layer.value)
                      .bind(snapshot.revision.value)
                      .bind_blob(snapshot.document)
                      .bind(checksum_of(layer, snapshot))
                      .run());
  SWEEPMARK_TRY(
      prune,
      database().prepare("DELETE FROM snapshot WHERE layer = ?1 AND revision NOT IN "
                         "(SELECT revision FROM snapshot WHERE layer = ?1 ORDER BY revision DESC LIMIT ?2)"));
  SWEEPMARK_CHECK(prune.bind_text(layer.value).bind(std::int64_t{snapshots_kept}).run());
  return commit_where_it_lies(transaction);
}

// A snapshot of a revision that the log does not have tells of commits that were lost. The log is what
// counts, and its new commits will get to that revision by another way: the snapshot must not be taken for
// theirs. It becomes a fact, for it is all there is of what was lost.
Result<void> SqliteStore::set_aside_snapshots_beyond(const LayerName& layer, Revision head) {
  SWEEPMARK_TRY(beyond,
                database().prepare("SELECT revision, document, checksum FROM snapshot WHERE layer = ? "
                                   "AND revision > ?"));
  beyond.bind_text(layer.value).bind(head.value);
  bool any = false;
  for (;; any = true) {
    SWEEPMARK_TRY(row, beyond.step());
    if (!row) break;
    const Snapshot snapshot{Revision{beyond.integer(0)}, beyond.text(1)};
    if (beyond.integer(2) != checksum_of(layer, snapshot)) continue;
    SWEEPMARK_CHECK(
        insert_fact(database(), fact_of_lost_snapshot(layer, snapshot.revision), snapshot.document));
  }
  if (!any) return {};
  SWEEPMARK_TRY(remove, database().prepare("DELETE FROM snapshot WHERE layer = ? AND revision > ?"));
  return remove.bind_text(layer.value).bind(head.value).run();
}

// A snapshot only saves time: one that is damaged, or of a revision the log does not have, is passed over,
// and the log is replayed from an older one or from the start.
Result<std::optional<Snapshot>> SqliteStore::latest_snapshot(const LayerName& layer) {
  SWEEPMARK_TRY(
      statement,
      database().prepare(
          "SELECT revision, document, checksum, (SELECT max(revision) FROM commit_log WHERE layer = ?1) "
          "FROM snapshot WHERE layer = ?1 ORDER BY revision DESC"));
  statement.bind_text(layer.value);
  for (;;) {
    const Result<bool> row = statement.step();
    if (!row && row.error().code != ErrorCode::malformed) return Failure(row.error());
    if (!row || !*row) return std::nullopt;
    Snapshot snapshot{Revision{statement.integer(0)}, statement.text(1)};
    if (statement.integer(2) != checksum_of(layer, snapshot)) continue;
    const std::int64_t head = statement.integer(3);  // NULL reads as 0
    if (snapshot.revision.value <= head) return snapshot;
    note(
        fmt::format("{}: the log of layer '{}' ends at revision {}, but there is a snapshot of revision {}: "
                    "the commits between were lost. The labels are shown as the log tells; the snapshot is "
                    "kept in the file as the fact '{}' from the next change on",
                    description(), layer.value, head, snapshot.revision.value,
                    fact_of_lost_snapshot(layer, snapshot.revision)));
  }
}

Result<void> SqliteStore::set_fact(const std::string& key, const std::string& value) {
  SWEEPMARK_CHECK(check_writable());
  return insert_fact(database(), key, value);
}

Result<std::optional<std::string>> SqliteStore::fact(const std::string& key) {
  SWEEPMARK_TRY(statement, database().prepare("SELECT value, checksum FROM fact WHERE key = ?"));
  SWEEPMARK_TRY(row, statement.bind_text(key).step());
  if (!row) return std::nullopt;
  std::string value = statement.text(0);
  if (statement.integer(1) == checksum_of(key, value)) return value;
  return fail(ErrorCode::malformed, fmt::format("what it says under '{}' is damaged", key),
              at_file(opened_.shown));
}

}  // namespace

Result<std::unique_ptr<LabelStore>> open_sqlite_store(const fs::path& file, const SqliteOptions& options) {
  SWEEPMARK_TRY(opened,
                options.read_only ? open_for_reading(file, options) : open_for_writing(file, options));
  return std::make_unique<SqliteStore>(std::move(opened), options);
}

}  // namespace sweepmark
