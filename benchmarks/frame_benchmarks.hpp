// A frame: one picture of a whole cloud, from a camera that moves a little each time, finished when it is in
// memory or on the screen's side of GL. Each drawer registers frame/<drawer>/<cloud>.
#pragma once

#include <benchmark/benchmark.h>

#include "benchmarks/bench_clouds.hpp"
#include "tests/support/hidden_gl_window.hpp"

namespace sweepmark::bench {

void register_software_frame(const CloudCase& cloud);
// The software backend's frame with eye-dome shading by its steps (rows are merged as they are coloured),
// beside what memory gives.
void register_frame_profile(const CloudCase& cloud);
// `window` outlives the benchmarks.
void register_opengl_frame(const CloudCase& cloud, test::HiddenGlWindow& window);
// Needs DISPLAY to name a display.
void register_vtk_frame(const CloudCase& cloud);

void register_lod();
void register_memory_copy();
void register_geometry();
void register_propagation();
// The program `sweepmark` beside this one, on the drives that are there. Needs a display.
void register_window();

// What each drawer measures alike.
template <class DrawFrame>
void measure_frames(benchmark::State& state, ViewCamera camera, const DrawFrame& draw_frame) {
  draw_frame(camera);  // what is prepared once is prepared
  for (auto _ : state) {
    camera = orbited(camera, 0.002, 0.0);
    draw_frame(camera);
  }
  state.counters["fps"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

}  // namespace sweepmark::bench
