// What PCL makes of a file, without its headers.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace sweepmark::test {

// Columns by field name; fields of several numbers as name_0, name_1, …; packed colours as their 24 bits.
using Columns = std::map<std::string, std::vector<double>>;

// Empty where PCL reports an error.
Columns pcl_read(const std::filesystem::path& file);

enum class PclStyle { ascii, binary, binary_compressed };

// A cloud of `points` with every number type PCL has, fields of several numbers, packed colour, NaN rows and
// gaps between fields (which PCL writes as padding), as PCL writes it.
void pcl_write_everything(const std::filesystem::path& file, std::size_t points, PclStyle style);

}  // namespace sweepmark::test
