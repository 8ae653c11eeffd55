// Who else has a labels file open. Only informs: it never makes anybody wait. Private to core/store.
#pragma once

#include <filesystem>
#include <string>

namespace sweepmark {

// Holds a shared lock on one byte, the process's number, of `<file>.lock` (open file description locks,
// fcntl(2)). The kernel drops it with the process, however that ends, so no stale state can stay; the last
// one out removes the file.
class Presence {
 public:
  // Where no lock can be had (a read-only folder, a file system without locks) nothing will ever be known,
  // and that is fine. `observe` only looks, and makes no file.
  enum class Part { take, observe };
  Presence(const std::filesystem::path& file, Part part);
  ~Presence();
  Presence(const Presence&) = delete;
  Presence& operator=(const Presence&) = delete;

  // The number of another process (or of this one, by another handle) that has the file open now; 0 where
  // there is none.
  long other() const;

 private:
  void take();
  bool still_named() const;

  std::filesystem::path lock_file_;
  int descriptor_ = -1;
  bool taken_ = false;
};

}  // namespace sweepmark
