#include "app/gui/label_source.hpp"

namespace sweepmark::gui {

Result<const LabelFormat*> format_of_source(const std::filesystem::path& source) {
  std::error_code error;
  const auto status = std::filesystem::status(source, error);
  if (error && status.type() != std::filesystem::file_type::not_found)
    return fail(ErrorCode::unreadable, "it cannot be looked at: " + error.message(), at_file(source));
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
      !std::filesystem::is_directory(status))
    return fail(ErrorCode::unsupported, "a file or folder of labels was expected, found a pipe or a device",
                at_file(source));
  return label_format_for(source);
}

}  // namespace sweepmark::gui
