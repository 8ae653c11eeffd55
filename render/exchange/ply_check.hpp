// VTK's PLY reader takes a file at its word: one that ends early, or names no coordinates, ends the process.
// So a file is looked through before it is handed over.
#pragma once

#include <filesystem>

#include "core/base/result.hpp"

namespace sweepmark {

// Whether the header is sound, vertices have x, y and z, faces have a list of corners, and the body holds
// every number that the header promises. The error names the line or byte.
Result<void> check_ply(const std::filesystem::path& file);

}  // namespace sweepmark
