// The tables of a labels file, and rows in and out of them. Private to core/store.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/store/label_store.hpp"
#include "core/store/sqlite_handle.hpp"

namespace sweepmark {

inline constexpr std::int64_t labels_application_id = 0x53774d6b;  // "SwMk", in the header of the file
inline constexpr std::int64_t labels_format_version = 1;           // PRAGMA user_version

// fnv-1a (Fowler, Noll, Vo; 64 bits) over every field: SQLite does not notice a flipped bit inside a value,
// this does.
std::int64_t checksum_of(const LayerName& layer, const Commit& commit);
std::int64_t checksum_of(const LayerName& layer, const Snapshot& snapshot);
std::int64_t checksum_of(const std::string& key, const std::string& value);

enum class Content { nothing, labels };
// Nothing (a new file), or labels of a version that is understood; any other content is an error. Changes
// nothing.
Result<Content> check_content(const Database& database);
// Makes the tables where there are none. Safe against another process that does the same.
Result<void> create_tables(const Database& database);
// Every table has the columns that are asked of it.
Result<void> check_tables(const Database& database);

inline constexpr std::string_view commit_columns =
    "revision, time, author, command, args, active_seconds, patch, checksum";
inline constexpr std::string_view info_columns = "revision, time, author, command, args, active_seconds";
CommitInfo info_from(const Statement& row);  // of info_columns
Result<Commit> commit_from(const Statement& row, const LayerName& layer,
                           const Database& database);  // of commit_columns

// Within the caller's transaction. The commit's own revision is written.
Result<void> insert_commit(const Database& database, const LayerName& layer, const Commit& commit);
Result<void> insert_fact(const Database& database, const std::string& key, const std::string& value);

}  // namespace sweepmark
