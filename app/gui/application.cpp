#include "app/gui/application.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cstdlib>

#include "app/gui/draft.hpp"
#include "app/gui/label_source.hpp"
#include "app/gui/merging.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/shell/parts.hpp"
#include "app/gui/shell/suggestions.hpp"
#include "app/gui/view_memory.hpp"
#include "app/gui/view_resources.hpp"
#include "core/commands/exchange.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark::gui {
namespace {

constexpr double info_seconds = 5, warning_seconds = 12;
constexpr double refresh_every_s = 2;  // while a hand is at work
constexpr std::chrono::seconds patience_with_labels{10};

std::optional<std::filesystem::path> find_sample() {
  const char* named = std::getenv("SWEEPMARK_SAMPLE");
  for (const std::filesystem::path& place :
       {std::filesystem::path(named ? named : ""), std::filesystem::path("sample/drive")}) {
    std::error_code ignored;
    if (!place.empty() && std::filesystem::is_directory(place, ignored))
      return std::filesystem::absolute(place);
  }
  return std::nullopt;
}

Result<std::vector<TruthBox>> read_labels(const std::filesystem::path& source, const Drive& drive) {
  SWEEPMARK_TRY(format, format_of_source(source));
  return format->read(source, drive);
}

bool happened(const InputFrame& input) {
  return !input.keys.empty() || !input.text.empty() || input.wheel_y != 0 ||
         std::ranges::find(input.buttons, true) != input.buttons.end();
}

// Letting a key go is the end of what was done, not the next thing.
bool begins_something(const InputFrame& input) {
  return std::ranges::any_of(input.keys, &KeyEvent::down) || !input.text.empty() || input.wheel_y != 0 ||
         std::ranges::find(input.buttons, true) != input.buttons.end();
}

double seconds_shown(Message::Kind kind) {
  if (kind == Message::Kind::error) return 1e9;
  return kind == Message::Kind::info ? info_seconds : warning_seconds;
}

}  // namespace

Application::Application(const Options& options, ViewResources& resources, std::function<void()> wake,
                         std::future<Found> early)
    : options_(options),
      resources_(resources),
      wake_(wake),
      early_(std::move(early)),
      jobs_(std::move(wake), [this](const std::string& title, const std::string& reason) {
        ui_.messages.push_back({Message::Kind::error, title + " failed: " + reason, now_});
        shell_.transfer.running = shell_.transfer.looking = false;
      }) {
  settings_file_ = options_.state.empty() ? default_settings_file() : options_.state;
  settings_ = load_settings(settings_file_);
  shell_.sample = find_sample();
  shell_.background = &jobs_;
  start_keymap();
  if (!options_.path.empty()) open({options_.path, options_.drive});
}

void Application::start_keymap() {
  auto keymap = default_keymap();
  if (!keymap) {
    ui_.messages.push_back({Message::Kind::error, keymap.error().message, now_});
    return;
  }
  shell_.keymap = std::move(*keymap);
  for (std::string& sentence : override_from_file(shell_.keymap, default_keys_file()))
    ui_.messages.push_back({Message::Kind::warning, std::move(sentence), now_});
}

GuiContext Application::context() {
  return {workspace_.get(), settings_.view, ui_, resources_, requests_, now_, false, &shell_};
}

bool Application::take_in() {
  const bool delivered = jobs_.deliver();
  GuiContext context = this->context();
  take_suggestions(context);
  const bool came_in = take_loaded();
  if (waiting_since_ || !requests_.empty()) drain(context);
  shell_.jobs = jobs_.status();
  return delivered || came_in || !shell_.jobs.empty();
}

// What was loaded ahead changes nothing in view, and is projected into the images it meets.
bool Application::take_loaded() {
  if (!workspace_) return false;
  workspace_->want_projections();
  return workspace_->in_view_loaded() != loaded_when_drawn_;
}

bool Application::busy() const {
  return !jobs_.idle() || !requests_.empty() || (workspace_ && !workspace_->all_in_view_loaded());
}

std::string Application::title() const {
  return workspace_ ? workspace_->drive().name + " – Sweepmark" : std::string("Sweepmark");
}

