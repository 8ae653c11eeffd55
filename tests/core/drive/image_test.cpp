#include "core/drive/image.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "core/drive/reduced_image.hpp"
#include "tests/support/real_data.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using test::real_data;
using test::TemporaryFolder;
namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
  std::ostringstream content;
  content << std::ifstream(file, std::ios::binary).rdbuf();
  return content.str();
}

constexpr const char* real_png = "kitti_mmdet3d/000008.png";
constexpr const char* real_jpg =
    "nuscenes_mmdet3d/n015-2018-07-24-11-22-45+0800__CAM_FRONT__1532402927612460.jpg";

void expect_size(const fs::path& file, int width, int height) {
  const auto image = read_image(file);
  ASSERT_TRUE(image) << to_string(image.error());
  EXPECT_EQ(image->width, width);
  EXPECT_EQ(image->height, height);
  ASSERT_EQ(image->rgba.size(), 4u * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (std::size_t i = 3; i < image->rgba.size(); i += 4) ASSERT_EQ(image->rgba[i], 255);
  const auto size = read_image_size(file);
  ASSERT_TRUE(size) << to_string(size.error());
  EXPECT_EQ(size->width, width);
  EXPECT_EQ(size->height, height);
}

TEST(Image, ReadsARealPng) {
  SWEEPMARK_NEEDS_REAL_DATA(real_png);
  expect_size(real_data(real_png), 1242, 375);
}

TEST(Image, ReadsARealJpeg) {
  SWEEPMARK_NEEDS_REAL_DATA(real_jpg);
  expect_size(real_data(real_jpg), 1600, 900);
}

void expect_reduced(const fs::path& file, int width, int height) {
  for (const int reduction : {1, 2, 4, 8}) {
    const auto image = read_reduced_image(file, reduction);
    ASSERT_TRUE(image) << to_string(image.error());
    EXPECT_EQ(image->full_width, width);
    EXPECT_EQ(image->full_height, height);
    EXPECT_NEAR(image->pixels.width, width / reduction, 1);
    EXPECT_NEAR(image->pixels.height, height / reduction, 1);
    EXPECT_EQ(image->bytes(), 4u * static_cast<std::size_t>(image->pixels.width) *
                                  static_cast<std::size_t>(image->pixels.height));
  }
}

TEST(Image, IsDecodedAtReducedSizeAndKnowsItsFullOne) {
  SWEEPMARK_NEEDS_REAL_DATA(real_png);
  SWEEPMARK_NEEDS_REAL_DATA(real_jpg);
  expect_reduced(real_data(real_png), 1242, 375);
  expect_reduced(real_data(real_jpg), 1600, 900);
}

TEST(Image, WhatIsWrittenAsPngIsReadBackExactly) {
  TemporaryFolder folder;
  Image image{3, 2, {}};
  for (int i = 0; i < 6; ++i)
    for (const int value : {40 * i, 255 - i, 7 * i, 255})
      image.rgba.push_back(static_cast<std::uint8_t>(value));
  ASSERT_TRUE(write_png(image, folder / "x.png"));
  EXPECT_EQ(read_image(folder / "x.png")->rgba, image.rgba);
  expect_size(folder / "x.png", 3, 2);
}

// A damaged image is shown as far as it goes, or it is an error that names the file; it never takes the
// program down.
void expect_harmless(const fs::path& file) {
  const auto image = read_image(file);
  if (image) {
    EXPECT_EQ(image->rgba.size(),
              4u * static_cast<std::size_t>(image->width) * static_cast<std::size_t>(image->height));
  } else {
    EXPECT_EQ(image.error().where.file, file);
  }
  const auto size = read_image_size(file);
  if (size) {
    EXPECT_TRUE(size->width > 0 && size->height > 0) << file;
  } else {
    EXPECT_EQ(size.error().where.file, file);
  }
}

TEST(Image, DamagedFilesDoNoHarm) {
  SWEEPMARK_NEEDS_REAL_DATA(real_png);
  TemporaryFolder folder;
  int number = 0;
  for (const char* original : {real_png, real_jpg}) {
    const std::string sound = content_of(real_data(original));
    for (const std::size_t size : {0, 1, 2, 3, 8, 16, 23, 24, 25, 100, 500, 2000})
      expect_harmless(folder.write("cut" + std::to_string(++number), sound.substr(0, size)));
    expect_harmless(folder.write("half" + std::to_string(number), sound.substr(0, sound.size() / 2)));
    for (std::size_t at = 2; at < 400; at += 29) {
      std::string damaged = sound;
      damaged[at] = static_cast<char>(~damaged[at]);
      expect_harmless(folder.write("flip" + std::to_string(++number), damaged));
    }
  }
}

TEST(Image, HostileHeadersDoNoHarm) {
  TemporaryFolder folder;
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  expect_harmless(
      folder.write("huge.png", png + std::string("\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x02\0\0\0", 13)));
  expect_harmless(
      folder.write("negative.png", png + std::string("\xff\xff\xff\xff\xff\xff\xff\xff\x08\x02\0\0\0", 13)));
  expect_harmless(folder.write("none.png", png + std::string(13, '\0')));
  expect_harmless(folder.write("still.jpg", std::string("\xff\xd8\xff\xe0\0\0", 6) +
                                                std::string(100, '\0')));  // a segment of no length
  expect_harmless(folder.write("filled.jpg", "\xff\xd8" + std::string(5000, '\xff')));
  expect_harmless(folder.write("text.jpg", "this is not an image at all, though it says so"));
  expect_harmless(folder / "missing.png");
  EXPECT_EQ(read_image(folder / "missing.png").error().code, ErrorCode::not_found);
  EXPECT_EQ(read_image(folder.write("empty.png", "")).error().code, ErrorCode::malformed);
}

}  // namespace
}  // namespace sweepmark
