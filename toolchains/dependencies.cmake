# Every third-party library of the native programs, one imported target each. The reason for each is in ARCHITECTURE.md.
# What is not part of a minimal Debian system is linked statically, so that the server binary runs alone.
find_package(Threads REQUIRED)
find_package(GTest REQUIRED)

function(parley_static_library target library header package)
  find_library(${target}_archive NAMES lib${library}.a)
  find_path(${target}_headers NAMES ${header})
  if(NOT ${target}_archive OR NOT ${target}_headers)
    message(FATAL_ERROR "lib${library}.a or ${header} is missing: install the Debian package ${package} (./dev build does)")
  endif()
  add_library(${target} STATIC IMPORTED GLOBAL)
  set_target_properties(${target} PROPERTIES IMPORTED_LOCATION "${${target}_archive}")
endfunction()

function(parley_header_library target header package)
  find_path(${target}_headers NAMES ${header})
  if(NOT ${target}_headers)
    message(FATAL_ERROR "${header} is missing: install the Debian package ${package} (./dev build does)")
  endif()
  add_library(${target} INTERFACE IMPORTED GLOBAL)
endfunction()

parley_static_library(sqlite3 sqlite3 sqlite3.h libsqlite3-dev)
target_link_libraries(sqlite3 INTERFACE ${CMAKE_DL_LIBS} m Threads::Threads)
parley_static_library(xxhash xxhash xxhash.h libxxhash-dev)
parley_static_library(sodium sodium sodium.h libsodium-dev)
parley_static_library(http_parser http_parser http_parser.h libhttp-parser-dev)
parley_static_library(utf8proc utf8proc utf8proc.h libutf8proc-dev)

# Asio's optional C++20 parts change its inline functions; they are off so that units of different language levels agree.
# So is aligned_alloc, which it finds only where a standard header was included before it: memory would come from one
# allocator and go to another.
parley_header_library(asio asio.hpp libasio-dev)
target_compile_definitions(asio INTERFACE ASIO_STANDALONE ASIO_NO_DEPRECATED ASIO_DISABLE_CONCEPTS ASIO_DISABLE_CO_AWAIT ASIO_DISABLE_STD_COROUTINE
                                          ASIO_DISABLE_STD_ALIGNED_ALLOC)
target_link_libraries(asio INTERFACE Threads::Threads)
parley_header_library(cli11 CLI/CLI.hpp libcli11-dev)
parley_header_library(tomlplusplus toml++/toml.h libtomlplusplus-dev)
parley_header_library(json nlohmann/json.hpp nlohmann-json3-dev)
parley_header_library(spdlog spdlog/spdlog.h libspdlog-dev)
target_compile_definitions(spdlog INTERFACE SPDLOG_FMT_EXTERNAL FMT_HEADER_ONLY)