void Application::frame(const InputFrame& input, const Fonts& fonts, float scale, double last_frame_ms) {
  now_ += input.dt;
  shell_.fonts = fonts;
  shell_.scale = scale;
  shell_.frame_ms = last_frame_ms;
  shell_.recent = settings_.recent;
  ui_.places.clear();
  ui_.hovered.reset();
  if (begins_something(input)) ui_.remark.reset();
  if (workspace_ && happened(input)) workspace_->session().note_activity(std::chrono::steady_clock::now());
  GuiContext context = this->context();
  take_drops(input);
  dispatch_keys(input, context);
  play(input.dt, context);
  follow_cursor();
  loaded_when_drawn_ = workspace_ ? workspace_->in_view_loaded() : 0;
  draw_shell(context, {0, 0, static_cast<float>(input.width), static_cast<float>(input.height)});
  settle_merge(context);
  drain(context);
  grant_wishes(context);
  expire_messages();
  follow_cursor();
  needs_redraw_ = context.needs_redraw || ui_.playing;
}

void Application::take_drops(const InputFrame& input) {
  if (!input.dropped.empty()) shell_.open = OpenRequest{input.dropped.front(), ""};
}

// Never while text is typed; while a dialog is open only what closes it.
void Application::dispatch_keys(const InputFrame& input, GuiContext& context) {
  const bool covered = shell_.dialog != Dialog::none || ui_.palette_open || ui_.help_open;
  for (const KeyEvent& event : input.keys) {
    if (!event.down || (ImGui::GetIO().WantTextInput && !covered)) continue;
    const Action* action = action_named(shell_.keymap.action_for({event.key, input.mods}));
    if (!action || (event.repeat && !action->repeats) || !is_enabled(*action, context)) continue;
    const bool closes =
        action->name == "help.keys" || action->name == "help.palette" || action->name == "edit.cancel";
    if (covered ? closes
                : !ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel))
      action->run(context);
  }
}

// At the pace the drive was recorded, times the speed chosen on the timeline; a sweep that is not loaded yet
// is waited for.
void Application::play(double dt, GuiContext& context) {
  if (ui_.draft) ui_.playing = false;  // what is being edited stays under the hand
  if (!workspace_ || !ui_.playing) {
    play_time_ = 0;
    return;
  }
  const auto& sweeps = workspace_->drive().sweeps;
  if (ui_.cursor + 1 >= sweeps.size()) {
    ui_.playing = false;
    return;
  }
  play_time_ += dt * resources_.memory().play_speed;
  const double step =
      std::clamp(seconds_between(sweeps[ui_.cursor].time, sweeps[ui_.cursor + 1].time), 0.02, 1.0);
  const bool ready = sweeps[ui_.cursor + 1].file.empty() || workspace_->sweeps().peek(ui_.cursor + 1);
  if (play_time_ < step || !ready) return;
  play_time_ = std::min(play_time_ - step, step);
  go_to(context, ui_.cursor + 1);
  context.needs_redraw = true;
}

// The caches load what the cursor needs next.
void Application::follow_cursor() {
  if (!workspace_ || ui_.cursor == looked_at_) return;
  ui_.cursor = std::min(ui_.cursor, workspace_->drive().sweeps.size() - 1);
  looked_at_ = ui_.cursor;
  workspace_->look_at(ui_.cursor, ui_.direction);
}

Result<CommandOutcome> Application::run_request(const CommandRequest& request) {
  if (!workspace_) return fail(ErrorCode::invalid_argument, "No drive is open.");
  Session& session = workspace_->session();
  if (request.name == "undo" || request.name == "redo") stop_solving(shell_);
  if (request.name == "undo") return session.undo();
  if (request.name == "redo") return session.redo();
  return session.run(request.name, request.args);
}

// What `then` asks for is run in the same frame. The order stays: what waits makes those behind it wait.
void Application::drain(GuiContext& context) {
  while (!requests_.empty()) {
    const CommandRequest request = requests_.front();
    const Result<CommandOutcome> outcome = run_request(request);
    context.needs_redraw = true;
    if (must_wait(outcome)) return;
    requests_.erase(requests_.begin());
    if (request.then) request.then(outcome);
    if (outcome) {
      take_outcome(*outcome, context);
      solve_gaps_after(context, request, *outcome);
    } else {
      say_failure(outcome.error(), context);
    }
  }
  keep_selection_valid();
  follow_others(context);
}

