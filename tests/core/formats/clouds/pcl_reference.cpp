#include "tests/core/formats/clouds/pcl_reference.hpp"

#include <pcl/PCLPointCloud2.h>
#include <pcl/common/io.h>
#include <pcl/io/pcd_io.h>
#include <pcl/io/ply_io.h>

#include <cmath>
#include <cstring>
#include <random>

namespace sweepmark::test {

namespace {

template <class Number>
double number_at(const std::uint8_t* at) {
  Number number;
  std::memcpy(&number, at, sizeof(number));
  return static_cast<double>(number);
}

double number_of(const pcl::PCLPointField& field, const std::uint8_t* at) {
  if (field.name == "rgb" || field.name == "rgba")
    return static_cast<double>(static_cast<std::uint32_t>(number_at<std::uint32_t>(at)) & 0xffffffu);
  switch (field.datatype) {
    case pcl::PCLPointField::INT8:
      return number_at<std::int8_t>(at);
    case pcl::PCLPointField::UINT8:
      return number_at<std::uint8_t>(at);
    case pcl::PCLPointField::INT16:
      return number_at<std::int16_t>(at);
    case pcl::PCLPointField::UINT16:
      return number_at<std::uint16_t>(at);
    case pcl::PCLPointField::INT32:
      return number_at<std::int32_t>(at);
    case pcl::PCLPointField::UINT32:
      return number_at<std::uint32_t>(at);
    case pcl::PCLPointField::FLOAT32:
      return number_at<float>(at);
    default:
      return number_at<double>(at);
  }
}

Columns columns_of(const pcl::PCLPointCloud2& cloud) {
  Columns columns;
  const std::size_t points = static_cast<std::size_t>(cloud.width) * cloud.height;
  for (const pcl::PCLPointField& field : cloud.fields) {
    if (field.name == "_") continue;
    const int size = pcl::getFieldSize(field.datatype);
    for (std::uint32_t c = 0; c < field.count; ++c) {
      auto& column = columns[field.count == 1 ? field.name : field.name + "_" + std::to_string(c)];
      for (std::size_t i = 0; i < points; ++i)
        column.push_back(number_of(field, cloud.data.data() + i * cloud.point_step + field.offset +
                                              c * static_cast<std::uint32_t>(size)));
    }
  }
  return columns;
}

}  // namespace

Columns pcl_read(const std::filesystem::path& file) {
  pcl::PCLPointCloud2 cloud;
  const int status = file.extension() == ".ply" ? pcl::io::loadPLYFile(file.string(), cloud)
                                                : pcl::io::loadPCDFile(file.string(), cloud);
  return status < 0 ? Columns{} : columns_of(cloud);
}

void pcl_write_everything(const std::filesystem::path& file, std::size_t points, PclStyle style) {
  pcl::PCLPointCloud2 cloud;
  cloud.width = static_cast<std::uint32_t>(points);
  cloud.height = 1;
  std::uint32_t offset = 0;
  const auto add = [&](const char* name, std::uint8_t type, std::uint32_t count, std::uint32_t gap_before) {
    pcl::PCLPointField field;
    field.name = name;
    field.offset = offset + gap_before;
    field.datatype = type;
    field.count = count;
    cloud.fields.push_back(field);
    offset = field.offset + count * static_cast<std::uint32_t>(pcl::getFieldSize(type));
  };
  add("intensity", pcl::PCLPointField::FLOAT32, 1, 0);
  add("z", pcl::PCLPointField::FLOAT32, 1, 0);
  add("y", pcl::PCLPointField::FLOAT32, 1, 4);
  add("x", pcl::PCLPointField::FLOAT32, 1, 0);
  add("byte", pcl::PCLPointField::UINT8, 1, 0);
  add("small", pcl::PCLPointField::INT8, 1, 0);
  add("ring", pcl::PCLPointField::UINT16, 1, 2);
  add("short", pcl::PCLPointField::INT16, 1, 0);
  add("long", pcl::PCLPointField::INT32, 1, 0);
  add("seen", pcl::PCLPointField::UINT32, 1, 0);
  add("exact", pcl::PCLPointField::FLOAT64, 1, 4);
  add("shape", pcl::PCLPointField::FLOAT32, 5, 0);
  add("rgb", pcl::PCLPointField::FLOAT32, 1, 8);
  cloud.point_step = offset;
  cloud.row_step = cloud.point_step * cloud.width;
  cloud.data.resize(cloud.row_step);
  std::mt19937 random(7);
  std::uniform_real_distribution<float> metres(-80.0f, 80.0f);
  for (std::size_t i = 0; i < points; ++i)
    for (const pcl::PCLPointField& field : cloud.fields)
      for (std::uint32_t c = 0; c < field.count; ++c) {
        const auto size = static_cast<std::uint32_t>(pcl::getFieldSize(field.datatype));
        std::uint8_t* at = cloud.data.data() + i * cloud.point_step + field.offset + c * size;
        const float f = field.name.size() == 1 && i % 10 == 3 ? std::nanf("") : metres(random);
        const double d = 1e6 * metres(random);
        const std::uint32_t bits = field.name == "rgb" ? static_cast<std::uint32_t>(random()) & 0xffffffu
                                                       : static_cast<std::uint32_t>(random());
        if (field.name != "rgb" && field.datatype == pcl::PCLPointField::FLOAT32)
          std::memcpy(at, &f, 4);
        else if (field.datatype == pcl::PCLPointField::FLOAT64)
          std::memcpy(at, &d, 8);
        else
          std::memcpy(at, &bits, std::min<std::size_t>(size, 4));
      }
  pcl::PCDWriter writer;
  const Eigen::Vector4f origin = Eigen::Vector4f::Zero();
  const Eigen::Quaternionf upright = Eigen::Quaternionf::Identity();
  if (style == PclStyle::ascii) writer.writeASCII(file.string(), cloud, origin, upright, 9);
  if (style == PclStyle::binary) writer.writeBinary(file.string(), cloud, origin, upright);
  if (style == PclStyle::binary_compressed)
    writer.writeBinaryCompressed(file.string(), cloud, origin, upright);
}

}  // namespace sweepmark::test
