#include "core/base/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/base/text.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

Failure system_failure(const fs::path& file, std::string_view action, int error_number) {
  ErrorCode code = ErrorCode::unreadable;
  if (error_number == ENOENT) code = ErrorCode::not_found;
  if (error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG) code = ErrorCode::no_space;
  if (error_number == EROFS) code = ErrorCode::read_only;
  return fail(code, std::string(action) + ": " + std::strerror(error_number), at_file(file));
}

Failure write_failure(const fs::path& file, int error_number) {
  Failure failure = system_failure(file, "cannot be written", error_number);
  if (error_number == EACCES || error_number == EPERM) failure.error().code = ErrorCode::read_only;
  return failure;
}

// Reads at most `limit` bytes into a container of byte-sized elements.
template <class Container>
Result<Container> read_up_to(const fs::path& file, std::uint64_t limit) {
  std::error_code error;
  if (fs::is_directory(file, error))
    return system_failure(file, "a file was expected, found a folder", EISDIR);
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return system_failure(file, "cannot be opened", errno);
  const std::uint64_t size = fs::file_size(file, error);
  if (error) return system_failure(file, "its size cannot be read", error.value());
  Container content;
  content.resize(static_cast<std::size_t>(std::min(size, limit)));
  stream.read(reinterpret_cast<char*>(content.data()), static_cast<std::streamsize>(content.size()));
  if (stream.bad()) return system_failure(file, "cannot be read", EIO);
  content.resize(static_cast<std::size_t>(stream.gcount()));
  return content;
}

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<std::vector<std::byte>> read_bytes(const fs::path& file) {
  return read_up_to<std::vector<std::byte>>(file, UINT64_MAX);
}

Result<std::string> read_text(const fs::path& file) {
  return read_up_to<std::string>(file, UINT64_MAX);
}

Result<std::string> read_head(const fs::path& file, std::size_t count) {
  return read_up_to<std::string>(file, count);
}

Result<void> write_text_atomically(const fs::path& file, std::string_view content) {
  const fs::path partial = fs::path(file).concat(".partial");
  const int descriptor = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return write_failure(file, errno);
  bool sound = write_all(descriptor, content) && ::fsync(descriptor) == 0;
  int error_number = errno;
  if (::close(descriptor) != 0 && sound) {
    sound = false;
    error_number = errno;
  }
  if (sound && ::rename(partial.c_str(), file.c_str()) == 0) return {};
  if (sound) error_number = errno;
  ::unlink(partial.c_str());
  return write_failure(file, error_number);
}

Result<std::vector<fs::path>> files_in(const fs::path& folder, std::string_view extension) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (it->is_regular_file(ignored) && it->path().filename().string().ends_with(extension))
      files.push_back(it->path());
  }
  if (error) return system_failure(folder, "cannot be listed", error.value());
  std::ranges::sort(files, [](const fs::path& a, const fs::path& b) {
    return natural_less(a.filename().string(), b.filename().string());
  });
  return files;
}

}  // namespace sweepmark
