#version 330 core
flat in vec4 colour;
flat in uint id;

layout(location = 0) out vec4 drawn_colour;
layout(location = 1) out uint drawn_id;

void main() {
  drawn_colour = colour;
  drawn_id = id;
}
