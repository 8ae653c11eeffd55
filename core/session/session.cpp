#include "core/session/session.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>

#include "core/labels/ontology_check.hpp"
#include "core/session/drive_identity.hpp"

namespace sweepmark {

namespace {

constexpr std::size_t page_of_commits = 500;
constexpr int tries_against_other_windows = 20;
constexpr std::string_view drive_fact = "drive";

std::string login_name() {
  const passwd* entry = ::getpwuid(::getuid());
  return entry && entry->pw_name ? entry->pw_name : "unknown";
}

std::int64_t unix_ms_now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

Error with_store_name(Error error, const LabelStore& store, Revision revision) {
  error.message = fmt::format("revision {} of {}: {}", revision.value, store.description(), error.message);
  return error;
}

}  // namespace

Session::Session(const Drive& drive, LabelStore& store, CommandRegistry registry, SessionOptions options)
    : drive_(drive), store_(store), registry_(registry), options_(std::move(options)) {
  if (options_.author.empty()) options_.author = login_name();
}

Result<std::unique_ptr<Session>> Session::open(const Drive& drive, LabelStore& store,
                                               CommandRegistry registry, SessionOptions options) {
  std::unique_ptr<Session> session(new Session(drive, store, registry, std::move(options)));
  SWEEPMARK_CHECK(session->compare_drives());
  SWEEPMARK_CHECK(session->load());
  return session;
}

// A fact that is damaged or in other words than ours says nothing about the drive.
Result<void> Session::compare_drives() {
  const auto text = store_.fact(std::string(drive_fact));
  if (!text && text.error().code != ErrorCode::malformed) return Failure(text.error());
  const auto known = text && *text ? drive_identity_from_text(**text) : std::nullopt;
  const DriveIdentity present = identity_of(drive_);
  tied_ = known && may_be_one_drive(*known, present);
  if (!known || tied_) return {};
  const std::string sentence = fmt::format("these labels were made on the drive {}, and this is {}",
                                           in_words(*known), in_words(present));
  if (options_.adopt_labels) {
    notices_.push_back(
        fmt::format("{}: {}; they are taken over for this drive", store_.description(), sentence));
    return {};
  }
  other_drive_ = Error{ErrorCode::invalid_argument,
                       sentence +
                           ": nothing is changed in them. Open them with their own drive, choose another "
                           "labels file, or take them over with --adopt-labels",
                       at_file(store_.description())};
  notices_.push_back(to_string(*other_drive_));
  return {};
}

Result<void> Session::tie_to_drive() {
  if (other_drive_) return Failure(*other_drive_);
  if (tied_) return {};
  SWEEPMARK_CHECK(store_.set_fact(std::string(drive_fact), to_text(identity_of(drive_))));
  tied_ = true;
  return {};
}

Result<void> Session::load() {
  Document document = new_document();
  SWEEPMARK_TRY(snapshot, store_.latest_snapshot(options_.layer));
  if (snapshot) {
    // A snapshot only saves time; the log tells the same, so a damaged one is passed over.
    if (auto content = document_from_json(snapshot->document)) {
      document = std::move(*content);
      revision_ = snapshot->revision;
    }
  }
  document_ = std::make_shared<const Document>(std::move(document));
  for (Revision after{0}; after < revision_;) {
    SWEEPMARK_TRY(infos, store_.infos(options_.layer, after, page_of_commits));
    if (infos.empty()) break;
    for (const CommitInfo& info : infos)
      if (info.revision <= revision_) history_.remember(info);
    after = infos.back().revision;
  }
  SWEEPMARK_CHECK(refresh());
  return {};
}

Result<ChangeSet> Session::refresh() {
  ChangeSet changes;
  for (;;) {
    SWEEPMARK_TRY(commits, store_.commits(options_.layer, revision_, page_of_commits));
    if (commits.empty()) return changes;
    Document document = *document_;
    for (const Commit& commit : commits) {
      auto patch = decode_patch(commit.patch);
      if (!patch) return Failure(with_store_name(std::move(patch).error(), store_, commit.info.revision));
      auto touched = apply_patch(document, *patch);
      if (!touched) return Failure(with_store_name(std::move(touched).error(), store_, commit.info.revision));
      changes.merge(*touched);
    }
    document_ = std::make_shared<const Document>(std::move(document));
    for (const Commit& commit : commits) history_.remember(commit.info);
    revision_ = commits.back().info.revision;
  }
}

Result<CommandOutcome> Session::run(std::string_view name, const nlohmann::json& args) {
  return run(name, args, std::nullopt);
}

Result<CommandOutcome> Session::run_after(Revision cause, std::string_view name, const nlohmann::json& args) {
  SWEEPMARK_CHECK(refresh());
  if (!history_.undoable_with(cause)) return CommandOutcome{revision_, {}, false};
  return run(name, args, cause);
}

Result<CommandOutcome> Session::run(std::string_view name, const nlohmann::json& args,
                                    std::optional<Revision> cause) {
  const Command* command = command_named(registry_, name);
  if (!command) return fail(ErrorCode::not_found, fmt::format("there is no command '{}'", name));
  SWEEPMARK_CHECK(check_arguments(*command, args));
  // Text that is not UTF-8, values of a wrong type deep in an array, memory: whatever is thrown before the
  // commit is on the disk is the command's failure, and the document is as it was.
  try {
    return commit(name, args, [&](const Document& document) -> Result<Planned> {
      SWEEPMARK_TRY(patch, command->plan({document, drive_}, args));
      if (cause && !patch.empty()) return planned_after(*cause, std::move(patch));
      return Planned{std::move(patch)};
    });
  } catch (const std::exception& error) {
    return fail(ErrorCode::invalid_argument, fmt::format("{}: {}", name, error.what()));
  }
}

Result<CommandOutcome> Session::commit(std::string_view name, const nlohmann::json& args, const Plan& plan) {
  CommandOutcome outcome;
  for (int attempt = 0; attempt < tries_against_other_windows; ++attempt) {
    SWEEPMARK_TRY(planned, plan(*document_));
    const Patch& patch = planned.patch;
    outcome.revision = revision_;
    if (patch.empty()) return outcome;
    SWEEPMARK_CHECK(tie_to_drive());
    Document changed = *document_;
    SWEEPMARK_TRY(touched, apply_patch(changed, patch));
    const Commit draft{{Revision(revision_.value + 1), unix_ms_now(), options_.author, std::string(name),
                        logged_arguments(args, planned.follows).dump(), active_seconds_},
                       encode(patch)};
    auto appended = store_.append(options_.layer, revision_, draft);
    if (!appended && appended.error().code == ErrorCode::conflict) {
      SWEEPMARK_TRY(others, refresh());
      outcome.changes.merge(others);
      continue;
    }
    if (!appended) return Failure(std::move(appended).error());
    document_ = std::make_shared<const Document>(std::move(changed));
    revision_ = *appended;
    active_seconds_ = 0;
    history_.remember(draft.info);
    outcome.changes.merge(touched);
    outcome.revision = revision_;
    outcome.committed = true;
    outcome.warnings = odd_sizes(*document_, patch);
    snapshot_if_due();
    return outcome;
  }
  return fail(ErrorCode::conflict,
              fmt::format("other windows kept changing {}; please try again", store_.description()));
}

Result<CommandOutcome> Session::undo() {
  return step_history(history_.undoable(), undo_command);
}
Result<CommandOutcome> Session::redo() {
  return step_history(history_.redoable(), redo_command);
}

Result<Patch> Session::patch_of(Revision revision) const {
  SWEEPMARK_TRY(original, store_.commit(options_.layer, revision));
  return decode_patch(original.patch);
}

Result<CommandOutcome> Session::step_history(const std::vector<HistoryStep>& from, std::string_view name) {
  SWEEPMARK_CHECK(refresh());
  if (from.empty()) return CommandOutcome{revision_, {}, false};
  const HistoryStep step = from.back();
  return commit(name, {{"of", step.head.value}}, [&](const Document&) -> Result<Planned> {
    Patch all;
    for (const Revision revision : step.commits()) {
      SWEEPMARK_TRY(patch, patch_of(revision));
      std::ranges::move(patch, std::back_inserter(all));
    }
    return Planned{name == undo_command ? inverted(all) : std::move(all)};
  });
}

Result<Session::Planned> Session::planned_after(Revision cause, Patch patch) const {
  const HistoryStep* step = history_.undoable_with(cause);
  if (!step) return Planned{};
  SWEEPMARK_TRY(apart, can_be_undone_past(*step, patch));
  return Planned{std::move(patch), apart ? cause : history_.undoable().back().head};
}

// Steps are taken back newest first, by their heads: what came after this one goes before its followers do.
// So all of that is tried out here, with `patch` done.
Result<bool> Session::can_be_undone_past(const HistoryStep& step, const Patch& patch) const {
  Document document = *document_;
  SWEEPMARK_CHECK(apply_patch(document, patch));
  for (Revision later = revision_; step.head < later; --later.value) {
    if (step.holds(later)) continue;
    SWEEPMARK_TRY(other, patch_of(later));
    if (!apply_patch(document, inverted(other))) return false;
  }
  return apply_patch(document, inverted(patch)).has_value();
}

void Session::snapshot_if_due() {
  if (options_.snapshot_every == 0 ||
      revision_.value % static_cast<std::int64_t>(options_.snapshot_every) != 0)
    return;
  // The commit is durable already; a snapshot that cannot be written costs time at the next opening and
  // nothing else.
  (void)store_.save_snapshot(options_.layer, {revision_, to_json(*document_)});
}

std::string Session::title_of(const std::vector<HistoryStep>& stack) const {
  if (stack.empty()) return {};
  const Command* command = command_named(registry_, history_.command_of(stack.back()));
  return command ? std::string(command->title) : "Change";
}

std::string Session::undo_title() const {
  return title_of(history_.undoable());
}
std::string Session::redo_title() const {
  return title_of(history_.redoable());
}

void Session::note_activity(std::chrono::steady_clock::time_point now) {
  constexpr std::chrono::seconds longest_pause{60};
  if (last_activity_ && now - *last_activity_ < longest_pause)
    active_seconds_ += std::chrono::duration<double>(now - *last_activity_).count();
  last_activity_ = now;
}

}  // namespace sweepmark
