#include "sample_data/camera_renderer.hpp"

#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkLight.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkUnsignedCharArray.h>

#include <cmath>
#include <map>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/units.hpp"
#include "sample_data/lens.hpp"
#include "sample_data/vtk_mesh.hpp"

namespace sweepmark::sample {
namespace {

using ActorPtr = vtkSmartPointer<vtkActor>;

vtkSmartPointer<vtkPolyDataMapper> mapper_of(const Mesh& mesh) {
  auto mapper = vtkSmartPointer<vtkPolyDataMapper>::New();
  mapper->SetInputData(poly_data_of(mesh, MeshData::with_appearance));
  return mapper;
}

constexpr double ambient = 0.48, diffuse = 0.68, from_the_sky = 0.22;

// Light from the sky on the sides away from the sun.
Eigen::Vector3d towards_sky() {
  return Eigen::Vector3d(-towards_sun().x(), -towards_sun().y(), 0.5).normalized();
}

ActorPtr lit_actor(const Mesh& mesh) {
  auto actor = ActorPtr::New();
  actor->SetMapper(mapper_of(mesh));
  actor->GetProperty()->SetAmbient(ambient);
  actor->GetProperty()->SetDiffuse(diffuse);
  return actor;
}

// What never turns is lit once, in its colours: on software OpenGL, light computed for each pixel takes most
// of the time.
ActorPtr painted_actor(Mesh mesh, double still_light = ambient, double sun_light = diffuse) {
  for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
    const Eigen::Vector3d& normal = mesh.normals[i];
    const double sun = std::max(0.0, normal.dot(towards_sun())),
                 sky = from_the_sky * std::max(0.0, normal.dot(towards_sky()));
    mesh.colours[i] = shaded(mesh.colours[i], still_light + sun_light * (sun + sky));
  }
  auto actor = ActorPtr::New();
  actor->SetMapper(mapper_of(mesh));
  actor->GetProperty()->LightingOff();
  return actor;
}

Mesh with_shadows(Mesh ground, const CameraRenderer::ShadowTest& in_shadow) {
  constexpr double shade = 0.64;
  for (std::size_t i = 0; i < ground.positions.size(); ++i) {
    if (in_shadow(ground.positions[i] + Eigen::Vector3d(0, 0, 0.03), towards_sun()))
      ground.colours[i] = shaded(ground.colours[i], shade);
  }
  return ground;
}

// A soft dark patch under an object, of its length and width, on z = 0.
vtkSmartPointer<vtkPolyData> patch_of(const Eigen::Vector3d& size) {
  constexpr int segments = 24;
  Mesh mesh;
  for (double scale : {0.0, 0.75, 1.25}) {
    for (int i = 0; i < segments; ++i) {
      const double angle = 2.0 * std::numbers::pi * i / segments;
      // A rounded rectangle: a superellipse of the fourth degree.
      const double c = std::cos(angle), s = std::sin(angle),
                   radius = std::pow(std::pow(c, 4) + std::pow(s, 4), -0.25);
      mesh.positions.emplace_back(scale * 0.5 * size.x() * radius * c, scale * 0.5 * size.y() * radius * s,
                                  0.0);
    }
  }
  for (std::uint32_t ring = 0; ring < 2; ++ring) {
    for (std::uint32_t i = 0; i < segments; ++i) {
      const std::uint32_t a = ring * segments + i, b = ring * segments + (i + 1) % segments;
      mesh.triangles.push_back({{a, b, b + segments}, Surface::asphalt, 0});
      mesh.triangles.push_back({{a, b + segments, a + segments}, Surface::asphalt, 0});
    }
  }
  auto poly_data = poly_data_of(mesh, MeshData::shape_only);
  vtkNew<vtkUnsignedCharArray> colours;
  colours->SetNumberOfComponents(4);
  for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
    const std::array<unsigned char, 4> rgba{12, 13, 18,
                                            static_cast<unsigned char>(i < 2 * segments ? 150 : 0)};
    colours->InsertNextTypedTuple(rgba.data());
  }
  poly_data->GetPointData()->SetScalars(colours);
  return poly_data;
}

ActorPtr patch_actor(const Eigen::Vector3d& size) {
  vtkNew<vtkPolyDataMapper> mapper;
  mapper->SetInputData(patch_of(size));
  auto actor = ActorPtr::New();
  actor->SetMapper(mapper);
  actor->GetProperty()->LightingOff();
  actor->ForceTranslucentOn();
  return actor;
}

void place(vtkActor& actor, const Eigen::Matrix4d& world_from_local) {
  vtkNew<vtkMatrix4x4> matrix;
  for (int row = 0; row < 4; ++row) {
    for (int column = 0; column < 4; ++column) matrix->SetElement(row, column, world_from_local(row, column));
  }
  actor.SetUserMatrix(matrix);
}

struct Figure {
  std::vector<vtkSmartPointer<vtkPolyDataMapper>> phases;
  ActorPtr body, patch;
};

}  // namespace

Eigen::Vector3d towards_sun() {
  return Eigen::Vector3d(-0.50, -0.27, 0.82).normalized();
}

Result<std::vector<std::uint8_t>> encode_jpeg(const BgrImage& image, int quality) {
  try {
    const cv::Mat view(image.height, image.width, CV_8UC3, const_cast<std::uint8_t*>(image.bytes.data()));
    std::vector<std::uint8_t> bytes;
    if (cv::imencode(".jpg", view, bytes, {cv::IMWRITE_JPEG_QUALITY, quality})) return bytes;
    return fail(ErrorCode::internal, "OpenCV could not encode a JPEG image.");
  } catch (const cv::Exception& error) {
    return fail(ErrorCode::internal, std::string("OpenCV could not encode a JPEG image: ") + error.what());
  }
}

