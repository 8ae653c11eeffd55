// Icons of Font Awesome 4.7, as UTF-8. The code points are those of its cheat sheet.
#pragma once

namespace sweepmark::gui::icons {

inline constexpr const char* folder = "\uf07b";
inline constexpr const char* folder_open = "\uf07c";
inline constexpr const char* file = "\uf016";
inline constexpr const char* database = "\uf1c0";
inline constexpr const char* clock = "\uf017";
inline constexpr const char* car = "\uf1b9";
inline constexpr const char* cube = "\uf1b2";
inline constexpr const char* cubes = "\uf1b3";
inline constexpr const char* search = "\uf002";
inline constexpr const char* check = "\uf00c";
inline constexpr const char* close = "\uf00d";
inline constexpr const char* warning = "\uf071";
inline constexpr const char* error = "\uf06a";
inline constexpr const char* info = "\uf05a";
inline constexpr const char* home = "\uf015";
inline constexpr const char* up = "\uf062";
inline constexpr const char* download = "\uf019";
inline constexpr const char* upload = "\uf093";
inline constexpr const char* play = "\uf04b";
inline constexpr const char* pause = "\uf04c";
inline constexpr const char* step_back = "\uf048";
inline constexpr const char* step_forward = "\uf051";
inline constexpr const char* pointer = "\uf245";
inline constexpr const char* hand = "\uf25a";
inline constexpr const char* ruler = "\uf07e";
inline constexpr const char* pencil = "\uf040";
inline constexpr const char* trash = "\uf1f8";
inline constexpr const char* plus = "\uf067";
inline constexpr const char* keyboard = "\uf11c";
inline constexpr const char* camera = "\uf030";
inline constexpr const char* eye = "\uf06e";
inline constexpr const char* eye_slash = "\uf070";
inline constexpr const char* cog = "\uf013";
inline constexpr const char* undo = "\uf0e2";
inline constexpr const char* redo = "\uf01e";
inline constexpr const char* diamond = "\uf219";
inline constexpr const char* circle = "\uf111";
inline constexpr const char* history = "\uf1da";
inline constexpr const char* tag = "\uf02b";
inline constexpr const char* list = "\uf03a";
inline constexpr const char* copy = "\uf0c5";
inline constexpr const char* angle_right = "\uf105";
inline constexpr const char* crosshairs = "\uf05b";
inline constexpr const char* expand = "\uf065";
inline constexpr const char* magic = "\uf0d0";
inline constexpr const char* flag = "\uf024";
inline constexpr const char* forward = "\uf04e";
inline constexpr const char* anchor = "\uf13d";
inline constexpr const char* link = "\uf0c1";

// Every one of them: only these are drawn into the font's texture. A test holds the two to each other.
inline constexpr const char* all =
    "\uf07b\uf07c\uf016\uf1c0\uf017\uf1b9\uf1b2\uf1b3\uf002\uf00c\uf00d"
    "\uf071\uf06a\uf05a\uf015\uf062\uf019\uf093\uf04b\uf04c\uf048\uf051"
    "\uf245\uf25a\uf07e\uf040\uf1f8\uf067\uf11c\uf030\uf06e\uf070\uf013"
    "\uf0e2\uf01e\uf219\uf111\uf1da\uf02b\uf03a\uf0c5\uf105\uf05b\uf065"
    "\uf0d0\uf024\uf04e\uf13d\uf0c1";

}  // namespace sweepmark::gui::icons
