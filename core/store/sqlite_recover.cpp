#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "core/store/log_tables.hpp"
#include "core/store/sqlite_open.hpp"
#include "core/store/sqlite_pages.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

struct Salvage {
  std::map<LayerName, std::map<Revision, Commit>> layers;
  std::map<std::string, std::string> facts;
  bool damaged = false;  // there were rows that look like commits but do not fit their checksum
};

template <class T>
const T* as(const StoredValue& value) {
  return std::get_if<T>(&value);
}

// Columns declared REAL hold whole numbers as integers on disk.
std::optional<double> number(const StoredValue& value) {
  if (const auto* integer = as<std::int64_t>(value)) return static_cast<double>(*integer);
  if (const auto* real = as<double>(value)) return *real;
  return std::nullopt;
}

bool all_strings(const StoredRow& row, std::initializer_list<std::size_t> columns) {
  return std::ranges::all_of(columns, [&](std::size_t column) { return as<std::string>(row[column]); });
}

bool all_integers(const StoredRow& row, std::initializer_list<std::size_t> columns) {
  return std::ranges::all_of(columns, [&](std::size_t column) { return as<std::int64_t>(row[column]); });
}

// In the order of the table's columns.
void take_commit(const StoredRow& row, Salvage& salvage) {
  const auto seconds = number(row[7]);
  if (!all_strings(row, {0, 3, 4, 5, 6}) || !all_integers(row, {1, 2, 8}) || !seconds) return;
  const LayerName layer{*as<std::string>(row[0])};
  Commit commit{{Revision{*as<std::int64_t>(row[1])}, *as<std::int64_t>(row[2]), *as<std::string>(row[3]),
                 *as<std::string>(row[4]), *as<std::string>(row[5]), *seconds},
                *as<std::string>(row[6])};
  if (*as<std::int64_t>(row[8]) != checksum_of(layer, commit)) {
    salvage.damaged = true;
    return;
  }
  const Revision revision = commit.info.revision;
  salvage.layers[layer].insert_or_assign(revision, std::move(commit));
}

void take_fact(const StoredRow& row, Salvage& salvage) {
  if (!all_strings(row, {0, 1}) || !all_integers(row, {2})) return;
  const std::string &key = *as<std::string>(row[0]), &value = *as<std::string>(row[1]);
  if (*as<std::int64_t>(row[2]) == checksum_of(key, value)) salvage.facts[key] = value;
}

Result<void> take_pages(const fs::path& file, Salvage& salvage) {
  SWEEPMARK_TRY(pages, SqlitePages::read(file));
  pages.for_each_row([&salvage](const StoredRow& row) {
    if (row.size() == 9) take_commit(row, salvage);
    if (row.size() == 3) take_fact(row, salvage);
  });
  return {};
}

// Once as the bytes lie there, for a damaged log is thrown away by SQLite as a whole; and once as SQLite puts
// file, log and journal together, where it still can. The second has the last word.
Result<Salvage> salvaged(const fs::path& damaged) {
  SWEEPMARK_TRY(copy, WorkingCopy::of(damaged));
  Salvage salvage;
  SWEEPMARK_CHECK(take_pages(copy->file(), salvage));
  if (const auto database = Database::open(damaged, copy->file().string(), SQLITE_OPEN_READWRITE))
    (void)database->integer("PRAGMA wal_checkpoint(TRUNCATE)");
  SWEEPMARK_CHECK(take_pages(copy->file(), salvage));
  return salvage;
}

// A log has no gaps, so each layer ends before the first commit that is not whole.
Result<void> write_layer(const Database& database, const LayerName& layer,
                         const std::map<Revision, Commit>& commits, RecoveryReport& report) {
  std::int64_t next = 1;
  for (const auto& [revision, commit] : commits) {
    if (revision.value != next) break;
    SWEEPMARK_CHECK(insert_commit(database, layer, commit));
    ++next;
  }
  const auto saved = static_cast<std::size_t>(next - 1);
  report.commits_saved += saved;
  std::string message = fmt::format("layer '{}': {} commits saved", layer.value, saved);
  report.complete = report.complete && saved == commits.size();
  if (saved < commits.size())
    message += fmt::format(
        "; commit {} is damaged or missing, so the {} whole ones after it, up to {}, could not be kept", next,
        commits.size() - saved, commits.rbegin()->first.value);
  report.messages.push_back(std::move(message));
  return {};
}

}  // namespace

Result<RecoveryReport> recover_sqlite_store(const fs::path& damaged, const fs::path& target) {
  std::error_code error;
  if (!fs::exists(damaged, error))
    return fail(ErrorCode::not_found, "there is no such labels file", at_file(damaged));
  if (fs::exists(target, error))
    return fail(ErrorCode::invalid_argument,
                "a new file is needed to recover into, this one exists; it was left as it is",
                at_file(target));
  SWEEPMARK_TRY(salvage, salvaged(damaged));
  SWEEPMARK_TRY(opened, open_for_writing(target, {}));
  SWEEPMARK_TRY(transaction, Transaction::begin(opened.database));
  RecoveryReport report;
  for (const auto& [layer, commits] : salvage.layers)
    SWEEPMARK_CHECK(write_layer(opened.database, layer, commits, report));
  for (const auto& [key, value] : salvage.facts) SWEEPMARK_CHECK(insert_fact(opened.database, key, value));
  SWEEPMARK_CHECK(transaction.commit());
  report.complete = report.complete && !salvage.layers.empty() && !salvage.damaged;
  if (salvage.layers.empty()) report.messages.push_back("no whole commit was found");
  if (salvage.damaged)
    report.messages.push_back("commits whose content does not fit their checksum were left out");
  return report;
}

}  // namespace sweepmark