// What was done and is odd is said once; it stays done.
void Application::take_outcome(const CommandOutcome& outcome, GuiContext& context) {
  shell_.save_problem.clear();
  for (const std::string& warning : outcome.warnings) {
    std::erase_if(ui_.messages, [&](const Message& shown) { return shown.text == warning; });
    context.say(Message::Kind::warning, warning);
  }
}

// Another window has the labels file for moments only. It is asked again with the next frame, so that this
// window is drawn and says what it waits for; a lock that stays is a failure in the end.
bool Application::must_wait(const Result<CommandOutcome>& outcome) {
  const bool locked = !outcome && outcome.error().code == ErrorCode::unreadable;
  const auto now = std::chrono::steady_clock::now();
  if (locked && !waiting_since_) waiting_since_ = now;
  const bool wait = locked && now - *waiting_since_ < patience_with_labels;
  shell_.waiting_for = wait ? to_string(outcome.error()) : std::string();
  if (!wait) waiting_since_.reset();
  return wait;
}

void Application::follow_others(GuiContext& context) {
  if (!workspace_ || now_ - refreshed_at_ < refresh_every_s) return;
  refreshed_at_ = now_;
  for (std::string& notice : workspace_->fresh_notices())
    context.say(Message::Kind::warning, std::move(notice));
  const auto news = workspace_->session().refresh();
  if (news && !news->empty())
    context.say(Message::Kind::info, "Another window changed these labels; its changes are shown.");
  failed_refreshes_ = news ? 0 : failed_refreshes_ + 1;
  // One that fails may have met another window's lock.
  const bool lasting = failed_refreshes_ > 2 || (!news && news.error().code != ErrorCode::unreadable);
  if (lasting && shell_.save_problem.empty()) {
    shell_.save_problem = to_string(news.error());
    context.say(Message::Kind::error, shell_.save_problem);
  }
  keep_selection_valid();
}

void Application::say_failure(const Error& error, GuiContext& context) {
  const std::string said = to_string(error);
  if (concerns_saving(error.code)) shell_.save_problem = said;
  // What waits to be saved says so itself, as long as it waits.
  if (!ui_.unsaved || ui_.unsaved->problem != said) context.say(Message::Kind::error, said);
}

void Application::keep_selection_valid() {
  if (!workspace_) return;
  const Document& document = workspace_->document();
  const auto gone = [&](std::optional<TrackId> track) { return track && !document.track(*track); };
  if (gone(ui_.selected)) select_only(ui_, std::nullopt);
  std::erase_if(ui_.also_selected.tracks, gone);
  if (ui_.draft && gone(ui_.draft->track)) ui_.draft.reset();
  if (ui_.unsaved && gone(ui_.unsaved->draft.track)) {
    ui_.unsaved.reset();
    ui_.messages.push_back(
        {Message::Kind::warning, "The object whose box waited to be saved was deleted meanwhile.", now_});
  }
}

void Application::grant_wishes(GuiContext& context) {
  if (const auto name = std::exchange(shell_.run_action, std::nullopt))
    if (const auto done = run_action(*name); !done) context.say(Message::Kind::warning, done.error().message);
  if (const auto request = std::exchange(shell_.open, std::nullopt)) open(*request);
  if (std::exchange(shell_.close_drive, false)) close_drive();
  if (const auto job = std::exchange(shell_.cancel_job, std::nullopt)) jobs_.cancel(*job);
  if (shell_.transfer.wanted) start_transfer();
  if (shell_.dialog == Dialog::import_labels) look_at_source();
  if (std::exchange(shell_.import_own, false) && workspace_)
    start_import("the drive", [](const Drive& drive) { return drive.read_truth(); });
  shell_.jobs = jobs_.status();
}

