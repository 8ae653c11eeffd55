// Steps back and forward through a layer, rebuilt from what the log says.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/label_store.hpp"

namespace sweepmark {

inline constexpr std::string_view undo_command = "undo", redo_command = "redo";

// What one undo takes back: a commit, and those that a program made because of it.
struct HistoryStep {
  Revision head;
  std::vector<Revision> followers = {};  // ascending, each later than the head

  bool holds(Revision revision) const;
  std::vector<Revision> commits() const;  // ascending
};

// The stacks move by what the log says and by nothing else, so that they come out the same after a restart.
class History {
 public:
  void remember(const CommitInfo& info);

  const std::vector<HistoryStep>& undoable() const { return undo_; }  // newest last
  const std::vector<HistoryStep>& redoable() const { return redo_; }
  // The step that can be taken back and holds this commit; null where none does.
  const HistoryStep* undoable_with(Revision revision) const;
  // The command of a step's head; empty where it is not known.
  std::string command_of(const HistoryStep& step) const;

 private:
  void add(const CommitInfo& info);

  std::vector<HistoryStep> undo_, redo_;
  std::map<Revision, std::string> command_names_;  // of heads
};

// The arguments as they are logged for a commit that belongs to another's step, and back: logs of earlier
// versions have no such commits.
nlohmann::json logged_arguments(const nlohmann::json& args, std::optional<Revision> follows);
struct LoggedArguments {
  nlohmann::json args;              // of the command
  std::optional<Revision> follows;  // the commit whose step this one belongs to
};
LoggedArguments arguments_of(const CommitInfo& info);

}  // namespace sweepmark
