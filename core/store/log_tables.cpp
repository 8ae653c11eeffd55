#include "core/store/log_tables.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>

namespace sweepmark {

namespace {

// Plain tables, with rowids: their leaf pages hold whole rows, which is what recovery reads where the trees
// above are damaged.
constexpr std::array<std::string_view, 3> table_statements = {
    "CREATE TABLE commit_log (layer TEXT NOT NULL, revision INTEGER NOT NULL, time INTEGER NOT NULL, author "
    "TEXT NOT NULL, "
    "command TEXT NOT NULL, args TEXT NOT NULL, patch BLOB NOT NULL, active_seconds REAL NOT NULL, checksum "
    "INTEGER NOT NULL, "
    "PRIMARY KEY (layer, revision))",
    "CREATE TABLE snapshot (layer TEXT NOT NULL, revision INTEGER NOT NULL, document BLOB NOT NULL, checksum "
    "INTEGER NOT NULL, "
    "PRIMARY KEY (layer, revision))",
    "CREATE TABLE fact (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, checksum INTEGER NOT NULL)",
};

class Fnv1a {
 public:
  Fnv1a& operator<<(std::string_view bytes) {
    *this << static_cast<std::int64_t>(bytes.size());
    for (const char byte : bytes) mix(static_cast<unsigned char>(byte));
    return *this;
  }
  Fnv1a& operator<<(std::int64_t value) {
    for (int i = 0; i < 8; ++i) mix(static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> (8 * i)));
    return *this;
  }
  std::int64_t value() const { return static_cast<std::int64_t>(hash_); }

 private:
  void mix(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001b3u; }
  std::uint64_t hash_ = 0xcbf29ce484222325u;
};

}  // namespace

std::int64_t checksum_of(const LayerName& layer, const Commit& commit) {
  const CommitInfo& info = commit.info;
  return (Fnv1a() << layer.value << info.revision.value << info.unix_ms << info.author << info.command
                  << info.args << std::bit_cast<std::int64_t>(info.active_seconds + 0.0) << commit.patch)
      .value();
}

std::int64_t checksum_of(const LayerName& layer, const Snapshot& snapshot) {
  return (Fnv1a() << layer.value << snapshot.revision.value << snapshot.document).value();
}

std::int64_t checksum_of(const std::string& key, const std::string& value) {
  return (Fnv1a() << key << value).value();
}

Result<Content> check_content(const Database& database) {
  // One statement sees one state of the file, also while another window makes the tables.
  SWEEPMARK_TRY(row, database.prepare("SELECT count(*), count(*) FILTER (WHERE type IN ('trigger', 'view')), "
                                      "(SELECT application_id FROM pragma_application_id), "
                                      "(SELECT user_version FROM pragma_user_version) FROM sqlite_schema"));
  SWEEPMARK_CHECK(row.step());
  const std::int64_t entries = row.integer(0), programs = row.integer(1), application = row.integer(2),
                     version = row.integer(3);
  if (application == 0 && version == 0 && entries == 0) return Content::nothing;
  if (application != labels_application_id)
    return fail(
        ErrorCode::malformed,
        fmt::format(
            "a labels file was expected (application id {:#x}), found another program's SQLite database "
            "(application id {:#x}); it was left as it is",
            labels_application_id, application),
        at_file(database.file()));
  if (version > labels_format_version)
    return fail(ErrorCode::newer_version,
                fmt::format("the labels file has format version {}, and this Sweepmark knows up to version "
                            "{}: open it with a newer "
                            "Sweepmark; the file was left as it is",
                            version, labels_format_version),
                at_file(database.file()));
  if (version < 1)
    return fail(
        ErrorCode::malformed,
        fmt::format("a format version from 1 to {} was expected, found {}", labels_format_version, version),
        at_file(database.file()));
  if (programs > 0)
    return fail(ErrorCode::malformed,
                "a labels file has only tables, found triggers or views: they could change labels unseen",
                at_file(database.file()));
  return Content::labels;
}

Result<void> create_tables(const Database& database) {
  SWEEPMARK_TRY(transaction, Transaction::begin(database));
  SWEEPMARK_TRY(content, check_content(database));
  if (content == Content::labels) return {};  // another window was first
  for (const std::string_view statement : table_statements) SWEEPMARK_CHECK(database.run(statement));
  SWEEPMARK_CHECK(database.run(fmt::format("PRAGMA application_id={}", labels_application_id)));
  SWEEPMARK_CHECK(database.run(fmt::format("PRAGMA user_version={}", labels_format_version)));
  return transaction.commit();
}

Result<void> check_tables(const Database& database) {
  SWEEPMARK_CHECK(database.prepare(fmt::format("SELECT layer, {} FROM commit_log", commit_columns)));
  SWEEPMARK_CHECK(database.prepare("SELECT layer, revision, document, checksum FROM snapshot"));
  SWEEPMARK_CHECK(database.prepare("SELECT key, value, checksum FROM fact"));
  return {};
}

CommitInfo info_from(const Statement& row) {
  return {Revision{row.integer(0)}, row.integer(1), row.text(2), row.text(3), row.text(4), row.real(5)};
}

Result<Commit> commit_from(const Statement& row, const LayerName& layer, const Database& database) {
  Commit commit{info_from(row), row.text(6)};
  if (row.integer(7) == checksum_of(layer, commit)) return commit;
  return fail(ErrorCode::malformed,
              fmt::format("commit {} of layer '{}' is damaged: its checksum does not fit its content; "
                          "recovering the file into a new "
                          "one saves every whole commit",
                          commit.info.revision.value, layer.value),
              at_file(database.file()));
}

Result<void> insert_commit(const Database& database, const LayerName& layer, const Commit& commit) {
  const CommitInfo& info = commit.info;
  SWEEPMARK_TRY(statement, database.prepare("INSERT INTO commit_log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  return statement.bind_text(layer.value)
      .bind(info.revision.value)
      .bind(info.unix_ms)
      .bind_text(info.author)
      .bind_text(info.command)
      .bind_text(info.args)
      .bind_blob(commit.patch)
      .bind(info.active_seconds)
      .bind(checksum_of(layer, commit))
      .run();
}

Result<void> insert_fact(const Database& database, const std::string& key, const std::string& value) {
  SWEEPMARK_TRY(statement, database.prepare("INSERT OR REPLACE INTO fact VALUES (?, ?, ?)"));
  return statement.bind_text(key).bind_text(value).bind(checksum_of(key, value)).run();
}

}  // namespace sweepmark
