#include "core/session/labels_path.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view extension = ".sweepmark";

fs::path resolved(const fs::path& path) {
  std::error_code error;
  fs::path result = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) result = path.lexically_normal();
  return result.has_filename() ? result : result.parent_path();  // "log7/" is log7
}

// Names of drives come from files of any kind: what could lead to another folder becomes a dash.
std::string as_file_name(std::string name) {
  for (char& c : name)
    if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20) c = '-';
  return name;
}

std::string labels_name(const Drive& drive, const fs::path& root) {
  std::error_code error;
  const fs::path base = fs::is_regular_file(root, error) ? root.stem() : root.filename();
  std::string name = base.string();
  const bool own_name = drive.name.empty() || drive.name == name || drive.name == root.filename().string();
  if (!own_name) name.append(".").append(as_file_name(drive.name));
  return name + std::string(extension);
}

// Different places must not share a name, and a place must keep its name: fnv-1a of the whole path.
std::string name_from_path(const fs::path& file) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : file.string()) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  constexpr std::size_t longest = 100;  // file systems take 255 bytes
  const std::string stem = file.stem().string().substr(0, longest);
  return fmt::format("{}-{:016x}{}", stem, hash, extension);
}

bool writable(const fs::path& file) {
  if (::access(file.c_str(), F_OK) == 0)
    return ::access(file.c_str(), R_OK | W_OK) == 0 && ::access(file.parent_path().c_str(), W_OK) == 0;
  return ::access(file.parent_path().c_str(), W_OK | X_OK) == 0;
}

fs::path home_folder() {
  if (const char* home = std::getenv("HOME"); home && *home) return home;
  const passwd* user = ::getpwuid(::getuid());
  return user && user->pw_dir ? fs::path(user->pw_dir) : fs::temp_directory_path();
}

std::string why_not_beside(const fs::path& beside) {
  std::error_code error;
  if (fs::exists(beside, error))
    return fmt::format(
        "the labels beside the drive, {}, cannot be written to; they stay as they are, and this drive's new "
        "labels are in",
        beside.string());
  return fmt::format("the folder {} cannot be written to, so this drive's labels are in",
                     beside.parent_path().string());
}

}  // namespace

LabelsPlaces LabelsPlaces::of_this_user() {
  const char* data = std::getenv("XDG_DATA_HOME");
  const fs::path base =
      data && fs::path(data).is_absolute() ? fs::path(data) : home_folder() / ".local/share";
  return {base / "sweepmark/labels", writable};
}

LabelsPath default_labels_path(const Drive& drive) {
  return default_labels_path(drive, LabelsPlaces::of_this_user());
}

LabelsPath default_labels_path(const Drive& drive, const LabelsPlaces& places) {
  const fs::path root = resolved(drive.root);
  const fs::path beside = root.parent_path() / labels_name(drive, root);
  const fs::path elsewhere = places.user_data_folder / name_from_path(beside);
  const bool can_lie_beside = root.has_relative_path() && places.can_write(beside);
  std::error_code error;
  if (can_lie_beside && (fs::exists(beside, error) || !fs::exists(elsewhere, error))) return {beside, {}};
  if (can_lie_beside)
    return {elsewhere, fmt::format("this drive's labels were begun in {} and are still there; move the file "
                                   "to {} to keep it beside the drive",
                                   elsewhere.string(), beside.string())};
  // Where this fails, opening the labels file says so and names it.
  fs::create_directories(places.user_data_folder, error);
  return {elsewhere, fmt::format("{} {}", why_not_beside(beside), elsewhere.string())};
}

}  // namespace sweepmark
