#include "core/formats/columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "core/base/text.hpp"

namespace sweepmark {

namespace {

using Names = std::span<const std::string_view>;

constexpr std::string_view intensity_names[] = {"intensity",    "i",        "intensities", "reflectance",
                                                "reflectivity", "remission"};
constexpr std::string_view ring_names[] = {"ring",         "ring_id", "laser", "laser_id",
                                           "laser_number", "channel", "line",  "beam"};
constexpr std::string_view time_names[] = {"time",        "t",           "timestamp", "time_stamp",
                                           "time_offset", "offset_time", "offset",    "offset_ns"};
constexpr std::string_view rgb_names[] = {"rgb", "rgba"};

Channel* column_named(std::vector<Channel>& columns, std::string_view name) {
  const auto found =
      std::ranges::find(columns, name, [](const Channel& column) { return lowered(column.name); });
  return found == columns.end() ? nullptr : &*found;
}

Channel* first_named(std::vector<Channel>& columns, Names names) {
  for (const std::string_view name : names)
    if (Channel* column = column_named(columns, name)) return column;
  return nullptr;
}

void rename_first(std::vector<Channel>& columns, Names names) {
  if (Channel* column = first_named(columns, names)) column->name = names[0];
}

template <class To, class Function>
std::vector<To> mapped(const ChannelValues& values, Function function) {
  return std::visit(
      [&function](const auto& typed) {
        std::vector<To> result(typed.size());
        std::ranges::transform(typed, result.begin(), function);
        return result;
      },
      values);
}

double largest_magnitude(const ChannelValues& values) {
  return std::visit(
      [](const auto& typed) {
        double largest = 0.0;
        for (const auto value : typed) {
          const double magnitude = std::abs(static_cast<double>(value));
          if (!(magnitude <= largest)) largest = magnitude;  // a NaN stays, and fits no unit
        }
        return largest;
      },
      values);
}

// Seconds in one unit of a channel of times, or nothing where that is anybody's guess.
std::optional<double> seconds_per_unit(const ChannelValues& times) {
  const double largest = largest_magnitude(times);
  const bool floating =
      std::holds_alternative<std::vector<float>>(times) || std::holds_alternative<std::vector<double>>(times);
  if (largest <= 1.0) return 1.0;
  // 64-bit integers arrive as doubles: nanoseconds of a sweep, too, are whole numbers.
  const auto* doubles = std::get_if<std::vector<double>>(&times);
  const bool whole =
      !floating || (doubles && std::ranges::all_of(*doubles, [](double t) { return t == std::floor(t); }));
  if (!whole || largest > 1e9) return std::nullopt;
  if (largest > 1e6) return 1e-9;
  if (largest > 1e4) return 1e-6;
  return std::nullopt;
}

void settle_time(std::vector<Channel>& columns) {
  Channel* time = first_named(columns, time_names);
  if (!time) return;
  if (const auto unit = seconds_per_unit(time->values)) {
    time->values = mapped<float>(
        time->values, [s = *unit](auto t) { return static_cast<float>(static_cast<double>(t) * s); });
    time->name = "time";
  } else if (lowered(time->name) == "time") {
    time->name = "timestamp";
  }
}

void settle_rgb(std::vector<Channel>& columns) {
  Channel* rgb = first_named(columns, rgb_names);
  if (!rgb) return;
  if (auto* packed = std::get_if<std::vector<std::uint32_t>>(&rgb->values)) {
    for (std::uint32_t& colour : *packed) colour &= 0x00ffffffu;
    rgb->name = "rgb";
  }
}

// A coordinate beyond what float32 holds is as unusable as NaN, and dropped like it.
std::vector<double> as_coordinates(const ChannelValues& values) {
  constexpr double limit = std::numeric_limits<float>::max() / 4;
  return mapped<double>(values, [](auto value) {
    const auto metres = static_cast<double>(value);
    return std::abs(metres) < limit ? metres : std::numeric_limits<double>::quiet_NaN();
  });
}

Failure no_coordinates(const std::vector<Channel>& columns, const std::filesystem::path& file) {
  std::string names;
  for (const Channel& column : columns) names += (names.empty() ? "" : ", ") + column.name;
  return fail(ErrorCode::malformed,
              fmt::format("fields x, y and z expected, found {}", names.empty() ? "none" : names),
              at_file(file));
}

}  // namespace

ChannelValues gather_column(NumberType type, const std::byte* first, std::size_t stride, std::size_t rows,
                            std::endian order) {
  return with_number_type(type, [&](auto sample) -> ChannelValues {
    using Number = decltype(sample);
    std::vector<KeptNumber<Number>> values(rows);
    for (std::size_t row = 0; row < rows; ++row)
      values[row] = static_cast<KeptNumber<Number>>(load_number<Number>(first + row * stride, order));
    return values;
  });
}

Result<ChannelValues> column_from_text(NumberType type, std::vector<double> numbers, std::string_view name,
                                       const Where& where) {
  return with_number_type(type, [&](auto sample) -> Result<ChannelValues> {
    using Number = decltype(sample);
    if constexpr (std::same_as<KeptNumber<Number>, double>) {
      return std::move(numbers);
    } else {
      std::vector<Number> values(numbers.size());
      for (std::size_t row = 0; row < numbers.size(); ++row) {
        const double number = numbers[row];
        if constexpr (std::integral<Number>) {
          const bool fits =
              number >= std::numeric_limits<Number>::min() && number <= std::numeric_limits<Number>::max();
          if (!fits || number != std::floor(number))
            return fail(ErrorCode::malformed,
                        fmt::format("field {} of point {}: an integer of {} byte(s) expected, found {}", name,
                                    row, sizeof(Number), number),
                        where);
        }
        values[row] = static_cast<Number>(number);
      }
      return values;
    }
  });
}

bool take_number(std::string_view& rest, double& number) {
  const char* at = rest.data();
  const char* const end = at + rest.size();
  while (at != end && (*at == ' ' || *at == '\t' || *at == '\r')) ++at;
  if (at != end && *at == '+') ++at;
  const auto [after, error] = std::from_chars(at, end, number);
  if (error == std::errc::result_out_of_range) {
    const bool small = std::string_view(at, after).find("e-") != std::string_view::npos ||
                       std::string_view(at, after).find("E-") != std::string_view::npos;
    number = small ? 0.0 : std::copysign(std::numeric_limits<double>::infinity(), *at == '-' ? -1.0 : 1.0);
  } else if (error != std::errc()) {
    return false;
  }
  if (after != end && *after != ' ' && *after != '\t' && *after != '\r' && *after != '\n') return false;
  rest.remove_prefix(static_cast<std::size_t>(after - rest.data()));
  return true;
}

Channel packed_rgb(const ChannelValues& red, const ChannelValues& green, const ChannelValues& blue) {
  const auto component = [](auto value) {
    return static_cast<std::uint32_t>(std::clamp(static_cast<double>(value), 0.0, 255.0));
  };
  std::vector<std::uint32_t> packed = mapped<std::uint32_t>(red, component);
  const auto add = [&](const ChannelValues& values, unsigned shift) {
    const auto components = mapped<std::uint32_t>(values, component);
    for (std::size_t i = 0; i < packed.size(); ++i) packed[i] = packed[i] << shift | components[i];
  };
  add(green, 8);
  add(blue, 8);
  return {"rgb", std::move(packed)};
}

Result<PointCloud> cloud_from_columns(std::vector<Channel> columns, const std::filesystem::path& file) {
  std::array<ChannelValues, 3> axes;
  constexpr std::array<std::string_view, 3> axis_names = {"x", "y", "z"};
  for (const std::string_view name : axis_names)
    if (!column_named(columns, name)) return no_coordinates(columns, file);
  for (std::size_t a = 0; a < 3; ++a) {
    Channel* column = column_named(columns, axis_names[a]);
    axes[a] = std::move(column->values);
    columns.erase(columns.begin() + (column - columns.data()));
  }
  rename_first(columns, intensity_names);
  rename_first(columns, ring_names);
  settle_time(columns);
  settle_rgb(columns);
  auto* x = std::get_if<std::vector<float>>(&axes[0]);
  auto* y = std::get_if<std::vector<float>>(&axes[1]);
  auto* z = std::get_if<std::vector<float>>(&axes[2]);
  if (x && y && z) return make_point_cloud(std::move(*x), std::move(*y), std::move(*z), std::move(columns));
  return make_point_cloud(as_coordinates(axes[0]), as_coordinates(axes[1]), as_coordinates(axes[2]),
                          std::move(columns));
}

}  // namespace sweepmark
