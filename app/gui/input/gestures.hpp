// Gestures of a replay script as frames of input. The script's language is described in docs/replay.md.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "app/gui/input/input_frame.hpp"
#include "app/gui/input/places.hpp"
#include "core/base/result.hpp"

namespace sweepmark::gui {

// True where the directive is a gesture (or a plain frame): something that gesture_frames understands.
bool is_gesture(const nlohmann::json& directive);

// The frames of one gesture, to be played after `before`. Places are those of the frame drawn last.
Result<std::vector<InputFrame>> gesture_frames(const nlohmann::json& directive, const InputFrame& before,
                                               const Places& places);

}  // namespace sweepmark::gui
