// Loaded things kept by bytes, loaded ahead in the background.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <iterator>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "core/base/result.hpp"

namespace sweepmark {

// Thread-safe. Values are shared and constant: what is handed out stays valid after it is dropped from the
// cache. A failure is kept like a value, so that a bad file is read once, not at every redraw.
template <class Key, class Value>
class Cache {
 public:
  using Loaded = Result<std::shared_ptr<const Value>>;
  using Load = std::function<Result<Value>(const Key&)>;
  using Ready = std::function<void()>;  // called from a worker after each background load

  // `bytes_limit` bounds the sum of Value::bytes() of what is kept; the newest and what is essential are kept
  // whatever their size.
  Cache(Load load, std::size_t bytes_limit, unsigned workers, Ready ready = {});
  ~Cache();
  Cache(const Cache&) = delete;
  Cache& operator=(const Cache&) = delete;

  // Waits for the value, loading it here if nobody is loading it yet.
  Loaded get(const Key& key);
  // The value or failure if it is there by now, otherwise nullptr. Never waits for a load.
  std::shared_ptr<const Loaded> peek(const Key& key);
  // Replaces the lists of what to load in the background, most wanted first. What is `essential` is always
  // loaded and stays until the next call, whatever its size: what is in view, which would otherwise be waited
  // for for ever. What lies `ahead` is loaded as far as the limit goes: nothing more wanted is pushed out.
  void want(std::vector<Key> essential, std::vector<Key> ahead = {});

  std::size_t bytes() const;
  bool idle() const;  // nothing wanted that is not loaded
  std::size_t essentials_loaded() const;  // grows between two calls of want

 private:
  struct Entry {
    std::shared_ptr<const Loaded> loaded;  // null while loading
    std::size_t bytes = 0;
    typename std::list<Key>::iterator age;
  };

  void work(std::stop_token stop);
  std::shared_ptr<const Loaded> load_unlocked(const Key& key, std::unique_lock<std::mutex>& lock);
  Result<Value> guarded_load(const Key& key) const;
  std::size_t bytes_of_asked() const;
  bool is_essential(const Key& key) const;
  void trim();
  void touch(Entry& entry);

  Load load_;
  std::size_t bytes_limit_;
  Ready ready_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<Key, Entry> entries_;
  std::list<Key> ages_;         // most recently used first; loaded entries only
  std::vector<Key> essential_;  // as it was given
  std::vector<Key> asked_;      // all that was given
  std::vector<Key> wanted_;     // what of it is still to be looked at
  std::size_t bytes_ = 0;
  std::vector<std::jthread> workers_;
};

template <class Key, class Value>
Cache<Key, Value>::Cache(Load load, std::size_t bytes_limit, unsigned workers, Ready ready)
    : load_(std::move(load)), bytes_limit_(bytes_limit), ready_(std::move(ready)) {
  for (unsigned i = 0; i < workers; ++i) workers_.emplace_back([this](std::stop_token stop) { work(stop); });
}

template <class Key, class Value>
Cache<Key, Value>::~Cache() {
  for (std::jthread& worker : workers_) worker.request_stop();
  changed_.notify_all();
  workers_.clear();
}

template <class Key, class Value>
typename Cache<Key, Value>::Loaded Cache<Key, Value>::get(const Key& key) {
  std::unique_lock lock(mutex_);
  const auto found = entries_.find(key);
  if (found == entries_.end()) return *load_unlocked(key, lock);
  std::shared_ptr<const Loaded> loaded;
  changed_.wait(lock, [&] {
    const auto entry = entries_.find(key);
    if (entry == entries_.end()) return true;  // loaded and dropped again meanwhile
    loaded = entry->second.loaded;
    return loaded != nullptr;
  });
  if (!loaded) return *load_unlocked(key, lock);
  touch(entries_.find(key)->second);
  return *loaded;
}

template <class Key, class Value>
std::shared_ptr<const typename Cache<Key, Value>::Loaded> Cache<Key, Value>::peek(const Key& key) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(key);
  if (found == entries_.end() || !found->second.loaded) return nullptr;
  touch(found->second);
  return found->second.loaded;
}

