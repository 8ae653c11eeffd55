// Rows of an SQLite file read from its leaf pages, without the trees above them: what is left where SQLite
// gives up. After https://www.sqlite.org/fileformat2.html, sections 1.6 (b-tree pages), 2.1 (records) and 4
// (write-ahead log). Private to core/store.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.hpp"

namespace sweepmark {

using StoredValue =
    std::variant<std::monostate, std::int64_t, double, std::string>;  // texts and blobs are strings
using StoredRow = std::vector<StoredValue>;

class SqlitePages {
 public:
  // Reads the file, and lays over it what a write-ahead log beside it has committed. Any content is taken: a
  // header that makes no sense is replaced by what Sweepmark writes itself.
  static Result<SqlitePages> read(const std::filesystem::path& file);

  std::size_t count() const { return content_.size() / page_size_; }
  // Every row that can be decoded, of any table, in page order; old copies in unused pages too. A row's
  // content is as good as the bytes it was read from: the caller checks it.
  void for_each_row(const std::function<void(const StoredRow&)>& take) const;

 private:
  SqlitePages(std::string content, std::size_t page_size)
      : content_(std::move(content)), page_size_(page_size) {}
  void overlay_log(std::string_view log);
  std::string_view page(std::size_t number) const;  // 1-based; empty where there is none
  void rows_of_leaf(std::size_t number, const std::function<void(const StoredRow&)>& take) const;
  std::string payload_at(std::string_view leaf, std::size_t cell) const;  // empty where it is not whole

  std::string content_;
  std::size_t page_size_;
};

}  // namespace sweepmark
