#include "app/gui/application.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cstdlib>

#include "app/gui/draft.hpp"
#include "app/gui/merging.hpp"
#include "app/gui/messages.hpp"
#include "app/gui/shell/parts.hpp"
#include "app/gui/shell/suggestions.hpp"
#include "app/gui/shell/transfers.hpp"
#include "app/gui/view_memory.hpp"
#include "app/gui/view_resources.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark::gui {
namespace {

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

bool happened(const InputFrame& input) {
  return !input.keys.empty() || !input.text.empty() || input.wheel_y != 0 ||
         std::ranges::find(input.buttons, true) != input.buttons.end();
}

// Letting a key go is the end of what was done, not the next thing.
bool begins_something(const InputFrame& input) {
  return std::ranges::any_of(input.keys, &KeyEvent::down) || !input.text.empty() || input.wheel_y != 0 ||
         std::ranges::find(input.buttons, true) != input.buttons.end();
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
  return {workspace_.get(), settings_.view, ui_, resources_, commands_.requests(), now_, false, &shell_};
}

bool Application::take_in() {
  const bool delivered = jobs_.deliver();
  GuiContext context = this->context();
  take_suggestions(context);
  const bool came_in = take_loaded();
  if (delivered || commands_.has_work()) commands_.drain(context);
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
  return !jobs_.idle() || commands_.has_work() || (workspace_ && !workspace_->all_in_view_loaded());
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
  commands_.drain(context);
  grant_wishes(context);
  expire_messages(ui_, now_);
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

void Application::grant_wishes(GuiContext& context) {
  if (const auto name = std::exchange(shell_.run_action, std::nullopt))
    if (const auto done = run_action(*name); !done) context.say(Message::Kind::warning, done.error().message);
  if (const auto request = std::exchange(shell_.open, std::nullopt)) open(*request);
  if (std::exchange(shell_.close_drive, false)) close_drive();
  if (const auto job = std::exchange(shell_.cancel_job, std::nullopt)) jobs_.cancel(*job);
  GuiContext now = this->context();  // another drive may be open by now
  go_on_with_transfers(now);
  read_meshes(now);
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
  if (!found && workspace_ && is_mesh_file(request.path)) return offer_mesh(shell_, request.path);
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
  commands_.forget(shell_);
  drop_suggestions(shell_);
  looked_at_ = 0;
  resources_.forget_drive();
  workspace_.reset();
}

double Application::seconds_to_next_change() const {
  return seconds_to_next_expiry(ui_, now_);
}

Result<void> Application::run_action(std::string_view name) {
  const Action* action = action_named(name);
  if (!action) return fail(ErrorCode::not_found, fmt::format("there is no action named \"{}\"", name));
  GuiContext context = this->context();
  if (!is_enabled(*action, context))
    return fail(ErrorCode::invalid_argument,
                fmt::format("\"{}\" is not possible now", title_of(*action, context)));
  action->run(context);
  commands_.drain(context);
  return {};
}

Result<void> Application::run_command(const std::string& name, const nlohmann::json& args) {
  GuiContext context = this->context();
  return commands_.run_now(context, {name, args, {}});
}

void Application::save_settings() {
  if (const auto saved = gui::save_settings(settings_, settings_file_); !saved)
    ui_.messages.push_back({Message::Kind::warning, to_string(saved.error()), now_});
}

}  // namespace sweepmark::gui