void Application::open(const OpenRequest& request) {
  const int number = ++opening_;
  LabelsOptions labels{options_.labels, LayerName(options_.layer), options_.author};
  // A labels file that was named on the command line is for the drive that was named there.
  if (request.path == options_.path)
    labels.adopt_labels = options_.adopt_labels;
  else
    labels.file.clear();
  jobs_.start("Opening " + request.path.filename().string(),
              [this, number, request, labels, early = std::move(early_),
               wake = wake_](const Progress& progress) mutable -> Jobs::Finish {
                Found found = early.valid() ? early.get() : find_drive(request, {}, wake, progress);
                if (auto* workspace = found ? std::get_if<std::unique_ptr<Workspace>>(&*found) : nullptr) {
                  progress(0.6, "reading the labels");
                  if (auto taken = (*workspace)->take_labels(labels); !taken)
                    found = Failure(std::move(taken).error());
                }
                return [this, number, request, stop = progress.stop, found = std::move(found)]() mutable {
                  const bool stopped = said_to_stop(stop, "Opening " + request.path.string());
                  if (number == opening_ && !stopped) take_found(std::move(found), request);
                };
              });
}

bool Application::said_to_stop(const std::stop_token& stop, const std::string& what) {
  if (!stop.stop_requested()) return false;
  ui_.messages.push_back({Message::Kind::info, what + " was stopped; nothing was changed.", now_});
  return true;
}

void Application::take_found(Found found, const OpenRequest& request) {
  if (!found) {
    ui_.messages.push_back({Message::Kind::error, to_string(found.error()), now_});
    open_problem_ = std::move(found).error();
    return;
  }
  open_problem_.reset();
  if (auto* drives = std::get_if<std::vector<DriveListing>>(&*found))
    offer_choice(shell_, request.path, std::move(*drives));
  else
    take_workspace(std::get<std::unique_ptr<Workspace>>(std::move(*found)), request);
}

void Application::take_workspace(std::unique_ptr<Workspace> opened, const OpenRequest& request) {
  close_drive();
  workspace_ = std::move(opened);
  for (const std::string& notice : workspace_->notices())
    ui_.messages.push_back({Message::Kind::warning, notice, now_});
  if (trajectory_of(workspace_->document(), workspace_->drive()).source() == PoseSource::none &&
      workspace_->drive().sweeps.size() > 1)
    ui_.messages.push_back(
        {Message::Kind::info,
         "This drive does not say where the vehicle was. A click on \"poses: none\" at the "
         "upper right estimates it from the sweeps.",
         now_});
  if (!workspace_->document().taxonomy.contains(ui_.current_class) &&
      !workspace_->document().taxonomy.empty())
    ui_.current_class = workspace_->document().taxonomy.begin()->first;
  std::error_code ignored;
  remember_drive(settings_, {std::filesystem::absolute(request.path, ignored), request.drive});
  save_settings();
  shell_.dialog = Dialog::none;
}

void Application::close_drive() {
  const UiState before = std::exchange(ui_, UiState{});
  ui_.messages = before.messages;
  ui_.current_class = before.current_class;
  ui_.places = before.places;
  shell_.history = {};
  shell_.save_problem.clear();
  shell_.transfer = {};
  requests_.clear();
  waiting_since_.reset();
  shell_.waiting_for.clear();
  drop_suggestions(shell_);
  looked_at_ = 0;
  resources_.forget_drive();
  workspace_.reset();
}

// Whatever is typed may name something slow: it is looked at by a job, one at a time, and again when the text
// is another by then.
void Application::look_at_source() {
  Transfer& transfer = shell_.transfer;
  if (transfer.looking || transfer.place_text == transfer.looked_at) return;
  transfer.looking = true;
  transfer.looked_at = transfer.place_text;
  transfer.format.clear();
  transfer.source_problem.clear();
  jobs_.start("Looking at " + transfer.place_text,
              [this, text = transfer.place_text](const Progress&) -> Jobs::Finish {
                const auto format = format_of_source(text);
                return [this, text, name = format ? std::string((*format)->name) : std::string(),
                        problem = format ? std::string() : to_string(format.error())] {
                  Transfer& now = shell_.transfer;
                  if (now.looked_at != text) return;  // the dialog was opened anew meanwhile
                  now.looking = false;
                  now.format = name;
                  now.source_problem = problem;
                };
              });
}

