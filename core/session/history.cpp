#include "core/session/history.hpp"

#include <algorithm>

namespace sweepmark {

namespace {

// No command has an argument of this name (tests/core/commands).
constexpr const char* follows_key = "follows";

// An undo or redo names the head of the step it acts on.
Revision acted_on(const CommitInfo& info) {
  const auto args = nlohmann::json::parse(info.args, nullptr, false);
  return Revision(args.is_object() ? args.value("of", std::int64_t{0}) : 0);
}

// Opening a long log asks this of every commit, and arguments may be long (a file's boxes): few are parsed.
std::optional<Revision> follows_of(const CommitInfo& info) {
  return info.args.contains(follows_key) ? arguments_of(info).follows : std::nullopt;
}

// An undo that was made elsewhere may name a commit that has no step here: it is a step by itself then.
void move_step(std::vector<HistoryStep>& from, std::vector<HistoryStep>& to, Revision head) {
  const auto found = std::ranges::find(from, head, &HistoryStep::head);
  HistoryStep step = found == from.end() ? HistoryStep{head} : *found;
  if (found != from.end()) from.erase(found);
  to.push_back(std::move(step));
}

}  // namespace

bool HistoryStep::holds(Revision revision) const {
  return head == revision || std::ranges::find(followers, revision) != followers.end();
}

std::vector<Revision> HistoryStep::commits() const {
  std::vector<Revision> all = {head};
  all.insert(all.end(), followers.begin(), followers.end());
  return all;
}

void History::remember(const CommitInfo& info) {
  if (info.command == undo_command)
    move_step(undo_, redo_, acted_on(info));
  else if (info.command == redo_command)
    move_step(redo_, undo_, acted_on(info));
  else
    add(info);
}

void History::add(const CommitInfo& info) {
  redo_.clear();
  const auto follows = follows_of(info);
  const auto step = std::ranges::find_if(
      undo_, [&](const HistoryStep& present) { return follows && present.holds(*follows); });
  if (step != undo_.end()) {
    step->followers.push_back(info.revision);
    return;
  }
  undo_.push_back({info.revision});
  command_names_[info.revision] = info.command;
}

const HistoryStep* History::undoable_with(Revision revision) const {
  const auto step =
      std::ranges::find_if(undo_, [&](const HistoryStep& present) { return present.holds(revision); });
  return step == undo_.end() ? nullptr : &*step;
}

std::string History::command_of(const HistoryStep& step) const {
  const auto found = command_names_.find(step.head);
  return found == command_names_.end() ? std::string() : found->second;
}

nlohmann::json logged_arguments(const nlohmann::json& args, std::optional<Revision> follows) {
  nlohmann::json logged = args;
  if (follows) logged[follows_key] = follows->value;
  return logged;
}

LoggedArguments arguments_of(const CommitInfo& info) {
  LoggedArguments logged{nlohmann::json::parse(info.args, nullptr, false), std::nullopt};
  if (!logged.args.is_object()) return logged;
  const auto found = logged.args.find(follows_key);
  if (found == logged.args.end()) return logged;
  if (found->is_number_integer()) logged.follows = Revision(found->get<std::int64_t>());
  logged.args.erase(found);
  return logged;
}

}  // namespace sweepmark
