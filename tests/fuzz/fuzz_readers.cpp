// The entry point libFuzzer calls with bytes of its making; the corpus is replayed through it in the tests as
// well.
#include <cstdint>
#include <cstdlib>

#include "core/formats/cloud_reader.hpp"

namespace {

// What a reader promises of a cloud it returns; anything else is a crash for the fuzzer to report.
void check_promises(const sweepmark::PointCloud& cloud) {
  if (cloud.y.size() != cloud.size() || cloud.z.size() != cloud.size()) std::abort();
  for (const sweepmark::Channel& channel : cloud.channels)
    if (std::visit([](const auto& values) { return values.size(); }, channel.values) != cloud.size())
      std::abort();
  for (std::size_t i = 0; i < cloud.size(); ++i)
    if (!cloud.position(i).allFinite()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  for (const sweepmark::CloudReader& reader : sweepmark::cloud_readers())
    if (const auto cloud = reader.read(bytes, "fuzz")) check_promises(*cloud);
  return 0;
}
