#include "core/assist/kept_sweeps.hpp"

#include <algorithm>
#include <map>

namespace sweepmark {

namespace {

using Loaded = Result<std::shared_ptr<const PointCloud>>;

class Kept {
 public:
  Kept(std::function<Loaded(std::size_t)> read, std::size_t limit) : read_(std::move(read)), limit_(limit) {}

  Loaded get(std::size_t sweep) {
    const auto found = entries_.find(sweep);
    if (found != entries_.end()) {
      found->second.used = ++clock_;
      return found->second.loaded;
    }
    Loaded loaded = read_(sweep);
    const std::size_t bytes = loaded ? (*loaded)->bytes() : 0;
    while (!entries_.empty() && bytes_ + bytes > limit_) drop_oldest();
    bytes_ += bytes;
    entries_.emplace(sweep, Entry{loaded, bytes, ++clock_});
    return loaded;
  }

 private:
  struct Entry {
    Loaded loaded;
    std::size_t bytes = 0;
    std::uint64_t used = 0;
  };

  void drop_oldest() {
    const auto oldest =
        std::ranges::min_element(entries_, {}, [](const auto& entry) { return entry.second.used; });
    bytes_ -= oldest->second.bytes;
    entries_.erase(oldest);
  }

  std::function<Loaded(std::size_t)> read_;
  std::size_t limit_, bytes_ = 0;
  std::uint64_t clock_ = 0;
  std::map<std::size_t, Entry> entries_;
};

}  // namespace

SweepSource kept_in_memory(SweepSource source, std::size_t bytes_limit) {
  auto kept = std::make_shared<Kept>(std::move(source.read), bytes_limit);
  source.read = [kept](std::size_t sweep) { return kept->get(sweep); };
  return source;
}

}  // namespace sweepmark
