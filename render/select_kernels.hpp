// The inner loop of choosing points by pixel, for each instruction set. All give the same bits.
#pragma once

#include <cstddef>
#include <cstdint>

#include "render/cloud_projection.hpp"
#include "render/pixel_mask.hpp"

namespace sweepmark {

struct SelectRun {
  const float* x = nullptr;
  const float* y = nullptr;
  const float* z = nullptr;
  std::size_t begin = 0, end = 0;  // `begin` is a multiple of 64
  std::uint64_t* bits = nullptr;   // of the whole cloud
};

struct SelectKernels {
  // Sets the bit of every point whose pixel is in the mask; the mask is not empty. Returns how many.
  std::size_t (*select)(const SelectRun& run, const CloudProjection& projection, const PixelMask& mask);
};

const SelectKernels& scalar_select_kernels();
const SelectKernels* avx2_select_kernels();  // null where the processor or the build has none
const SelectKernels& best_select_kernels();

// Points begin … end − 1 of `run`, one at a time.
std::size_t select_each(const SelectRun& run, const CloudProjection& projection, const PixelMask& mask,
                        std::size_t begin);

}  // namespace sweepmark
