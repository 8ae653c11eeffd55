#include "render/channel_view.hpp"

namespace sweepmark {

std::string_view channel_of(PointColouring colouring) {
  switch (colouring) {
    case PointColouring::intensity:
      return "intensity";
    case PointColouring::ring:
      return "ring";
    case PointColouring::time:
      return "time";
    case PointColouring::height:
    case PointColouring::range:
    case PointColouring::label:
    case PointColouring::instance:
    case PointColouring::label_age:
    case PointColouring::camera:
    case PointColouring::flat:
      break;
  }
  return {};
}

}  // namespace sweepmark
