#include "core/stack/stack_export.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <span>

#include "core/base/text.hpp"
#include "core/stack/stack_file.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

constexpr double far_from_origin = 10'000.0;  // metres, where float32 would lose the millimetres

struct Layout {
  std::size_t points = 0;
  bool doubles = false, intensity = false;
};

Layout layout_of(const StackFile& stack) {
  Layout layout;
  for (std::size_t b = 0; b < stack.blocks(); ++b) {
    layout.points += stack.block(b).points();
    layout.doubles = layout.doubles || stack.block(b).origin.cwiseAbs().maxCoeff() > far_from_origin;
    layout.intensity = layout.intensity || stack.block(b).has_intensity;
  }
  return layout;
}

std::string ply_head(const Layout& layout) {
  const std::string_view number = layout.doubles ? "double" : "float";
  return fmt::format(
      "ply\nformat binary_little_endian 1.0\ncomment sweeps stacked by Sweepmark\nelement vertex {}\n"
      "property {} x\nproperty {} y\nproperty {} z\n{}property uint sweep\nproperty uint row\nend_header\n",
      layout.points, number, number, number, layout.intensity ? "property float intensity\n" : "");
}

std::string pcd_head(const Layout& layout) {
  const std::string_view xyz = layout.doubles ? "8 8 8" : "4 4 4";
  return fmt::format(
      "# .PCD v0.7 - sweeps stacked by Sweepmark\nVERSION 0.7\nFIELDS x y z{0} sweep row\nSIZE {1}{2} 4 4\n"
      "TYPE F F F{3} U U\nCOUNT 1 1 1{4} 1 1\nWIDTH {5}\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS {5}\nDATA "
      "binary\n",
      layout.intensity ? " intensity" : "", xyz, layout.intensity ? " 4" : "", layout.intensity ? " F" : "",
      layout.intensity ? " 1" : "", layout.points);
}

template <class Value>
void put(std::string& rows, Value value) {
  rows.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

Result<std::string> rows_of(const PointCloud& layer, std::span<const StackSlot> slots, const Layout& layout,
                            const fs::path& file) {
  std::string rows;
  rows.reserve(layer.size() * 40);
  const std::vector<float> intensity = layer.channel_as_float("intensity");
  const auto& source = std::get<std::vector<std::uint32_t>>(layer.channel("source")->values);
  for (std::size_t i = 0; i < layer.size(); ++i) {
    const auto row = row_of(slots, source[i]);
    if (!row)
      return fail(ErrorCode::malformed, "a stacked point names a sweep that is not there", at_file(file));
    for (const double coordinate : layer.position(i))
      layout.doubles ? put(rows, coordinate) : put(rows, static_cast<float>(coordinate));
    if (layout.intensity) put(rows, intensity.empty() ? 0.0f : intensity[i]);
    put(rows, row->sweep);
    put(rows, row->row);
  }
  return rows;
}

Result<void> write_points(const StackFile& stack, const fs::path& file, const Layout& layout,
                          std::ostream& out, const Progress& progress) {
  for (std::uint32_t b = 0; b < stack.blocks(); ++b) {
    if (progress.cancelled()) return fail(ErrorCode::cancelled, "the export was cancelled", at_file(file));
    progress(static_cast<double>(b) / static_cast<double>(stack.blocks()), "writing");
    for (std::uint32_t level = 0; level < stack_levels; ++level) {
      SWEEPMARK_TRY(layer, stack.read_layer({b, level}));
      SWEEPMARK_TRY(rows, rows_of(layer, stack.block(b).slots, layout, file));
      out.write(rows.data(), static_cast<std::streamsize>(rows.size()));
    }
  }
  return {};
}

}  // namespace

Result<std::size_t> export_stack(const fs::path& file, const fs::path& target, const Progress& progress) {
  const std::string ending = lowered(target.extension().string());
  if (ending != ".ply" && ending != ".pcd")
    return fail(ErrorCode::invalid_argument, "stacked sweeps are exported as .ply or .pcd", at_file(target));
  SWEEPMARK_TRY(stack, StackFile::open(file));
  stack->refresh();
  if (!stack->complete())
    return fail(ErrorCode::malformed, "the stack is not built to its end yet", at_file(file));
  const Layout layout = layout_of(*stack);
  const fs::path partial = fs::path(target).concat(".partial");
  std::ofstream out(partial, std::ios::binary | std::ios::trunc);
  out << (ending == ".ply" ? ply_head(layout) : pcd_head(layout));
  Result<void> written = write_points(*stack, file, layout, out, progress);
  out.close();
  if (written && !out)
    written = fail(ErrorCode::unreadable, std::string("cannot be written: ") + std::strerror(errno),
                   at_file(target));
  std::error_code error;
  if (written) fs::rename(partial, target, error);
  if (error) written = fail(ErrorCode::unreadable, "cannot be written: " + error.message(), at_file(target));
  if (!written) {
    fs::remove(partial, error);
    return Failure(written.error());
  }
  return layout.points;
}

}  // namespace sweepmark
