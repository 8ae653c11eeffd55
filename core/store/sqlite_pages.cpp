#include "core/store/sqlite_pages.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

#include "core/base/files.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t own_page_size = 4096;
constexpr std::size_t file_header_size = 100;  // at the start of page 1
constexpr unsigned char table_leaf = 0x0d;

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

// Takes bytes from the front of a text; once something is missing it stays failed and gives zeros.
class Cursor {
 public:
  explicit Cursor(std::string_view rest) : rest_(rest) {}
  bool sound() const { return sound_; }
  bool at_end() const { return rest_.empty(); }

  std::string_view bytes(std::uint64_t count) {
    if (count > rest_.size()) {
      sound_ = false;
      return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  // Seven bits a byte, the high bit says that more follow; a ninth byte has eight.
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int i = 0; i < 9; ++i) {
      const std::uint64_t byte = big_endian(bytes(1));
      if (i == 8) return value << 8 | byte;
      value = value << 7 | (byte & 0x7f);
      if (!(byte & 0x80)) return value;
    }
    return value;
  }

 private:
  std::string_view rest_;
  bool sound_ = true;
};

std::int64_t signed_integer(std::string_view bytes) {
  const unsigned unused = 64 - 8 * static_cast<unsigned>(bytes.size());
  return static_cast<std::int64_t>(big_endian(bytes) << unused) >> unused;
}

// False for a type that the format reserves.
bool take_value(std::uint64_t serial_type, Cursor& body, StoredRow& row) {
  constexpr std::size_t integer_sizes[] = {0, 1, 2, 3, 4, 6, 8};
  if (serial_type == 0) {
    row.emplace_back();
  } else if (serial_type <= 6) {
    const std::string_view bytes = body.bytes(integer_sizes[serial_type]);
    row.emplace_back(std::in_place_type<std::int64_t>, bytes.empty() ? 0 : signed_integer(bytes));
  } else if (serial_type == 7) {
    row.emplace_back(std::in_place_type<double>, std::bit_cast<double>(big_endian(body.bytes(8))));
  } else if (serial_type <= 9) {
    row.emplace_back(std::in_place_type<std::int64_t>, static_cast<std::int64_t>(serial_type - 8));
  } else if (serial_type <= 11) {
    return false;
  } else {
    row.emplace_back(std::in_place_type<std::string>, body.bytes((serial_type - 12) / 2));
  }
  return true;
}

// Empty where the record is not whole.
StoredRow decoded(std::string_view record) {
  const std::uint64_t header_size = Cursor(record).varint();
  if (header_size < 1 || header_size > record.size()) return {};
  Cursor header(record.substr(0, header_size)), body(record.substr(header_size));
  header.varint();
  StoredRow row;
  while (!header.at_end()) {
    if (!take_value(header.varint(), body, row) || !header.sound() || !body.sound()) return {};
  }
  return row;
}

std::size_t page_size_said(std::string_view content) {
  if (content.size() < file_header_size) return own_page_size;
  const std::size_t said = big_endian(content.substr(16, 2));
  if (said == 1) return 65536;
  return said >= 512 && std::has_single_bit(said) ? said : own_page_size;
}

}  // namespace

Result<SqlitePages> SqlitePages::read(const fs::path& file) {
  SWEEPMARK_TRY(content, read_text(file));
  const std::size_t page_size = page_size_said(content);
  SqlitePages pages(std::move(content), page_size);
  const fs::path log_file = fs::path(file).concat("-wal");
  std::error_code error;
  if (fs::exists(log_file, error)) {
    SWEEPMARK_TRY(log, read_text(log_file));
    pages.overlay_log(log);
  }
  return pages;
}

// Frames count up to the last one that ends a commit; after it comes what was never acknowledged, or an older
// round's rest.
void SqlitePages::overlay_log(std::string_view log) {
  constexpr std::size_t log_header_size = 32, frame_header_size = 24;
  if (log.size() < log_header_size) return;
  const std::string_view salt = log.substr(16, 8);
  std::map<std::uint64_t, std::string_view> pending;
  Cursor frames(log.substr(log_header_size));
  for (;;) {
    const std::string_view header = frames.bytes(frame_header_size), image = frames.bytes(page_size_);
    if (!frames.sound() || header.substr(8, 8) != salt) return;
    pending[big_endian(header.substr(0, 4))] = image;
    if (big_endian(header.substr(4, 4)) == 0) continue;
    for (const auto& [number, content] : pending) {
      if (number == 0 || number > (content_.size() + log.size()) / page_size_)
        continue;  // no page can lie there
      const std::size_t start = (number - 1) * page_size_;
      content_.resize(std::max(content_.size(), start + page_size_), '\0');
      content_.replace(start, page_size_, content);
    }
    pending.clear();
  }
}

std::string_view SqlitePages::page(std::size_t number) const {
  if (number == 0 || number > count()) return {};
  return std::string_view(content_).substr((number - 1) * page_size_, page_size_);
}

void SqlitePages::for_each_row(const std::function<void(const StoredRow&)>& take) const {
  for (std::size_t number = 1; number <= count(); ++number) rows_of_leaf(number, take);
}

void SqlitePages::rows_of_leaf(std::size_t number, const std::function<void(const StoredRow&)>& take) const {
  const std::string_view leaf = page(number);
  const std::size_t start = number == 1 ? file_header_size : 0;
  if (static_cast<unsigned char>(leaf[start]) != table_leaf) return;
  const std::size_t cells =
      std::min<std::size_t>(big_endian(leaf.substr(start + 3, 2)), (leaf.size() - start - 8) / 2);
  for (std::size_t i = 0; i < cells; ++i) {
    const std::size_t cell = big_endian(leaf.substr(start + 8 + 2 * i, 2));
    if (cell >= leaf.size()) continue;
    if (const StoredRow row = decoded(payload_at(leaf, cell)); !row.empty()) take(row);
  }
}

// Section 1.6: what does not fit on the leaf goes on in a chain of overflow pages.
std::string SqlitePages::payload_at(std::string_view leaf, std::size_t cell) const {
  Cursor cursor(leaf.substr(cell));
  const std::uint64_t size = cursor.varint();
  cursor.varint();  // rowid
  if (size > content_.size()) return {};
  const std::size_t largest = page_size_ - 35, smallest = (page_size_ - 12) * 32 / 255 - 23;
  if (size <= largest) return std::string(cursor.bytes(size));
  const std::size_t fitting = smallest + (size - smallest) % (page_size_ - 4);
  std::string payload(cursor.bytes(fitting <= largest ? fitting : smallest));
  std::size_t next = big_endian(cursor.bytes(4));
  while (payload.size() < size && cursor.sound()) {
    Cursor overflow(page(next));
    next = big_endian(overflow.bytes(4));
    const std::string_view part =
        overflow.bytes(std::min<std::uint64_t>(size - payload.size(), page_size_ - 4));
    if (part.empty()) return {};
    payload += part;
  }
  return payload.size() == size ? payload : std::string();
}

}  // namespace sweepmark
