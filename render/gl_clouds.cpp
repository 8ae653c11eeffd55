#include "render/gl_clouds.hpp"

#include <epoxy/gl.h>

#include <algorithm>

#include "render/cloud_channels.hpp"

namespace sweepmark {

namespace {

template <class Value>
GlName buffer_of(const std::vector<Value>& values) {
  GlName buffer = make_gl_buffer();
  glBindBuffer(GL_ARRAY_BUFFER, *buffer);
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(values.size() * sizeof(Value)), values.data(),
               GL_STATIC_DRAW);
  return buffer;
}

GlName coordinate_buffer(const PointCloud& cloud) {
  const auto part = static_cast<GLsizeiptr>(cloud.size() * sizeof(float));
  GlName buffer = make_gl_buffer();
  glBindBuffer(GL_ARRAY_BUFFER, *buffer);
  glBufferData(GL_ARRAY_BUFFER, 3 * part, nullptr, GL_STATIC_DRAW);
  glBufferSubData(GL_ARRAY_BUFFER, 0, part, cloud.x.data());
  glBufferSubData(GL_ARRAY_BUFFER, part, part, cloud.y.data());
  glBufferSubData(GL_ARRAY_BUFFER, 2 * part, part, cloud.z.data());
  return buffer;
}

}  // namespace

GlClouds::Buffers GlClouds::buffers_of(const ScenePoints& points, PointColouring colouring) {
  Cloud& cloud = uploaded(points.cloud);
  Buffers buffers{*cloud.coordinates, 0, 0};
  if (const std::string_view channel = channel_of(colouring); !channel.empty())
    buffers.channel = channel_buffer(cloud, *points.cloud, channel);
  if (colouring == PointColouring::label && points.labels)
    buffers.labels = label_buffer(points.labels, points.cloud->size());
  return buffers;
}

void GlClouds::forget_gone() {
  std::erase_if(clouds_, [](const auto& entry) { return entry.second.owner.expired(); });
  std::erase_if(labels_, [](const auto& entry) { return entry.second.owner.expired(); });
}

GlClouds::Cloud& GlClouds::uploaded(const std::shared_ptr<const PointCloud>& cloud) {
  const auto [entry, is_new] = clouds_.try_emplace(cloud.get());
  if (is_new) {
    entry->second.owner = cloud;
    entry->second.coordinates = coordinate_buffer(*cloud);
  }
  return entry->second;
}

unsigned GlClouds::channel_buffer(Cloud& cloud, const PointCloud& points, std::string_view channel) {
  auto kept = cloud.channels.find(channel);
  if (kept == cloud.channels.end()) {
    const std::vector<float> values = points.channel_as_float(channel);
    kept = cloud.channels.emplace(std::string(channel), values.empty() ? GlName() : buffer_of(values)).first;
  }
  return *kept->second;
}

unsigned GlClouds::label_buffer(const std::shared_ptr<const std::vector<PointLabel>>& labels,
                                std::size_t points) {
  Labels& kept = labels_[labels.get()];
  if (!kept.buffer || kept.points != points) {
    std::vector<PointLabel> values(*labels);
    values.resize(points, 0);  // the shader reads one for every point
    kept = {labels, buffer_of(values), points};
  }
  return *kept.buffer;
}

}  // namespace sweepmark
