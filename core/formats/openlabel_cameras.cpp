// Intrinsic parameters of cameras in OpenLABEL. The names vary with the version of the schema: 1.0.0 has
// camera_matrix, distortion_coeffs and lens_coeffs, the tools of its authors write camera_matrix_3x4,
// distortion_coeffs_1xN and lens_coeffs_1xN.
#include <fmt/format.h>

#include <cmath>

#include "core/base/text.hpp"
#include "core/formats/openlabel_json.hpp"

namespace sweepmark::openlabel {
namespace fs = std::filesystem;

namespace {

std::optional<std::vector<double>> numbers(const Json& json, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const Json* found = member(json, name);
    if (!found || !found->is_array()) continue;
    std::vector<double> values;
    for (const Json& number : *found) {
      if (!number.is_number()) return std::nullopt;
      values.push_back(number.get<double>());
    }
    return values;
  }
  return std::nullopt;
}

std::optional<double> number(const Json& json, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (const Json* found = member(json, name); found && found->is_number()) return found->get<double>();
  return std::nullopt;
}

void take_size(CameraIntrinsics& intrinsics, const Json& json) {
  const auto pixels = [&](const char* name) {
    const double value = number(json, {name}).value_or(0.0);
    return value >= 1.0 && value <= 1e6 ? static_cast<int>(value) : 0;
  };
  intrinsics.width = pixels("width_px");
  intrinsics.height = pixels("height_px");
}

Failure problem(const std::string& camera, const std::string& message, const fs::path& file) {
  return fail(ErrorCode::malformed, fmt::format("camera '{}': {}", camera, message), at_file(file));
}

bool sound(const CameraIntrinsics& c) {
  for (const double d : c.distortion)
    if (!std::isfinite(d)) return false;
  return std::isfinite(c.cx) && std::isfinite(c.cy) && std::isfinite(c.fx) && std::isfinite(c.fy) &&
         c.fx > 0 && c.fy > 0;
}

// A fourth column of zeros is what the schema wants of camera_matrix; nine numbers are taken, too.
Result<CameraIntrinsics> pinhole_from(const Json& json, const std::string& camera, const fs::path& file) {
  const auto k = numbers(json, {"camera_matrix", "camera_matrix_3x4", "camera_matrix_3x3"});
  if (!k || (k->size() != 12 && k->size() != 9))
    return problem(camera, "a camera_matrix of 12 numbers expected", file);
  const std::size_t row = k->size() / 3;
  CameraIntrinsics intrinsics;
  take_size(intrinsics, json);
  intrinsics.fx = (*k)[0];
  intrinsics.cx = (*k)[2];
  intrinsics.fy = (*k)[row + 1];
  intrinsics.cy = (*k)[row + 2];
  intrinsics.distortion =
      numbers(json, {"distortion_coeffs", "distortion_coeffs_1xN"}).value_or(std::vector<double>{});
  while (intrinsics.distortion.size() > 8 && intrinsics.distortion.back() == 0.0)
    intrinsics.distortion.pop_back();
  const std::size_t count = intrinsics.distortion.size();
  if (count != 0 && count != 4 && count != 5 && count != 8)
    return problem(camera, fmt::format("0, 4, 5 or 8 distortion_coeffs expected, found {}", count), file);
  if (!sound(intrinsics))
    return problem(camera,
                   "finite numbers and focal lengths above 0 expected in camera_matrix and distortion_coeffs",
                   file);
  return intrinsics;
}

// Five coefficients are Kannala and Brandt's own, the first of which scales the angle; it goes into the focal
// lengths.
Result<CameraIntrinsics> fisheye_from(const Json& json, const std::string& camera, const fs::path& file) {
  const auto fx = number(json, {"focal_length_x"}), cx = number(json, {"center_x", "center_x_px"}),
             cy = number(json, {"center_y", "center_y_px"});
  auto k = numbers(json, {"lens_coeffs", "lens_coeffs_1xN"});
  if (!fx || !cx || !cy || !k || (k->size() != 4 && k->size() != 5))
    return problem(camera, "focal_length_x, center_x, center_y and 4 or 5 lens_coeffs expected", file);
  CameraIntrinsics intrinsics;
  intrinsics.model = LensModel::kannala_brandt;
  take_size(intrinsics, json);
  const double scale = k->size() == 5 ? k->front() : 1.0;
  intrinsics.fx = *fx * scale;
  intrinsics.fy = number(json, {"focal_length_y"}).value_or(*fx) * scale;
  intrinsics.cx = *cx;
  intrinsics.cy = *cy;
  if (k->size() == 5) k->erase(k->begin());
  for (const double coefficient : *k) intrinsics.distortion.push_back(coefficient / scale);
  if (!sound(intrinsics)) return problem(camera, "finite numbers and focal lengths above 0 expected", file);
  return intrinsics;
}

bool is_equidistant(const Json& fisheye) {
  const std::string model = lowered(text_of(fisheye, "model") + text_of(fisheye, "fisheye_model"));
  return model.empty() || model.find("kannala") != std::string::npos ||
         model.find("opencv") != std::string::npos || model.find("equidistant") != std::string::npos;
}

}  // namespace

Result<std::optional<CameraIntrinsics>> intrinsics_from(const Json& stream_properties,
                                                        const std::string& camera, const fs::path& file) {
  if (const Json* pinhole = member(stream_properties, "intrinsics_pinhole")) {
    SWEEPMARK_TRY(intrinsics, pinhole_from(*pinhole, camera, file));
    return intrinsics;
  }
  if (const Json* fisheye = member(stream_properties, "intrinsics_fisheye");
      fisheye && is_equidistant(*fisheye)) {
    SWEEPMARK_TRY(intrinsics, fisheye_from(*fisheye, camera, file));
    return intrinsics;
  }
  return std::nullopt;
}

Json intrinsics_to(const CameraIntrinsics& c) {
  if (c.model == LensModel::kannala_brandt)
    return {{"intrinsics_fisheye",
             {{"width_px", c.width},
              {"height_px", c.height},
              {"focal_length_x", c.fx},
              {"focal_length_y", c.fy},
              {"center_x", c.cx},
              {"center_y", c.cy},
              {"model", "opencv_fisheye"},
              {"lens_coeffs", c.distortion}}}};
  Json pinhole = {{"width_px", c.width},
                  {"height_px", c.height},
                  {"camera_matrix", {c.fx, 0.0, c.cx, 0.0, 0.0, c.fy, c.cy, 0.0, 0.0, 0.0, 1.0, 0.0}}};
  if (!c.distortion.empty()) pinhole["distortion_coeffs"] = c.distortion;
  return {{"intrinsics_pinhole", std::move(pinhole)}};
}

}  // namespace sweepmark::openlabel
