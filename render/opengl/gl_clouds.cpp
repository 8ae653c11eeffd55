#include "render/opengl/gl_clouds.hpp"

#include <epoxy/gl.h>

#include <algorithm>

#include "render/channel_view.hpp"

namespace sweepmark {

namespace {

constexpr std::size_t values_a_part = 4096;  // what is compared and sent as one

}  // namespace

GlClouds::Buffers GlClouds::buffers_of(const ScenePoints& points, const PointStyle& style) {
  Cloud& cloud = uploaded(points.cloud);
  const std::size_t size = points.cloud->size();
  const ColourSource source = colour_source(points, style.colouring);
  Buffers buffers{.coordinates = *cloud.coordinates};
  if (source == ColourSource::channel)
    buffers.channel = channel_buffer(cloud, *points.cloud, channel_of(style.colouring));
  if (source == ColourSource::values) buffers.channel = mirrored(cloud.values, points.values, size);
  if (source == ColourSource::painted) buffers.painted = mirrored(cloud.painted, points.painted, size);
  const bool filters_by_label =
      !style.filter.hidden_classes.empty() || style.filter.shown != PointsShown::all;
  if (points.labels &&
      (source == ColourSource::label || source == ColourSource::instance || filters_by_label))
    buffers.labels = mirrored(cloud.labels, points.labels, size);
  if (style.filter.range && points.ranges && points.ranges->size() >= size)
    buffers.ranges = mirrored(cloud.ranges, points.ranges, size);
  return buffers;
}

void GlClouds::forget_gone() {
  std::erase_if(clouds_, [](const auto& entry) { return entry.second.owner.expired(); });
}

template <class Value>
GlName GlClouds::buffer_of(const std::vector<Value>& values, std::size_t points) {
  const std::size_t known = std::min(values.size(), points);
  GlName buffer = make_gl_buffer();
  glBindBuffer(GL_ARRAY_BUFFER, *buffer);
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(points * sizeof(Value)), nullptr, GL_DYNAMIC_DRAW);
  glBufferSubData(GL_ARRAY_BUFFER, 0, static_cast<GLsizeiptr>(known * sizeof(Value)), values.data());
  const std::vector<Value> rest(points - known);
  glBufferSubData(GL_ARRAY_BUFFER, static_cast<GLintptr>(known * sizeof(Value)),
                  static_cast<GLsizeiptr>(rest.size() * sizeof(Value)), rest.data());
  uploaded_bytes_ += points * sizeof(Value);
  return buffer;
}

GlName GlClouds::coordinate_buffer(const PointCloud& cloud) {
  const auto part = static_cast<GLsizeiptr>(cloud.size() * sizeof(float));
  GlName buffer = make_gl_buffer();
  glBindBuffer(GL_ARRAY_BUFFER, *buffer);
  glBufferData(GL_ARRAY_BUFFER, 3 * part, nullptr, GL_STATIC_DRAW);
  glBufferSubData(GL_ARRAY_BUFFER, 0, part, cloud.x.data());
  glBufferSubData(GL_ARRAY_BUFFER, part, part, cloud.y.data());
  glBufferSubData(GL_ARRAY_BUFFER, 2 * part, part, cloud.z.data());
  uploaded_bytes_ += 3 * cloud.size() * sizeof(float);
  return buffer;
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
  if (kept == cloud.channels.end())
    kept = cloud.channels
               .emplace(std::string(channel), buffer_of(points.channel_as_float(channel), points.size()))
               .first;
  return *kept->second;
}

template <class Value>
unsigned GlClouds::mirrored(Mirror<Value>& mirror, const std::shared_ptr<const std::vector<Value>>& content,
                            std::size_t points) {
  if (mirror.content == content) return *mirror.buffer;
  const bool in_place = mirror.content && mirror.content->size() == content->size();
  if (!in_place) mirror.buffer = buffer_of(*content, points);
  const std::size_t known = std::min(content->size(), points);
  for (std::size_t begin = 0; in_place && begin < known; begin += values_a_part) {
    const std::size_t count = std::min(values_a_part, known - begin);
    const Value *now = content->data() + begin, *before = mirror.content->data() + begin;
    if (std::equal(now, now + count, before)) continue;
    glBindBuffer(GL_ARRAY_BUFFER, *mirror.buffer);
    glBufferSubData(GL_ARRAY_BUFFER, static_cast<GLintptr>(begin * sizeof(Value)),
                    static_cast<GLsizeiptr>(count * sizeof(Value)), now);
    uploaded_bytes_ += count * sizeof(Value);
  }
  mirror.content = content;
  return *mirror.buffer;
}

}  // namespace sweepmark
