// What the point file readers share: columns in the file's own number types, and the cloud they become.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/base/result.hpp"
#include "core/cloud/point_cloud.hpp"

namespace sweepmark {

enum class NumberType { i8, u8, i16, u16, i32, u32, i64, u64, f32, f64 };

constexpr std::size_t size_of(NumberType type) {
  constexpr std::size_t sizes[] = {1, 1, 2, 2, 4, 4, 8, 8, 4, 8};
  return sizes[static_cast<std::size_t>(type)];
}

// Calls `action(T{})` with the C++ type of `type`.
template <class Action>
decltype(auto) with_number_type(NumberType type, Action&& action) {
  switch (type) {
    case NumberType::i8:
      return action(std::int8_t{});
    case NumberType::u8:
      return action(std::uint8_t{});
    case NumberType::i16:
      return action(std::int16_t{});
    case NumberType::u16:
      return action(std::uint16_t{});
    case NumberType::i32:
      return action(std::int32_t{});
    case NumberType::u32:
      return action(std::uint32_t{});
    case NumberType::i64:
      return action(std::int64_t{});
    case NumberType::u64:
      return action(std::uint64_t{});
    case NumberType::f32:
      return action(float{});
    case NumberType::f64:
      break;
  }
  return action(double{});
}

// What a channel keeps a file's number as: itself, but double for 64-bit integers, which no channel holds.
template <class Number>
using KeptNumber = std::conditional_t<std::integral<Number> && sizeof(Number) == 8, double, Number>;

// The number at `at`, in the byte order given, whatever the alignment.
template <class Number>
Number load_number(const std::byte* at, std::endian order = std::endian::little) {
  std::byte bytes[sizeof(Number)];
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    bytes[i] = at[order == std::endian::native ? i : sizeof(Number) - 1 - i];
  Number number;
  std::memcpy(&number, bytes, sizeof(Number));
  return number;
}

// `rows` numbers, `stride` bytes apart.
ChannelValues gather_column(NumberType type, const std::byte* first, std::size_t stride, std::size_t rows,
                            std::endian order = std::endian::little);

// Numbers read from text, into the type the file declares. The first that does not fit it (256 or 1.5 in a
// u8) is an error whose place is `where` and whose message names its row.
Result<ChannelValues> column_from_text(NumberType type, std::vector<double> numbers, std::string_view name,
                                       const Where& where);

// One number of a line of text: takes blanks and the number off the front of `rest`. False where no number
// stands there. A number too large for a double becomes infinite, one too small becomes zero.
bool take_number(std::string_view& rest, double& number);

// Three colour columns of 0…255 as the one "rgb" channel. All have the same length.
Channel packed_rgb(const ChannelValues& red, const ChannelValues& green, const ChannelValues& blue);

// Finds x, y and z among the columns (in any case of letters; anything else is an error that lists what there
// is), gives channels of well-known meaning their fixed names, and drops rows that are not finite.
//   intensity   from intensity, i, intensities, reflectance, reflectivity, remission
//   ring        from ring, ring_id, laser, laser_id, laser_number, channel, line, beam
//   time        from time, t, timestamp, time_stamp, time_offset, offset_time, offset, offset_ns
//   rgb         from rgb, rgba as packed colour: the alpha byte goes
// Only the first of each list that the file has is renamed. Times become float seconds where that is certain
// enough: floating-point values within ±1 are seconds; integers within ±10⁹ are nanoseconds where they reach
// beyond ±10⁶, and microseconds where they reach beyond ±10⁴. Other times (absolute ones above all) stay as
// they are under their own name, and under "timestamp" where that name was "time".
Result<PointCloud> cloud_from_columns(std::vector<Channel> columns, const std::filesystem::path& file);

}  // namespace sweepmark
