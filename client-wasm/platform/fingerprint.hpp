// Whether two frames give the same pixels, without drawing either: a hash of everything that ImGui hands to the
// backend, vertex by vertex. Drawing costs the browser's compositor more than it costs us, so what has not changed is
// not drawn.
#pragma once

#include <cstdint>

struct ImDrawData;

namespace parley::platform {

[[nodiscard]] std::uint64_t fingerprint_of(const ImDrawData& frame);

}  // namespace parley::platform
