#include "core/session/labels_path.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace sweepmark {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view extension = ".sweepmark";

// FNV-1a (Fowler, Noll, Vo): the same path gives the same name for ever, which std::hash does not promise.
std::uint64_t fingerprint(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

fs::path user_data_folder() {
  if (const char* chosen = std::getenv("XDG_DATA_HOME"); chosen && *chosen) return fs::path(chosen) / "sweepmark" / "labels";
  const char* home = std::getenv("HOME");
  return fs::path(home && *home ? home : "/tmp") / ".local/share/sweepmark/labels";
}

bool writable_folder(const fs::path& folder) { return ::access(folder.c_str(), W_OK | X_OK) == 0; }

// The folder's own name, and the drive's where that says more.
std::string base_name(const fs::path& root, const std::string& drive) {
  const std::string folder = root.filename().string();
  return drive.empty() || drive == folder || drive == root.stem().string() ? folder : folder + "." + drive;
}

}  // namespace

LabelsPath default_labels_path(const Drive& drive) {
  std::error_code error;
  fs::path root = fs::weakly_canonical(drive.root, error);
  if (error) root = fs::absolute(drive.root);
  const std::string name = base_name(root, drive.name);
  const fs::path beside = root.parent_path() / (name + std::string(extension));
  const bool labels_there = fs::exists(beside, error);
  if (labels_there ? ::access(beside.c_str(), W_OK) == 0 && writable_folder(root.parent_path()) : writable_folder(root.parent_path()))
    return {beside, {}};
  const fs::path folder = user_data_folder();
  fs::create_directories(folder, error);
  const fs::path elsewhere = folder / fmt::format("{}-{:08x}{}", name, fingerprint(root.string()) & 0xffffffffu, extension);
  return {elsewhere, fmt::format("{} cannot be written to; labels are kept in {}", root.parent_path().string(), elsewhere.string())};
}

}  // namespace sweepmark
