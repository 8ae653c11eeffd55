// What labelling costs a hand: gestures counted, and the seconds they take.
#pragma once

#include <cstddef>

namespace sweepmark {

// One gesture of a person at the window.
struct Gestures {
  std::size_t keys = 0;    // a key pressed
  std::size_t clicks = 0;  // pointed at and clicked
  std::size_t drags = 0;   // pointed at, pressed, moved, released
  std::size_t looks = 0;   // a page of `page_sweeps` sweeps looked over

  std::size_t actions() const { return keys + clicks + drags + looks; }
  Gestures& operator+=(const Gestures& other);
};

// As many cells as a page of the batch view has.
inline constexpr std::size_t page_sweeps = 20;

// Seconds by the keystroke-level model (Card, Moran & Newell, "The keystroke-level model for user performance
// time with interactive systems", CACM 23(7), 1980): a keystroke of an average skilled typist 0.20 s,
// pointing 1.10 s, pressing or releasing a button 0.10 s, a mental preparation 1.35 s. Keys, clicks and drags
// that follow a decision each get one preparation; a page costs one preparation and an eye movement of 0.23 s
// for each cell (Card, Moran & Newell, "The Psychology of Human-Computer Interaction", 1983).
double seconds_of(const Gestures& gestures);

}  // namespace sweepmark
