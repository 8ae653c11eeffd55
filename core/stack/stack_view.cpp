#include "core/stack/stack_view.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "core/drive/cache.hpp"
#include "core/stack/stack_file.hpp"

namespace sweepmark {

namespace {

constexpr unsigned layer_workers = 1;
constexpr std::size_t most_movers_wanted = 64;
constexpr std::size_t mover_bytes = std::size_t{128} << 20;  // more than so many clouds of movers take
// How often a file that is not complete is looked at again, and how often once nothing has come for long.
constexpr auto look_again = std::chrono::milliseconds(100), look_again_idle = std::chrono::milliseconds(1000);
constexpr int looks_until_idle = 50;

using Layer = std::shared_ptr<const PointCloud>;

}  // namespace

// Layer 0 of a growing file, read on a thread of its own.
class CoarseLayers {
 public:
  CoarseLayers(StackFile& file, std::function<void()> ready) : file_(file), ready_(std::move(ready)) {
    thread_ = std::jthread([this](std::stop_token stop) { follow(stop); });
  }

  std::vector<Layer> layers() const {
    const std::lock_guard lock(mutex_);
    return layers_;
  }
  std::size_t blocks() const {
    const std::lock_guard lock(mutex_);
    return layers_.size();
  }
  std::size_t bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
  }
  bool complete() const { return complete_; }
  bool up_to_date() const { return up_to_date_; }
  std::optional<Error> trouble() const {
    const std::lock_guard lock(mutex_);
    return trouble_;
  }

 private:
  void follow(std::stop_token stop) {
    int looks_without_news = 0;
    while (!stop.stop_requested()) {
      up_to_date_ = false;
      file_.refresh();
      const bool whole = file_.complete();
      const bool news = read_new_blocks(stop);
      up_to_date_ = true;
      if (whole) complete_ = !stop.stop_requested();
      if ((news || whole) && ready_) ready_();
      if (whole) return;
      looks_without_news = news ? 0 : looks_without_news + 1;
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, stop, looks_without_news < looks_until_idle ? look_again : look_again_idle,
                     [] { return false; });
    }
  }
  bool read_new_blocks(const std::stop_token& stop) {
    const std::size_t known = blocks(), now = file_.blocks();
    for (std::size_t b = known; b < now && !stop.stop_requested(); ++b) {
      keep(file_.read_layer({static_cast<std::uint32_t>(b), 0}));
      if (ready_ && b + 1 < now) ready_();
    }
    return now > known;
  }
  // A block that cannot be read keeps its place, empty.
  void keep(Result<PointCloud> layer) {
    const std::lock_guard lock(mutex_);
    if (layer)
      bytes_ += layer->bytes();
    else if (!trouble_)
      trouble_ = layer.error();
    layers_.push_back(layer ? std::make_shared<const PointCloud>(std::move(*layer)) : nullptr);
  }

  StackFile& file_;
  std::function<void()> ready_;
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::vector<Layer> layers_;
  std::size_t bytes_ = 0;
  std::optional<Error> trouble_;
  std::atomic<bool> complete_ = false, up_to_date_ = false;
  std::jthread thread_;
};

struct StackView::Parts {
  Parts(std::unique_ptr<StackFile> opened, std::size_t limit, const std::function<void()>& ready)
      : file(std::move(opened)),
        bytes_limit(limit),
        fine([&f = *file](const StackKey& key) { return f.read_layer(key); }, limit, layer_workers, ready),
        movers([&f = *file](const TrackId& track) { return f.read_mover(track); }, mover_bytes, layer_workers,
               ready),
        coarse(*file, ready) {}

  std::map<StackKey, Layer> loaded_fine() {
    std::map<StackKey, Layer> loaded;
    for (const StackKey& key : wanted) {
      const auto found = fine.peek(key);
      if (!found) continue;
      if (*found)
        loaded[key] = **found;
      else if (!fine_trouble)
        fine_trouble = found->error();
    }
    return loaded;
  }

