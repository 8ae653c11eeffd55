#include "core/formats/rigid_matrix.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>

namespace sweepmark {

Result<Eigen::Matrix4d> rigid_from_rows(const std::vector<double>& m, const std::string& what,
                                        const std::filesystem::path& file) {
  constexpr double close_to_rotation = 1e-2;
  const auto problem = [&](const std::string& message) {
    return fail(ErrorCode::malformed, fmt::format("{}: {}", what, message), at_file(file));
  };
  if (m.size() != 16) return problem(fmt::format("16 numbers expected, found {}", m.size()));
  if (m[12] != 0.0 || m[13] != 0.0 || m[14] != 0.0 || m[15] != 1.0)
    return problem(
        fmt::format("the last row of the matrix must be 0 0 0 1 (rows one after another), found {} {} {} {}",
                    m[12], m[13], m[14], m[15]));
  const Eigen::Matrix4d matrix = Eigen::Map<const Eigen::Matrix<double, 4, 4, Eigen::RowMajor>>(m.data());
  const Eigen::Matrix3d r = matrix.topLeftCorner<3, 3>();
  if (!((r.transpose() * r - Eigen::Matrix3d::Identity()).cwiseAbs().maxCoeff() < close_to_rotation) ||
      r.determinant() < 0.0)
    return problem("the upper left part of the matrix is no rotation");
  return matrix;
}

}  // namespace sweepmark
