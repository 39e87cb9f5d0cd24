# Emscripten for the web client: the toolchain file of the em++ on the PATH (the distribution's, or an emsdk's), and the
# flags that every object and program of the wasm build shares. No exceptions flag anywhere: nothing in shared/ or
# client-wasm/ throws past itself, and a throw that nobody expected aborts.
# parley_web_program() and parley_node_program() stand in toolchains/web_program.cmake.
find_program(PARLEY_EMXX em++ NO_CMAKE_FIND_ROOT_PATH)
if(NOT PARLEY_EMXX)
  message(FATAL_ERROR
    "em++ is missing: the web client needs Emscripten 3.1.6 or later.\n"
    "  Debian: apt-get install emscripten   (./dev build does)\n"
    "  or put an emsdk on the PATH: source emsdk_env.sh\n"
    "A server without a web client is built with -DPARLEY_WEB_CLIENT=OFF.")
endif()
file(REAL_PATH "${PARLEY_EMXX}" parley_emxx_real)
get_filename_component(parley_emscripten_root "${parley_emxx_real}" DIRECTORY)
set(parley_emscripten_toolchain "${parley_emscripten_root}/cmake/Modules/Platform/Emscripten.cmake")
if(NOT EXISTS "${parley_emscripten_toolchain}")
  message(FATAL_ERROR "${PARLEY_EMXX} is no complete Emscripten: ${parley_emscripten_toolchain} is missing")
endif()
include("${parley_emscripten_toolchain}")

# A Node.js that is not Debian's does not see Debian's modules, which em++ needs when it links (acorn).
if(EXISTS /usr/share/nodejs AND NOT DEFINED ENV{EMSDK})
  set(CMAKE_CXX_LINKER_LAUNCHER "${CMAKE_COMMAND};-E;env;NODE_PATH=/usr/share/nodejs")
  set(CMAKE_C_LINKER_LAUNCHER "${CMAKE_CXX_LINKER_LAUNCHER}")
endif()

# Whole, not as a beginning: CMake would put -O3 behind it. -Os saves a fifth of what a first visit transfers (374 kB
# instead of 463) and costs a seventh more time in each frame (4.00 ms instead of 3.44, median).
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -flto -DNDEBUG" CACHE STRING "Flags of a release build")
set(CMAKE_C_FLAGS_RELEASE "-O2 -flto -DNDEBUG" CACHE STRING "Flags of a release build")
set(CMAKE_CXX_FLAGS_DEBUG_INIT "-O0")
