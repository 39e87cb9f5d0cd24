# One set of compiler rules for every target: language level, warnings as errors, hardening, sanitizers, ccache.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # A precompiled header is kept too (ccache's manual, "Precompiled headers").
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE_PROGRAM}")
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

option(PARLEY_COVERAGE "Count what runs, for gcov (tests/simulation/coverage.py)" OFF)
set(PARLEY_SANITIZE "" CACHE STRING "Sanitizers for -fsanitize, for example address,undefined or thread")

add_library(parley_compiler INTERFACE)
target_compile_options(parley_compiler INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees uninitialised parts in a std::optional inside a std::variant that is moved; the sanitizers find the real ones.
  # Its -Wrestrict is wrong about std::string operator+ (gcc bug 105651).
  target_compile_options(parley_compiler INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
endif()

if(EMSCRIPTEN)
  # What EM_JS and EM_ASM are made of.
  target_compile_options(parley_compiler INTERFACE -Wno-dollar-in-identifier-extension -Wno-gnu-zero-variadic-macro-arguments)
else()
  # THREATS T45: hardening on in every build; fortify needs optimisation and does not go with sanitizers.
  add_compile_options(-fstack-protector-strong -fcf-protection=full -fPIE)
  add_link_options(-pie -Wl,-z,relro,-z,now)
  if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT PARLEY_SANITIZE)
    add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  endif()
  if(PARLEY_COVERAGE)
    add_compile_options(--coverage)
    add_link_options(--coverage)
  endif()
  if(PARLEY_SANITIZE)
    add_compile_options(-fsanitize=${PARLEY_SANITIZE} -fno-omit-frame-pointer -g)
    add_link_options(-fsanitize=${PARLEY_SANITIZE})
    if(PARLEY_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      add_compile_options(-Wno-tsan)   # asio has fences, which tsan does not see; its mutexes it does
    endif()
    if(PARLEY_SANITIZE MATCHES "undefined")
      add_compile_options(-fno-sanitize-recover=undefined)
    endif()
  endif()
  if(PARLEY_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)   # coverage for libFuzzer, in the modules too
  endif()
endif()
