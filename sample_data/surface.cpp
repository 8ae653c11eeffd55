#include "sample_data/surface.hpp"

namespace sweepmark::sample {

Optics optics_of(Surface surface) {
  switch (surface) {
    case Surface::asphalt:
      return {0.14, 0.80, 0.01, 0.0};
    case Surface::road_paint:
      return {0.70, 0.40, 0.01, 0.0};
    case Surface::concrete:
      return {0.34, 0.85, 0.01, 0.0};
    case Surface::grass:
      return {0.30, 0.60, 0.04, 0.02};
    case Surface::facade:
      return {0.38, 0.90, 0.01, 0.0};
    case Surface::glass:
      return {0.08, 1.00, 0.72, 0.0};
    case Surface::foliage:
      return {0.36, 0.40, 0.25, 0.22};
    case Surface::bark:
      return {0.25, 0.70, 0.02, 0.0};
    case Surface::steel:
      return {0.40, 0.90, 0.05, 0.0};
    case Surface::sign_face:
      return {1.60, 0.15, 0.00, 0.0};
    case Surface::car_paint:
      return {0.42, 0.95, 0.08, 0.0};
    case Surface::rubber:
      return {0.06, 0.80, 0.10, 0.0};
    case Surface::plastic:
      return {0.18, 0.85, 0.04, 0.0};
    case Surface::lamp:
      return {0.90, 0.30, 0.10, 0.0};
    case Surface::number_plate:
      return {1.40, 0.20, 0.00, 0.0};
    case Surface::skin:
      return {0.45, 0.90, 0.02, 0.0};
    case Surface::cloth:
      return {0.32, 0.85, 0.03, 0.0};
  }
  return {0.3, 1.0, 0.0, 0.0};
}

std::string_view to_string(PointClass point_class) {
  switch (point_class) {
    case PointClass::unlabelled:
      return "unlabelled";
    case PointClass::car:
      return "car";
    case PointClass::bicycle:
      return "bicycle";
    case PointClass::truck:
      return "truck";
    case PointClass::other_vehicle:
      return "other-vehicle";
    case PointClass::person:
      return "person";
    case PointClass::bicyclist:
      return "bicyclist";
    case PointClass::road:
      return "road";
    case PointClass::parking:
      return "parking";
    case PointClass::sidewalk:
      return "sidewalk";
    case PointClass::building:
      return "building";
    case PointClass::lane_marking:
      return "lane-marking";
    case PointClass::other_object:
      return "other-object";
    case PointClass::vegetation:
      return "vegetation";
    case PointClass::trunk:
      return "trunk";
    case PointClass::terrain:
      return "terrain";
    case PointClass::pole:
      return "pole";
    case PointClass::traffic_sign:
      return "traffic-sign";
    case PointClass::moving_car:
      return "moving-car";
    case PointClass::moving_bicyclist:
      return "moving-bicyclist";
    case PointClass::moving_person:
      return "moving-person";
    case PointClass::moving_truck:
      return "moving-truck";
    case PointClass::moving_other_vehicle:
      return "moving-other-vehicle";
  }
  return "unlabelled";
}

}  // namespace sweepmark::sample