  std::unique_ptr<StackFile> file;
  std::size_t bytes_limit;
  Cache<StackKey, PointCloud> fine;
  Cache<TrackId, PointCloud> movers;
  std::vector<StackKey> wanted;
  std::vector<TrackId> wanted_movers;
  std::optional<Error> fine_trouble;
  CoarseLayers coarse;  // the last: its thread ends first
};

StackView::StackView(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
StackView::~StackView() = default;

Result<std::unique_ptr<StackView>> StackView::open(const std::filesystem::path& file, std::size_t bytes_limit,
                                                   std::function<void()> ready) {
  SWEEPMARK_TRY(opened, StackFile::open(file));
  return std::unique_ptr<StackView>(
      new StackView(std::make_unique<Parts>(std::move(opened), bytes_limit, ready)));
}

std::vector<StackLayer> StackView::layers() const {
  const std::vector<Layer> coarse = parts_->coarse.layers();
  const std::map<StackKey, Layer> fine = parts_->loaded_fine();
  std::vector<StackLayer> all;
  all.reserve(coarse.size() * stack_levels);
  for (std::uint32_t b = 0; b < coarse.size(); ++b) {
    const StackBlockEntry& entry = parts_->file->block(b);
    for (std::uint32_t level = 0; level < stack_levels; ++level) {
      const StackKey key{b, level};
      const auto found = fine.find(key);
      all.push_back({key, entry.layers[level].points,
                     level == 0 ? coarse[b] : (found == fine.end() ? nullptr : found->second)});
    }
  }
  return all;
}

void StackView::want(const std::vector<StackKey>& keys) {
  std::vector<StackKey> wanted;
  std::size_t bytes = 0;
  const std::size_t blocks = parts_->file->blocks();
  for (const StackKey& key : keys) {
    if (key.level == 0 || key.level >= stack_levels || key.block >= blocks) continue;
    bytes += parts_->file->block(key.block).layer_bytes(key.level) + sizeof(PointCloud);
    if (bytes > parts_->bytes_limit) break;
    wanted.push_back(key);
  }
  if (wanted == parts_->wanted) return;
  parts_->wanted = wanted;
  // They fit the limit together, so none needs to make room for another.
  parts_->fine.want(std::move(wanted));
}

std::size_t StackView::blocks() const {
  return parts_->coarse.blocks();
}

const std::vector<StackSlot>& StackView::slots(std::uint32_t block) const {
  return parts_->file->block(block).slots;
}

std::vector<TrackId> StackView::movers() const {
  std::set<TrackId> tracks;
  for (std::size_t b = 0, count = parts_->file->blocks(); b < count; ++b)
    for (const StackMoverEntry& mover : parts_->file->block(b).movers) tracks.insert(mover.track);
  return {tracks.begin(), tracks.end()};
}

std::shared_ptr<const PointCloud> StackView::mover(TrackId track) {
  if (!complete()) return nullptr;
  if (const auto found = parts_->movers.peek(track)) {
    if (*found) return **found;
    if (!parts_->fine_trouble) parts_->fine_trouble = found->error();
    return nullptr;
  }
  std::vector<TrackId>& wanted = parts_->wanted_movers;
  if (!wanted.empty() && wanted.front() == track) return nullptr;
  std::erase(wanted, track);
  wanted.insert(wanted.begin(), track);
  wanted.resize(std::min(wanted.size(), most_movers_wanted));
  parts_->movers.want(wanted);
  return nullptr;
}

bool StackView::complete() const {
  return parts_->coarse.complete();
}

bool StackView::idle() const {
  return parts_->coarse.up_to_date() && parts_->fine.idle() && parts_->movers.idle();
}

std::size_t StackView::bytes() const {
  return parts_->coarse.bytes() + parts_->fine.bytes() + parts_->movers.bytes();
}

std::optional<Error> StackView::trouble() const {
  const auto coarse = parts_->coarse.trouble();
  return coarse ? coarse : parts_->fine_trouble;
}

}  // namespace sweepmark
