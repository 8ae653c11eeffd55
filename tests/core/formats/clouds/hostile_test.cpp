// Damaged files give a cloud or an error; never a crash, and never more memory than the file is worth.
#include <gtest/gtest.h>

#include <random>

#include "core/base/files.hpp"
#include "core/formats/cloud_reader.hpp"
#include "core/formats/pcd_writer.hpp"
#include "tests/core/formats/clouds/pcl_reference.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

PointCloud small_cloud() {
  PointCloud cloud;
  for (int i = 0; i < 20; ++i) {
    cloud.x.push_back(0.5f * static_cast<float>(i));
    cloud.y.push_back(-1.25f);
    cloud.z.push_back(0.1f);
  }
  cloud.channels = {{"intensity", std::vector<float>(20, 0.5f)}, {"ring", std::vector<std::uint16_t>(20, 3)}};
  return cloud;
}

std::string small_ply(const char* format) {
  std::string content =
      std::string("ply\nformat ") + format +
      " 1.0\nelement face 1\nproperty list uchar int vertex_indices\nelement vertex 2\nproperty float x\n"
      "property float y\nproperty list uchar uchar seen\nproperty float z\nend_header\n";
  if (std::string_view(format) == "ascii") return content + "3 0 1 1\n1 2 2 7 7 3\n4 5 0 6\n";
  return content + std::string(1, '\3') + std::string(12, '\1') + std::string(8, '\2') +
         std::string("\2ab", 3) + std::string(4, '\1') + std::string(8, '\2') + std::string(1, '\0') +
         std::string(4, '\1');
}

std::vector<std::string> seeds() {
  const test::TemporaryFolder folder;
  test::pcl_write_everything(folder / "compressed.pcd", 30, test::PclStyle::binary_compressed);
  std::string rows(400, '\0');
  for (std::size_t i = 0; i < rows.size(); i += 4) rows[i + 3] = '\x40', rows[i] = static_cast<char>(i);
  return {pcd_ascii(small_cloud()),
          pcd_binary(small_cloud()),
          *read_text(folder / "compressed.pcd"),
          small_ply("ascii"),
          small_ply("binary_little_endian"),
          small_ply("binary_big_endian"),
          rows};
}

// Words that header fields are most likely to choke on.
constexpr const char* nasty_words[] = {"0",
                                       "-1",
                                       "4294967295",
                                       "4294967296",
                                       "9223372036854775807",
                                       "18446744073709551616",
                                       "1e9",
                                       "nan",
                                       "",
                                       "_",
                                       "x",
                                       "\n",
                                       " ",
                                       "list",
                                       "binary",
                                       "ascii",
                                       "binary_compressed",
                                       "65536",
                                       "8"};

std::string mutated(std::string content, std::mt19937& random) {
  const auto below = [&random](std::size_t limit) {
    return static_cast<std::size_t>(random()) % std::max<std::size_t>(limit, 1);
  };
  for (std::size_t edits = 1 + below(4); edits > 0 && !content.empty(); --edits) {
    const std::size_t at = below(content.size());
    switch (below(6)) {
      case 0:
        content[at] = static_cast<char>(random());
        break;
      case 1:
        content.resize(at);
        break;
      case 2:
        content.erase(at, 1 + below(20));
        break;
      case 3:
        content.insert(at, content.substr(below(content.size()), below(40)));
        break;
      case 4:
        content[at] = static_cast<char>(content[at] ^ (1 << below(8)));
        break;
      default: {  // a word of the text becomes a nasty one
        const std::size_t first = content.find_first_of(" \n", at);
        if (first == std::string::npos) break;
        const std::size_t end = std::min(content.find_first_of(" \n", first + 1), content.size());
        content.replace(first + 1, end - first - 1, nasty_words[below(std::size(nasty_words))]);
      }
    }
  }
  return content;
}

// A sound result keeps the promises of PointCloud; a refusal says why and names the file.
void expect_value_or_error(const CloudReader& reader, std::string_view content) {
  const std::filesystem::path file = "hostile.file";
  EXPECT_GE(reader.probe(file, content.substr(0, cloud_probe_bytes)), 0);
  const auto cloud = reader.read(std::as_bytes(std::span(content)), file);
  if (!cloud) {
    EXPECT_FALSE(cloud.error().message.empty());
    EXPECT_EQ(cloud.error().where.file, file);
    return;
  }
  ASSERT_LE(cloud->size() + cloud->dropped, 88 * content.size() + 1);
  ASSERT_EQ(cloud->y.size(), cloud->size());
  ASSERT_EQ(cloud->z.size(), cloud->size());
  for (std::size_t i = 0; i < cloud->size(); ++i) ASSERT_TRUE(cloud->position(i).allFinite());
  for (const Channel& channel : cloud->channels)
    ASSERT_EQ(std::visit([](const auto& values) { return values.size(); }, channel.values), cloud->size())
        << channel.name;
}

TEST(HostileClouds, ThousandsOfMutationsGiveACloudOrAnError) {
  std::mt19937 random(20240117);
  const std::vector<std::string> sound = seeds();
  for (int round = 0; round < 1500; ++round)
    for (const std::string& seed : sound) {
      const std::string content = mutated(seed, random);
      for (const CloudReader& reader : cloud_readers()) {
        SCOPED_TRACE(std::string(reader.name) + " in round " + std::to_string(round));
        expect_value_or_error(reader, content);
        if (HasFatalFailure()) return;
      }
    }
}

TEST(HostileClouds, EveryTruncationGivesACloudOrAnError) {
  for (const std::string& seed : seeds())
    for (std::size_t size = 0; size <= seed.size(); ++size)
      for (const CloudReader& reader : cloud_readers()) {
        expect_value_or_error(reader, std::string_view(seed).substr(0, size));
        if (HasFatalFailure()) return;
      }
}

TEST(HostileClouds, RandomBytesGiveAnError) {
  std::mt19937 random(5);
  for (int round = 0; round < 300; ++round) {
    std::string noise(random() % 600, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    for (const CloudReader& reader : cloud_readers()) expect_value_or_error(reader, noise);
  }
}

}  // namespace
}  // namespace sweepmark
