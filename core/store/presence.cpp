#include "core/store/presence.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace sweepmark {

namespace {

struct flock lock_of(short type, off_t start, off_t length) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = start;
  lock.l_len = length;  // 0: to the end
  return lock;
}

}  // namespace

Presence::Presence(const std::filesystem::path& file, Part part)
    : lock_file_(std::filesystem::path(file).concat(".lock")) {
  if (part == Part::take)
    take();
  else
    descriptor_ = ::open(lock_file_.c_str(), O_RDWR | O_CLOEXEC);
}

// The last one out may remove the file between our opening and our locking it: then its name leads elsewhere,
// and we begin anew.
void Presence::take() {
  constexpr int patience = 50;
  for (int attempt = 0; attempt < patience; ++attempt) {
    descriptor_ = ::open(lock_file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor_ < 0) return;
    struct flock mine = lock_of(F_RDLCK, ::getpid(), 1);
    taken_ = ::fcntl(descriptor_, F_OFD_SETLK, &mine) == 0;
    if (taken_ && still_named()) return;
    taken_ = false;
    ::close(descriptor_);
    descriptor_ = -1;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

bool Presence::still_named() const {
  struct stat held {
  }, named{};
  return ::fstat(descriptor_, &held) == 0 && ::stat(lock_file_.c_str(), &named) == 0 &&
         held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

Presence::~Presence() {
  if (descriptor_ < 0) return;
  struct flock everything = lock_of(F_WRLCK, 0, 0);
  if (taken_ && ::fcntl(descriptor_, F_OFD_SETLK, &everything) == 0) ::unlink(lock_file_.c_str());
  ::close(descriptor_);
}

long Presence::other() const {
  if (descriptor_ < 0) return 0;
  struct flock probe = lock_of(F_WRLCK, 0, 0);
  if (::fcntl(descriptor_, F_OFD_GETLK, &probe) != 0 || probe.l_type == F_UNLCK) return 0;
  return static_cast<long>(probe.l_start);
}

}  // namespace sweepmark
