#include "core/assist/object_registration.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>

namespace sweepmark {

namespace {

using Vector6 = Eigen::Matrix<double, 6, 1>;

constexpr std::size_t most_points = 400;  // that are matched
constexpr std::size_t points_to_search = 500;
constexpr double independent_points = 40;  // more say no more: their errors hang together
constexpr double widest_gate = 0.45;       // metres from the model or a face
constexpr double model_noise = 0.04, face_noise_outside = 0.08, face_noise_inside = 0.25;  // metres
constexpr double ground_jump = 0.3;   // metres from one sweep to the next
constexpr double on_object = 0.15;    // metres from the surface
constexpr double close_about = 0.25;  // metres outside the box
constexpr double search_step = 0.2;
constexpr double search_width = 0.15;

// A step in a box's own frame.
struct Step {
  Eigen::Quaterniond rotation = Eigen::Quaterniond::Identity();
  Eigen::Vector3d translation = Eigen::Vector3d::Zero();

  Eigen::Vector3d undone(const Eigen::Vector3d& place) const {
    return rotation.conjugate() * (place - translation);
  }
  Step then(const Vector6& more) const {
    const double angle = more.tail<3>().norm();
    const Eigen::Quaterniond turn =
        angle < 1e-12 ? Eigen::Quaterniond::Identity()
                      : Eigen::Quaterniond(Eigen::AngleAxisd(angle, more.tail<3>() / angle));
    return {(rotation * turn).normalized(), translation + rotation * more.head<3>()};
  }
  Vector6 as_vector() const {
    const Eigen::AngleAxisd turn(rotation);
    Vector6 result;
    result << translation, turn.angle() * turn.axis();
    return result;
  }
};

// The points that can be of the object, a bounded number of them evenly chosen.
std::vector<Eigen::Vector3d> thinned(const std::vector<Eigen::Vector3d>& points, std::size_t most) {
  if (points.size() <= most) return points;
  std::vector<Eigen::Vector3d> result;
  for (std::size_t i = 0; i < most; ++i) result.push_back(points[i * points.size() / most]);
  return result;
}

// One point a cell, so that what is seen densely does not drown the rest. The first of each stands.
std::vector<Eigen::Vector3d> evenly_thinned(const std::vector<Eigen::Vector3d>& points) {
  constexpr double cell = 0.2;
  std::set<std::array<int, 3>> taken;
  std::vector<Eigen::Vector3d> result;
  for (const Eigen::Vector3d& p : points) {
    const Eigen::Vector3i at = (p / cell).array().floor().cast<int>();
    if (taken.insert({at.x(), at.y(), at.z()}).second) result.push_back(p);
  }
  return result;
}

struct Match {
  Eigen::Vector3d normal;
  double distance = 0;  // along the normal, metres; positive outside
  double away = 0;      // from what was matched; decides the robust weight
  double noise = 0;
  bool modelled = false;
};

// How far from the surface a point may lie and still be of the object: people walk closer together than cars.
double gate_of(const Eigen::Vector3d& size) {
  return std::clamp(0.25 * size.head<2>().minCoeff(), 0.15, widest_gate);
}

std::optional<Match> match(const ObjectModel& model, const Eigen::Vector3d& place,
                           const Eigen::Vector3d& sensor) {
  const double gate = gate_of(model.size());
  const ObjectModel::Nearest near = model.nearest(place);
  if (near.point && near.distance < gate && near.point->normal.dot(sensor - place) > 0)
    return Match{near.point->normal, near.point->normal.dot(place - near.point->position), near.distance,
                 model_noise, true};
  const Eigen::Vector3d half = 0.5 * model.size() + Eigen::Vector3d::Constant(gate);
  if ((place.cwiseAbs().array() > half.array()).any()) return std::nullopt;
  const FaceDistance face = nearest_face(model.size(), place, sensor);
  if (std::abs(face.outside_by) > gate) return std::nullopt;
  return Match{face.normal, face.outside_by, std::abs(face.outside_by),
               face.outside_by > 0 ? face_noise_outside : face_noise_inside, false};
}

// Geman & McClure: a distance of many widths weighs nothing.
double robust_weight(double distance, double width) {
  const double w = width * width / (width * width + distance * distance);
  return w * w;
}

struct Normals {
  PoseInformation information = PoseInformation::Zero();
  Vector6 slope = Vector6::Zero();
  void add(const Vector6& jacobian, double residual, double weight) {
    information += weight * jacobian * jacobian.transpose();
    slope += weight * residual * jacobian;
  }
};

// A place of the search and how well the points agree with it.
struct Tried {
  Eigen::Vector2d place;
  double agreement = 0;
};

struct PlaceBelief {
  Eigen::Vector2d place;
  Eigen::Matrix2d information;
};

class Matcher {
 public:
  Matcher(const ObjectModel& model, const ObjectCrop& crop, const PoseInformation& prior,
          const ObjectMatchOptions& options)
      : model_(model), prior_(prior), upright_(options.upright), turns_(options.turns), sensor_(crop.sensor) {
    const std::optional<GroundHeight> ground = ground_in(crop, model.size());
    points_ = above_ground(crop, model.size(), ground).points;
    matched_ = thinned(points_, most_points);
    if (ground && model.bottom_above_ground())
      height_ =
          GroundHeight{ground->z + *model.bottom_above_ground() + 0.5 * model.size().z(), ground->deviation};
  }

