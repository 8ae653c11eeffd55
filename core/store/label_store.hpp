// Where labels live: a log of commits that is never rewritten. It is autosave, crash recovery, audit trail
// and history in one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"

namespace sweepmark {

// What a commit says beside its patch.
struct CommitInfo {
  Revision revision;         // 1, 2, 3 … without gaps within a layer
  std::int64_t unix_ms = 0;  // when
  std::string author;
  std::string command;        // name of the command: "box.create", "undo", "import"
  std::string args;           // its arguments, JSON
  double active_seconds = 0;  // hands-on time since the commit before
};

struct Commit {
  CommitInfo info;
  std::string patch;  // encoded, see labels/patch.hpp; opaque to the store
};

struct Snapshot {
  Revision revision;
  std::string document;  // encoded, opaque to the store
};

// One process may use a store from one thread at a time; several processes may share it.
class LabelStore {
 public:
  virtual ~LabelStore() = default;

  virtual std::string description()
      const = 0;  // for messages: the file's path, or the server's address without password
  // What the user should know although it works: another window, a network file system.
  virtual std::vector<std::string> notices() const = 0;

  virtual Result<std::vector<LayerName>> layers() = 0;
  virtual Result<Revision> head(const LayerName& layer) = 0;  // 0 for a layer that has no commit
  // Appends `commit` as revision `base + 1`. When it returns the commit is durable. ErrorCode::conflict where
  // the layer's head is not `base`; not_found where the file that was opened is no longer at its path;
  // no_space, read_only and unreadable leave the log as it was.
  virtual Result<Revision> append(const LayerName& layer, Revision base, const Commit& commit) = 0;
  // Commits after `after`, in order, at most `limit`.
  virtual Result<std::vector<Commit>> commits(const LayerName& layer, Revision after, std::size_t limit) = 0;
  virtual Result<Commit> commit(const LayerName& layer, Revision revision) = 0;
  // Infos only, for histories and for rebuilding the undo stack.
  virtual Result<std::vector<CommitInfo>> infos(const LayerName& layer, Revision after,
                                                std::size_t limit) = 0;

  virtual Result<void> save_snapshot(const LayerName& layer, const Snapshot& snapshot) = 0;
  // Never of a revision beyond the head: the log is the truth.
  virtual Result<std::optional<Snapshot>> latest_snapshot(const LayerName& layer) = 0;

  // Small facts about the whole file ("drive", "view"): last writer wins, not part of the history.
  virtual Result<void> set_fact(const std::string& key, const std::string& value) = 0;
  virtual Result<std::optional<std::string>> fact(const std::string& key) = 0;
};

}  // namespace sweepmark
