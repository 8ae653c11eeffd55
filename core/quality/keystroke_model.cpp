#include "core/quality/keystroke_model.hpp"

namespace sweepmark {

namespace {

constexpr double keystroke = 0.20, pointing = 1.10, button = 0.10, preparation = 1.35, eye_movement = 0.23;

constexpr double key_s = preparation + keystroke;
constexpr double click_s = preparation + pointing + 2 * button;
constexpr double drag_s = preparation + 2 * pointing + 2 * button;
constexpr double look_s = preparation + static_cast<double>(page_sweeps) * eye_movement;

}  // namespace

Gestures& Gestures::operator+=(const Gestures& other) {
  keys += other.keys;
  clicks += other.clicks;
  drags += other.drags;
  looks += other.looks;
  return *this;
}

double seconds_of(const Gestures& gestures) {
  return static_cast<double>(gestures.keys) * key_s + static_cast<double>(gestures.clicks) * click_s +
         static_cast<double>(gestures.drags) * drag_s + static_cast<double>(gestures.looks) * look_s;
}

}  // namespace sweepmark
