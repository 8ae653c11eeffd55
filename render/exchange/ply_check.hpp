// VTK's PLY reader takes a file at its word: one that ends early, or names no coordinates, ends the process.
// So a file is looked through before it is handed over.
#pragma once

#include <filesystem>

#include "core/base/result.hpp"

namespace sweepmark {

// The file to hand over: `file` itself, or for a file of text a copy in `scratch` with each row on a line of
// its own, as VTK wants them. An error where the header is not sound, vertices lack x, y or z, faces lack a
// list of corners, or the body does not hold every number that the header promises; it names the byte.
Result<std::filesystem::path> checked_ply(const std::filesystem::path& file,
                                          const std::filesystem::path& scratch);

}  // namespace sweepmark
