#include "core/drive/image.hpp"

#include <fmt/format.h>

#include <cstring>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/files.hpp"
#include "core/drive/reduced_image.hpp"

namespace sweepmark {

namespace {

std::uint32_t big_endian(const std::string& bytes, std::size_t at, int count) {
  std::uint32_t value = 0;
  for (int i = 0; i < count; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

// Walks the segments of a JPEG to its frame header (ITU-T T.81, B.2.2).
ImageSize jpeg_size(const std::string& bytes) {
  for (std::size_t at = 2; at + 9 < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) != 0xff) return {};
    const unsigned marker = static_cast<unsigned char>(bytes[at + 1]);
    const bool frame_header =
        marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (frame_header)
      return {static_cast<int>(big_endian(bytes, at + 7, 2)), static_cast<int>(big_endian(bytes, at + 5, 2))};
    at += marker == 0xff ? 1 : 2 + big_endian(bytes, at + 2, 2);
  }
  return {};
}

ImageSize size_in_header(const std::string& bytes) {
  if (bytes.size() >= 24 && bytes.starts_with("\x89PNG"))
    return {static_cast<int>(big_endian(bytes, 16, 4)), static_cast<int>(big_endian(bytes, 20, 4))};
  if (bytes.starts_with("\xff\xd8")) return jpeg_size(bytes);
  return {};
}

int decoding_flags(int reduction) {
  const int size = reduction >= 8   ? cv::IMREAD_REDUCED_COLOR_8
                   : reduction >= 4 ? cv::IMREAD_REDUCED_COLOR_4
                   : reduction >= 2 ? cv::IMREAD_REDUCED_COLOR_2
                                    : cv::IMREAD_COLOR;
  return size | cv::IMREAD_IGNORE_ORIENTATION;
}

Result<Image> decoded(const std::filesystem::path& file, int reduction) {
  SWEEPMARK_TRY(bytes, read_bytes(file));
  const auto failure = [&file](const std::string& what) {
    return fail(ErrorCode::malformed, "the image cannot be decoded: " + what, at_file(file));
  };
  if (bytes.empty()) return failure("the file is empty");
  try {
    const cv::Mat encoded(1, static_cast<int>(bytes.size()), CV_8UC1, bytes.data());
    const cv::Mat bgr = cv::imdecode(encoded, decoding_flags(reduction));
    if (bgr.empty()) return failure("its format is not known or it is damaged");
    Image image{bgr.cols, bgr.rows, std::vector<std::uint8_t>(4 * bgr.total())};
    cv::Mat rgba(bgr.rows, bgr.cols, CV_8UC4, image.rgba.data());
    cv::cvtColor(bgr, rgba, cv::COLOR_BGR2RGBA);
    return image;
  } catch (const std::exception& error) {
    return failure(error.what());
  }
}

}  // namespace

Result<Image> read_image(const std::filesystem::path& file) {
  return decoded(file, 1);
}

Result<ReducedImage> read_reduced_image(const std::filesystem::path& file, int reduction) {
  SWEEPMARK_TRY(image, decoded(file, reduction));
  ImageSize full{image.width, image.height};
  if (reduction > 1) {
    SWEEPMARK_TRY(stored, read_image_size(file));
    full = stored;
  }
  return ReducedImage{std::move(image), full.width, full.height};
}

Result<ImageSize> read_image_size(const std::filesystem::path& file) {
  SWEEPMARK_TRY(head, read_head(file, 256 * 1024));
  if (const ImageSize size = size_in_header(head); size.width > 0 && size.height > 0) return size;
  SWEEPMARK_TRY(image, read_image(file));
  return ImageSize{image.width, image.height};
}

Result<void> write_png(const Image& image, const std::filesystem::path& file) {
  try {
    const cv::Mat rgba(image.height, image.width, CV_8UC4, const_cast<std::uint8_t*>(image.rgba.data()));
    cv::Mat bgr;
    cv::cvtColor(rgba, bgr, cv::COLOR_RGBA2BGR);
    std::vector<unsigned char> encoded;
    if (!cv::imencode(".png", bgr, encoded))
      return fail(ErrorCode::internal, "the image cannot be encoded as PNG", at_file(file));
    return write_text_atomically(file, {reinterpret_cast<const char*>(encoded.data()), encoded.size()});
  } catch (const std::exception& error) {
    return fail(ErrorCode::internal, fmt::format("the image cannot be encoded as PNG: {}", error.what()),
                at_file(file));
  }
}

}  // namespace sweepmark