  // The best place of a grid, by how many points come to lie on the model or on its faces. What the grid
  // tells of the place is held to from then on: a side without texture slides freely along itself once the
  // points of its ends are out of reach.
  Step search(double radius) {
    const std::vector<Eigen::Vector3d> sample = thinned(evenly_thinned(points_), points_to_search);
    const double lift =
        height_ ? height_->z * ground_weight() * height_->deviation * height_->deviation : 0.0;
    const int steps = static_cast<int>(std::ceil(radius / search_step));
    Step best;
    double best_score = -1e30;
    std::vector<Tried> all;
    for (int i = -steps; i <= steps; ++i)
      for (int j = -steps; j <= steps; ++j) {
        Step step;
        step.translation = Eigen::Vector3d(search_step * i, search_step * j, lift);
        if (step.translation.head<2>().norm() > radius + 1e-9) continue;
        const double agreed = agreement(sample, step);
        const double score = agreed - strain(step);
        all.push_back({step.translation.head<2>(), agreed});
        if (score <= best_score) continue;
        best_score = score;
        best = step;
      }
    if (!sample.empty()) hold(all, best, static_cast<double>(sample.size()));
    return best;
  }

  Step refined(Step step) const {
    constexpr std::array<double, 4> widths = {0.4, 0.25, 0.15, 0.1};
    constexpr int iterations = 5;
    const double gate = gate_of(model_.size());
    for (const double width : widths)
      for (int i = 0; i < iterations; ++i) {
        const Vector6 move = solved(normals(step, std::min(width, gate), true));
        step = step.then(move);
        if (move.norm() < 1e-3) break;
      }
    return step;
  }

  // Of the pose at `step`; the prior is drawn about the start.
  Normals normals(const Step& step, double width, bool with_prior) const {
    Normals sum;
    const Eigen::Vector3d sensor = step.undone(sensor_);
    double count = 0;
    for (const Eigen::Vector3d& point : matched_) {
      const Eigen::Vector3d place = step.undone(point);
      const std::optional<Match> met = match(model_, place, sensor);
      if (!met) continue;
      Vector6 jacobian;
      jacobian << -met->normal, turns_ ? met->normal.cross(place) : Eigen::Vector3d::Zero();
      const double weight = robust_weight(met->away, std::max(width, 2 * met->noise));
      count += weight;
      sum.add(jacobian, met->distance, weight / (met->noise * met->noise));
    }
    const double share = std::min(1.0, independent_points / std::max(count, 1.0));
    sum.information *= share;
    sum.slope *= share;
    if (height_) add_ground(step, sum);
    if (with_prior) {
      add_prior(step, sum);
      add_held(step, sum);
    }
    return sum;
  }

  Vector6 solved(const Normals& sum) const {
    Vector6 move = Vector6::Zero();
    if (upright_) {
      const Eigen::Vector4i kept(0, 1, 2, 5);
      Eigen::Matrix4d information;
      Eigen::Vector4d slope;
      for (int i = 0; i < 4; ++i) {
        slope[i] = sum.slope[kept[i]];
        for (int j = 0; j < 4; ++j) information(i, j) = sum.information(kept[i], kept[j]);
      }
      information.diagonal().array() += 1e-6;
      const Eigen::Vector4d found = -information.ldlt().solve(slope);
      for (int i = 0; i < 4; ++i) move[kept[i]] = found[i];
    } else {
      const PoseInformation information = sum.information + 1e-6 * PoseInformation::Identity();
      move = -information.ldlt().solve(sum.slope);
    }
    return bounded(move);
  }

