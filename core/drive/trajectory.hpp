// Where the vehicle was. The class lies with the geometry, because labels keep an estimated trajectory and
// know no drives; those who think of it as a part of a drive find it here.
#pragma once

#include "core/geometry/trajectory.hpp"