struct CameraRenderer::Stage {
  const Scene& scene;
  vtkNew<vtkRenderWindow> window;
  vtkNew<vtkRenderer> renderer;
  std::vector<Figure> figures;
  std::map<SensorId, Canvas> canvases;

  explicit Stage(const Scene& s) : scene(s) {}

  void add_lights() {
    const auto add = [&](const Eigen::Vector3d& from, double strength) {
      vtkNew<vtkLight> light;
      light->SetLightTypeToSceneLight();
      light->SetPosition(from.x(), from.y(), from.z());
      light->SetFocalPoint(0, 0, 0);
      light->SetColor(1.0, 1.0, 1.0);
      light->SetIntensity(strength);
      renderer->AddLight(light);
    };
    renderer->AutomaticLightCreationOff();
    add(towards_sun(), 1.0);
    add(towards_sky(), from_the_sky);
  }

  void add_figures() {
    for (const SceneObject& object : scene.objects) {
      Figure figure;
      for (const Mesh& phase : object.phases) figure.phases.push_back(mapper_of(phase));
      figure.body = lit_actor(object.phases.front());
      figure.patch = patch_actor(object.size);
      renderer->AddActor(figure.body);
      renderer->AddActor(figure.patch);
      figures.push_back(std::move(figure));
    }
  }

  void move_figures(double time, std::optional<std::size_t> without) {
    for (std::size_t i = 0; i < figures.size(); ++i) {
      const SceneObject& object = scene.objects[i];
      const Eigen::Matrix4d pose = world_from_box(object, time).matrix();
      Eigen::Matrix4d below = pose;
      below(2, 3) += 0.022 - 0.5 * object.size.z();
      figures[i].body->SetMapper(figures[i].phases[phase_at(object, time)]);
      place(*figures[i].body, pose);
      place(*figures[i].patch, below);
      figures[i].body->SetVisibility(without != i);
      figures[i].patch->SetVisibility(without != i);
    }
  }

  void aim(const Pose<World, Camera>& world_from_camera, const Canvas& canvas) {
    const Eigen::Vector3d eye = world_from_camera.translation();
    const Eigen::Vector3d ahead = eye + world_from_camera.rotation() * Eigen::Vector3d::UnitZ();
    const Eigen::Vector3d up = world_from_camera.rotation() * -Eigen::Vector3d::UnitY();
    vtkCamera* camera = renderer->GetActiveCamera();
    camera->SetPosition(eye.x(), eye.y(), eye.z());
    camera->SetFocalPoint(ahead.x(), ahead.y(), ahead.z());
    camera->SetViewUp(up.x(), up.y(), up.z());
    camera->SetViewAngle(degrees_from_radians(2.0 * std::atan(0.5 * canvas.height / canvas.focal)));
    camera->SetClippingRange(0.4, 900.0);
    window->SetSize(canvas.width, canvas.height);
  }

  const Canvas& canvas_of(const CameraSensor& camera) {
    auto [entry, is_new] = canvases.try_emplace(camera.id);
    if (is_new) entry->second = canvas_for(camera.intrinsics);
    return entry->second;
  }
};

CameraRenderer::CameraRenderer(const Scene& scene, const ShadowTest& in_shadow)
    : stage_(std::make_unique<Stage>(scene)) {
  Stage& stage = *stage_;
  stage.window->SetOffScreenRendering(1);
  // On software OpenGL four samples a pixel cost three times the rest; the canvas is finer than the image
  // instead.
  stage.window->SetMultiSamples(0);
  stage.window->AddRenderer(stage.renderer);
  stage.renderer->SetBackground(0.80, 0.86, 0.91);
  stage.renderer->SetBackground2(0.34, 0.55, 0.84);
  stage.renderer->GradientBackgroundOn();
  stage.add_lights();
  stage.renderer->AddActor(painted_actor(with_shadows(scene.ground, in_shadow)));
  stage.renderer->AddActor(painted_actor(scene.street));
  stage.renderer->AddActor(painted_actor(scene.backdrop, 0.75, 0.3));
  stage.add_figures();
}

CameraRenderer::~CameraRenderer() = default;

BgrImage CameraRenderer::render(const CameraSensor& camera, double time, std::optional<std::size_t> without) {
  Stage& stage = *stage_;
  const Canvas& canvas = stage.canvas_of(camera);
  stage.move_figures(time, without);
  stage.aim(world_from_ego(stage.scene, time) * camera.ego_from_camera, canvas);
  stage.window->Render();
  vtkNew<vtkUnsignedCharArray> pixels;
  stage.window->GetPixelData(0, 0, canvas.width - 1, canvas.height - 1, 0, pixels);
  const cv::Mat from_below(canvas.height, canvas.width, CV_8UC3, pixels->GetPointer(0));
  cv::Mat upright, bgr;
  cv::flip(from_below, upright, 0);
  cv::cvtColor(upright, bgr, cv::COLOR_RGB2BGR);
  BgrImage image{camera.intrinsics.width, camera.intrinsics.height, {}};
  image.bytes.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 3);
  cv::Mat bent(image.height, image.width, CV_8UC3, image.bytes.data());
  cv::remap(bgr, bent, canvas.map_x, canvas.map_y, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return image;
}

}  // namespace sweepmark::sample