void Application::start_transfer() {
  Transfer& transfer = shell_.transfer;
  transfer.wanted = false;
  transfer.result.clear();
  transfer.problem.clear();
  const LabelFormat* format = label_format_named(transfer.format);
  if (!workspace_ || !format) return;
  transfer.running = true;
  if (shell_.dialog == Dialog::export_labels) return start_export(*format);
  start_import(transfer.place.string(),
               [place = transfer.place](const Drive& drive) { return read_labels(place, drive); });
}

void Application::start_export(const LabelFormat& format) {
  jobs_.start("Exporting " + std::string(format.name),
              [this, workspace = workspace_, &format, snapshot = workspace_->session().document(),
               place = shell_.transfer.place](const Progress& progress) -> Jobs::Finish {
                auto done = export_labels(*snapshot, workspace->drive(), format, place, progress);
                return [this, workspace = std::move(workspace), done = std::move(done), place] {
                  shell_.transfer.running = false;
                  if (done)
                    shell_.transfer.result = "Written to " + place.string();
                  else
                    shell_.transfer.problem = to_string(done.error());
                };
              });
}

void Application::start_import(const std::string& source, ReadLabels read) {
  jobs_.start("Importing from " + source,
              [this, workspace = workspace_, source,
               read = std::move(read)](const Progress& progress) -> Jobs::Finish {
                progress(0.1, "reading");
                auto boxes = read(workspace->drive());
                return [this, workspace = std::move(workspace), boxes = std::move(boxes), source,
                        stop = progress.stop] {
                  if (said_to_stop(stop, "Importing from " + source))
                    shell_.transfer.running = false;
                  else
                    take_import(*workspace, boxes, source);
                };
              });
}

void Application::take_import(const Workspace& of, const Result<std::vector<TruthBox>>& boxes,
                              const std::string& source) {
  if (&of != workspace_.get()) return;  // another drive was opened meanwhile
  shell_.transfer.running = false;
  const auto say = [this](bool done, const std::string& said) {
    if (shell_.dialog == Dialog::import_labels)
      (done ? shell_.transfer.result : shell_.transfer.problem) = said;
    else
      ui_.messages.push_back({done ? Message::Kind::info : Message::Kind::error, said, now_});
  };
  if (!boxes) return say(false, to_string(boxes.error()));
  GuiContext context = this->context();
  context.run(
      "import.boxes", import_arguments(*boxes, source),
      [this, say, source, count = boxes->size()](const Result<CommandOutcome>& done) {
        if (done)
          say(true, fmt::format("{} boxes were imported from {}; one undo takes them back.", count, source));
        else
          shell_.transfer.problem = to_string(done.error());
      });
  drain(context);
}

void Application::expire_messages() {
  for (Message& message : ui_.messages)
    if (message.shown_since < 0) message.shown_since = now_;
  std::erase_if(ui_.messages, [&](const Message& m) { return now_ - m.shown_since > seconds_shown(m.kind); });
  constexpr std::size_t kept = 8;
  while (ui_.messages.size() > kept) ui_.messages.pop_front();
}

double Application::seconds_to_next_change() const {
  double soonest = 3600;
  if (ui_.remark && ui_.remark->until > now_) soonest = ui_.remark->until - now_;
  for (const Message& m : ui_.messages)
    soonest = std::min(soonest, m.shown_since + seconds_shown(m.kind) - now_);
  return std::max(soonest, 0.0) + 0.05;
}

Result<void> Application::run_action(std::string_view name) {
  const Action* action = action_named(name);
  if (!action) return fail(ErrorCode::not_found, fmt::format("there is no action named \"{}\"", name));
  GuiContext context = this->context();
  if (!is_enabled(*action, context))
    return fail(ErrorCode::invalid_argument,
                fmt::format("\"{}\" is not possible now", title_of(*action, context)));
  action->run(context);
  drain(context);
  return {};
}

Result<void> Application::run_command(const std::string& name, const nlohmann::json& args) {
  std::optional<Result<CommandOutcome>> outcome;
  while (!outcome || must_wait(*outcome)) outcome = run_request({name, args, {}});
  SWEEPMARK_CHECK(*outcome);
  keep_selection_valid();
  return {};
}

void Application::save_settings() {
  if (const auto saved = gui::save_settings(settings_, settings_file_); !saved)
    ui_.messages.push_back({Message::Kind::warning, to_string(saved.error()), now_});
}

}  // namespace sweepmark::gui