  void describe(const Step& step, ObjectMatch& result) const {
    const Eigen::Vector3d sensor = step.undone(sensor_);
    const Eigen::Vector3d half = 0.5 * model_.size() + Eigen::Vector3d::Constant(close_about);
    std::size_t about = 0, modelled = 0;
    double squares = 0;
    for (const Eigen::Vector3d& point : points_) {
      const Eigen::Vector3d place = step.undone(point);
      if ((place.cwiseAbs().array() > half.array()).any()) continue;
      ++about;
      const std::optional<Match> met = match(model_, place, sensor);
      if (!met || std::abs(met->distance) > (met->modelled ? on_object : widest_gate)) continue;
      ++result.points;
      modelled += met->modelled ? 1 : 0;
      squares += met->distance * met->distance;
    }
    if (result.points == 0) return;
    const auto count = static_cast<double>(result.points);
    result.overlap = count / static_cast<double>(about);
    result.modelled_share = static_cast<double>(modelled) / count;
    result.residual_m = std::sqrt(squares / count);
  }

 private:
  double agreement(const std::vector<Eigen::Vector3d>& sample, const Step& step) const {
    constexpr double foreign = 0.5;  // what a point in the box costs that is not of the object
    double score = 0;
    const Eigen::Vector3d sensor = step.undone(sensor_);
    const Eigen::Vector3d half = 0.5 * model_.size() + Eigen::Vector3d::Constant(close_about);
    for (const Eigen::Vector3d& point : sample) {
      const Eigen::Vector3d place = step.undone(point);
      if ((place.cwiseAbs().array() > half.array()).any()) continue;
      const std::optional<Match> met = match(model_, place, sensor);
      const double in_widths = met ? met->away / search_width : 9.0;
      const double agrees = std::exp(-0.5 * in_widths * in_widths);
      score += (met && !met->modelled ? 0.4 : 1.0) * agrees - foreign * (1 - agrees);
    }
    return score;
  }

  // What the prior has against a place.
  double strain(const Step& step) const {
    const Eigen::Vector2d moved = step.translation.head<2>();
    return 0.5 * moved.dot(prior_.topLeftCorner<2, 2>() * moved);
  }

  // The places tried, weighted as likely as points and prior find them, have a mean and a covariance (Olson,
  // Real-time correlative scan matching, ICRA 2009). What is surer there than by the prior alone over the
  // same places, the points say.
  void hold(const std::vector<Tried>& all, const Step& best, double points) {
    constexpr double about = 1.0;  // metres; another peak is another object
    std::vector<Tried> near;
    for (const Tried& at : all)
      if ((at.place - best.translation.head<2>()).norm() <= about) near.push_back(at);
    const PlaceBelief with_points = belief(near, std::min(1.0, independent_points / std::max(points, 1.0)));
    const Eigen::Matrix2d prior = prior_.topLeftCorner<2, 2>(), on_grid = belief(near, 0.0).information;
    // The places reach less far than a loose prior and lie too far apart for a tight one.
    const Eigen::Matrix2d known = prior.trace() > on_grid.trace() ? prior : on_grid;
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> said(with_points.information - known);
    held_information_ =
        said.eigenvectors() * said.eigenvalues().cwiseMax(0.0).asDiagonal() * said.eigenvectors().transpose();
    held_place_ = with_points.place;
  }

  // Over some places of the search; the points' agreement counts `share` of what it is.
  PlaceBelief belief(const std::vector<Tried>& places, double share) const {
    const Eigen::Matrix2d prior = prior_.topLeftCorner<2, 2>();
    std::vector<double> likely;
    for (const Tried& at : places)
      likely.push_back(share * at.agreement - 0.5 * at.place.dot(prior * at.place));
    const double most = *std::ranges::max_element(likely);
    double sum = 0;
    Eigen::Vector2d mean = Eigen::Vector2d::Zero();
    Eigen::Matrix2d spread = Eigen::Matrix2d::Zero();
    for (std::size_t i = 0; i < places.size(); ++i) {
      const double weight = std::exp(likely[i] - most);
      sum += weight;
      mean += weight * places[i].place;
      spread += weight * places[i].place * places[i].place.transpose();
    }
    mean /= sum;
    spread = (spread / sum - mean * mean.transpose()).eval();
    spread.diagonal().array() += 0.25 * search_step * search_step;
    return {mean, spread.inverse()};
  }

