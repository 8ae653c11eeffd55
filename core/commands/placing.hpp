// What commands that place boxes have in common.
#pragma once

#include "core/labels/patch.hpp"
#include "core/session/command.hpp"

namespace sweepmark::commands {

// A person's box at a sweep. On a rigid track its size becomes the size of the whole track: the other
// keyframes keep their centres, for a person aligned the middle they saw. Where the object was said to be
// absent at that moment it is back; a box beyond the end of its life carries the end there. Of an object that stands still every other keyframe moves along, so that
// all hold one world box. The track must be in `patch`'s document.
void place_box(PatchBuilder& patch, const Drive& drive, TrackId id, TimestampNs time, const Box3<Ego>& box);

// A new object with a person's box at a sweep, of one size where its class is rigid. The class must be in the
// document.
TrackId create_object(PatchBuilder& patch, ClassId class_id, TimestampNs time, const Box3<Ego>& box);

// Each keyframe of the track takes the world box that `reference` has; origins, attributes and confidences
// stay.
void hold_still(PatchBuilder& patch, const Drive& drive, TrackId id, const Keyframe& reference);

// Where no keyframe stands at `time`, the box that follows from the others (outside the lifetime: the nearest
// held in the world) becomes one of Origin::automatic: nobody has looked at it. Nothing happens where the
// track has no box at all.
void pin_derived_box(PatchBuilder& patch, const Drive& drive, TrackId id, TimestampNs time);

// Events at `time` that make the track's attributes there what `wanted` says, for those that come from the
// track or earlier moments otherwise.
void pin_attributes(PatchBuilder& patch, TrackId id, TimestampNs time, const Attributes& wanted);

}  // namespace sweepmark::commands
