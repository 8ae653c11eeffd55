// The only mutator. Commands go in, durable commits and change sets come out.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/session/command.hpp"
#include "core/session/history.hpp"
#include "core/store/label_store.hpp"

namespace sweepmark {

struct SessionOptions {
  LayerName layer{"main"};
  std::string author;                // empty: the login name
  std::size_t snapshot_every = 200;  // commits
  // Take over labels that were made on another drive: they belong to this one from the first change on.
  bool adopt_labels = false;
};

struct CommandOutcome {
  Revision revision;       // after it
  ChangeSet changes;       // includes what other windows committed meanwhile
  bool committed = false;  // false: there was nothing to do
  // What was done and is odd: a box whose size does not suit its class. Sentences for the user.
  std::vector<std::string> warnings = {};
};

// Lives on one thread. `drive`, `store` and `registry` outlive it.
class Session {
 public:
  static Result<std::unique_ptr<Session>> open(const Drive& drive, LabelStore& store,
                                               CommandRegistry registry, SessionOptions options = {});

  // Plans on the present document, appends (durable when this returns), applies. Where another window was
  // first, its commits are taken in and the command is planned again. On any error document and log are as
  // they were.
  Result<CommandOutcome> run(std::string_view command, const nlohmann::json& args);
  // The same for what a program does by itself because of commit `cause`: one undo takes back both. Where
  // that commit was undone meanwhile there is nothing to do. What was changed since and could not be undone
  // past this any more takes it into its own step.
  Result<CommandOutcome> run_after(Revision cause, std::string_view command, const nlohmann::json& args);
  Result<CommandOutcome> undo();
  Result<CommandOutcome> redo();
  bool can_undo() const { return !history_.undoable().empty(); }
  bool can_redo() const { return !history_.redoable().empty(); }
  // Title of what undo or redo would act on; empty where there is none.
  std::string undo_title() const;
  std::string redo_title() const;

  // Takes in what other windows have committed since. Empty where there is nothing new.
  Result<ChangeSet> refresh();

  // What the user should know although it works: the labels were made on another drive, say.
  const std::vector<std::string>& notices() const { return notices_; }

  // A snapshot; stays as it is while the session goes on.
  std::shared_ptr<const Document> document() const { return document_; }
  Revision revision() const { return revision_; }
  const LayerName& layer() const { return options_.layer; }
  const Drive& drive() const { return drive_; }
  LabelStore& store() { return store_; }
  CommandRegistry registry() const { return registry_; }

  // Called by the window at every sign of a hand at work; what lies less than a minute apart counts as active
  // time.
  void note_activity(std::chrono::steady_clock::time_point now);

 private:
  Session(const Drive& drive, LabelStore& store, CommandRegistry registry, SessionOptions options);

  Result<void> load();
  Result<void> compare_drives();
  Result<void> tie_to_drive();
  // What a command comes to, and the commit whose step it belongs to.
  struct Planned {
    Patch patch;
    std::optional<Revision> follows = std::nullopt;
  };
  using Plan = std::function<Result<Planned>(const Document&)>;
  Result<CommandOutcome> run(std::string_view command, const nlohmann::json& args,
                             std::optional<Revision> cause);
  Result<CommandOutcome> commit(std::string_view command, const nlohmann::json& args, const Plan& plan);
  Result<CommandOutcome> step_history(const std::vector<HistoryStep>& from, std::string_view name);
  Result<Patch> patch_of(Revision revision) const;
  Result<Planned> planned_after(Revision cause, Patch patch) const;
  Result<bool> can_be_undone_past(const HistoryStep& step, const Patch& patch) const;
  void snapshot_if_due();
  std::string title_of(const std::vector<HistoryStep>& stack) const;

  const Drive& drive_;
  LabelStore& store_;
  CommandRegistry registry_;
  SessionOptions options_;
  std::shared_ptr<const Document> document_;
  Revision revision_;
  History history_;
  bool tied_ = false;                 // the labels file says that it belongs to this drive
  std::optional<Error> other_drive_;  // what every change is answered with where they are another's
  std::vector<std::string> notices_;
  double active_seconds_ = 0;
  std::optional<std::chrono::steady_clock::time_point> last_activity_;
};

}  // namespace sweepmark