  void add_held(const Step& step, Normals& sum) const {
    const Eigen::Matrix2d turn = step.rotation.toRotationMatrix().topLeftCorner<2, 2>();
    sum.information.topLeftCorner<2, 2>() += turn.transpose() * held_information_ * turn;
    sum.slope.head<2>() +=
        turn.transpose() * (held_information_ * (step.translation.head<2>() - held_place_));
  }

  // A ground far from where it was a sweep ago is likely something else.
  double ground_weight() const {
    return robust_weight(height_->z, ground_jump) / (height_->deviation * height_->deviation);
  }

  void add_ground(const Step& step, Normals& sum) const {
    Vector6 jacobian = Vector6::Zero();
    jacobian.head<3>() = step.rotation.conjugate() * Eigen::Vector3d::UnitZ();
    sum.add(jacobian, step.translation.z() - height_->z, ground_weight());
  }

  void add_prior(const Step& step, Normals& sum) const {
    PoseInformation turn = PoseInformation::Identity();
    turn.topLeftCorner<3, 3>() = step.rotation.toRotationMatrix();
    sum.information += turn.transpose() * prior_ * turn;
    sum.slope += turn.transpose() * (prior_ * step.as_vector());
  }

  static Vector6 bounded(Vector6 move) {
    constexpr double longest = 0.5, widest = 0.2;
    if (const double n = move.head<3>().norm(); n > longest) move.head<3>() *= longest / n;
    if (const double n = move.tail<3>().norm(); n > widest) move.tail<3>() *= widest / n;
    return move;
  }

  const ObjectModel& model_;
  PoseInformation prior_;
  bool upright_, turns_;
  Eigen::Vector3d sensor_;
  std::vector<Eigen::Vector3d> points_, matched_;  // above the ground, in the start's frame
  std::optional<GroundHeight> height_;             // of the box's centre by the ground, in the start's frame
  Eigen::Vector2d held_place_ = Eigen::Vector2d::Zero();  // where the search found it, in the start's frame
  Eigen::Matrix2d held_information_ = Eigen::Matrix2d::Zero();
};

PoseInformation inverse_of(const PoseInformation& information) {
  return (information + 1e-4 * PoseInformation::Identity()).ldlt().solve(PoseInformation::Identity());
}

}  // namespace

PoseInformation prior_within(const Eigen::Vector3d& place, const Eigen::Vector3d& turn) {
  Vector6 deviations;
  deviations << place, turn;
  return deviations.cwiseMax(1e-3).array().square().inverse().matrix().asDiagonal();
}

ObjectMatch register_crop(const ObjectModel& model, const ObjectCrop& crop, const Box3<Ego>& start,
                          const PoseInformation& prior, const ObjectMatchOptions& options) {
  Matcher matcher(model, crop, prior, options);
  Step step;
  if (options.search_radius_m > 0) step = matcher.search(options.search_radius_m);
  step = matcher.refined(step);
  ObjectMatch result;
  result.box = {start.pose * Pose<BoxLocal, BoxLocal>(step.rotation, step.translation), model.size()};
  constexpr double settled_width = 0.1;
  result.information = matcher.normals(step, settled_width, false).information;
  result.covariance = inverse_of(matcher.normals(step, settled_width, true).information);
  matcher.describe(step, result);
  return result;
}

ObjectMatch register_object(const ObjectModel& model, const PointCloud& cloud,
                            const Pose<Ego, Sensor>& ego_from_cloud, const Box3<Ego>& start,
                            const PoseInformation& prior, const ObjectMatchOptions& options) {
  const double about = 1.0 + options.search_radius_m;
  const ObjectCrop crop =
      crop_about(cloud, ego_from_cloud, {start.pose, model.size()}, Eigen::Vector3d(about, about, 0.7));
  return register_crop(model, crop, start, prior, options);
}

}  // namespace sweepmark