template <class Key, class Value>
void Cache<Key, Value>::want(std::vector<Key> essential, std::vector<Key> ahead) {
  std::vector<Key> keys = essential;
  keys.insert(keys.end(), std::make_move_iterator(ahead.begin()), std::make_move_iterator(ahead.end()));
  {
    const std::lock_guard lock(mutex_);
    essential_ = std::move(essential);
    for (auto key = keys.rbegin(); key != keys.rend(); ++key)
      if (const auto found = entries_.find(*key); found != entries_.end() && found->second.loaded)
        touch(found->second);
    wanted_ = keys;
    asked_ = std::move(keys);
    trim();  // what was essential before
  }
  changed_.notify_all();
}

template <class Key, class Value>
std::size_t Cache<Key, Value>::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

template <class Key, class Value>
bool Cache<Key, Value>::idle() const {
  const std::lock_guard lock(mutex_);
  for (const Key& key : wanted_)
    if (!entries_.contains(key)) return false;
  for (const auto& [key, entry] : entries_)
    if (!entry.loaded) return false;
  return true;
}

template <class Key, class Value>
std::size_t Cache<Key, Value>::essentials_loaded() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::ranges::count_if(essential_, [this](const Key& key) {
    const auto found = entries_.find(key);
    return found != entries_.end() && found->second.loaded;
  }));
}

template <class Key, class Value>
void Cache<Key, Value>::work(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const Key* next = nullptr;
    for (const Key& key : wanted_)
      if (!entries_.contains(key)) {
        next = &key;
        break;
      }
    if (!next) {
      changed_.wait(lock, stop, [this] {
        for (const Key& key : wanted_)
          if (!entries_.contains(key)) return true;
        return false;
      });
      continue;
    }
    const Key key = *next;
    load_unlocked(key, lock);
    // Wanted once: an entry that the limit pushed out again must not be loaded in a circle.
    std::erase(wanted_, key);
    const auto entry = entries_.find(key);
    const std::size_t one_more = entry == entries_.end() ? 0 : entry->second.bytes;
    if (bytes_of_asked() + one_more > bytes_limit_)
      std::erase_if(wanted_, [this](const Key& other) { return !is_essential(other); });
    if (ready_) {
      lock.unlock();
      ready_();
      lock.lock();
    }
  }
}

// Called with the lock held and the key absent; the lock is released while the value loads.
template <class Key, class Value>
std::shared_ptr<const typename Cache<Key, Value>::Loaded> Cache<Key, Value>::load_unlocked(
    const Key& key, std::unique_lock<std::mutex>& lock) {
  entries_[key] = Entry{};
  lock.unlock();
  Result<Value> value = guarded_load(key);
  std::size_t bytes = sizeof(Value);
  std::shared_ptr<const Loaded> loaded;
  if (value) {
    bytes += value->bytes();
    loaded = std::make_shared<const Loaded>(std::make_shared<const Value>(std::move(*value)));
  } else {
    loaded = std::make_shared<const Loaded>(Failure(std::move(value).error()));
  }
  lock.lock();
  Entry& entry = entries_[key];
  ages_.push_front(key);
  entry = Entry{loaded, bytes, ages_.begin()};
  bytes_ += bytes;
  trim();
  changed_.notify_all();
  return loaded;
}

// A load that throws (out of memory) must not leave others waiting for it.
template <class Key, class Value>
Result<Value> Cache<Key, Value>::guarded_load(const Key& key) const {
  try {
    return load_(key);
  } catch (const std::exception& error) {
    return fail(ErrorCode::internal, std::string("it could not be loaded: ") + error.what());
  }
}

template <class Key, class Value>
std::size_t Cache<Key, Value>::bytes_of_asked() const {
  std::size_t sum = 0;
  for (const Key& key : asked_)
    if (const auto found = entries_.find(key); found != entries_.end()) sum += found->second.bytes;
  return sum;
}

template <class Key, class Value>
void Cache<Key, Value>::trim() {
  for (auto age = ages_.end(); bytes_ > bytes_limit_ && age != ages_.begin();) {
    --age;
    if (age == ages_.begin() || is_essential(*age)) continue;
    const auto oldest = entries_.find(*age);
    bytes_ -= oldest->second.bytes;
    entries_.erase(oldest);
    age = ages_.erase(age);
  }
}

template <class Key, class Value>
bool Cache<Key, Value>::is_essential(const Key& key) const {
  return std::ranges::find(essential_, key) != essential_.end();
}

template <class Key, class Value>
void Cache<Key, Value>::touch(Entry& entry) {
  ages_.splice(ages_.begin(), ages_, entry.age);
}

}  // namespace sweepmark
