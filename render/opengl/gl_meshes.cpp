#include "render/opengl/gl_meshes.hpp"

#include <epoxy/gl.h>

#include "render/cloud_projection.hpp"

namespace sweepmark {

namespace {

enum Attribute : GLuint { attribute_position, attribute_colour };

template <class Value>
void fill(const GlName& buffer, const std::vector<Value>& values, GLenum usage) {
  glBindBuffer(GL_ARRAY_BUFFER, *buffer);
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(values.size() * sizeof(Value)), values.data(), usage);
}

std::vector<std::uint32_t> corner_colours(const SceneMesh& mesh, const ViewCamera& camera) {
  std::vector<std::uint32_t> colours;
  for (std::uint32_t i = 0; i < mesh.mesh->triangles.size(); ++i)
    colours.insert(colours.end(), 3, lit_colour(mesh, i, camera.forward()).packed());
  return colours;
}

}  // namespace

GlMeshes::GlMeshes(GlName program)
    : program_(std::move(program)), vertex_array_(make_gl_vertex_array()), colours_(make_gl_buffer()) {}

const GlMeshes::Uploaded& GlMeshes::uploaded(const std::shared_ptr<const TriangleMesh>& mesh) {
  Uploaded& kept = uploaded_[mesh.get()];
  if (!kept.owner.expired()) return kept;
  kept = {mesh, make_gl_buffer()};
  std::vector<Eigen::Vector3f> corners;
  for (const auto& triangle : mesh->triangles)
    for (const std::uint32_t corner : triangle) corners.push_back(mesh->positions[corner]);
  fill(kept.corners, corners, GL_STATIC_DRAW);
  return kept;
}

void GlMeshes::draw(std::span<const SceneMesh> meshes, const ViewCamera& camera, Viewport viewport,
                    int margin) {
  std::erase_if(uploaded_, [](const auto& entry) { return entry.second.owner.expired(); });
  if (meshes.empty()) return;
  glUseProgram(*program_);
  glBindVertexArray(*vertex_array_);
  for (const SceneMesh& mesh : meshes) draw_one(mesh, camera, viewport, margin);
}

void GlMeshes::draw_one(const SceneMesh& mesh, const ViewCamera& camera, Viewport viewport, int margin) {
  glBindBuffer(GL_ARRAY_BUFFER, *uploaded(mesh.mesh).corners);
  glEnableVertexAttribArray(attribute_position);
  glVertexAttribPointer(attribute_position, 3, GL_FLOAT, GL_FALSE, 0, nullptr);
  fill(colours_, corner_colours(mesh, camera), GL_STREAM_DRAW);
  glEnableVertexAttribArray(attribute_colour);
  glVertexAttribPointer(attribute_colour, 4, GL_UNSIGNED_BYTE, GL_TRUE, 0, nullptr);
  const auto location = [&](const char* uniform) { return glGetUniformLocation(*program_, uniform); };
  const CloudProjection projection =
      cloud_projection(Eigen::Vector3d::Zero(), mesh.world_from_mesh, camera, viewport, margin);
  glUniform4fv(location("u_row"), 1, projection.u.data());
  glUniform4fv(location("v_row"), 1, projection.v.data());
  glUniform4fv(location("depth_row"), 1, projection.depth.data());
  glUniform1i(location("perspective"), projection.perspective ? 1 : 0);
  glUniform2f(location("depth_range"), projection.near, projection.far);
  glUniform2f(location("target_size"), static_cast<float>(viewport.width + 2 * margin),
              static_cast<float>(viewport.height + 2 * margin));
  glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(3 * mesh.mesh->triangles.size()));
}

}  // namespace sweepmark
