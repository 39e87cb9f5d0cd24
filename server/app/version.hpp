// The version of this build, as the CMake project states it.
#pragma once

#include <string_view>

namespace parley::app {

inline constexpr std::string_view kVersion = PARLEY_VERSION;

}  // namespace parley::app
