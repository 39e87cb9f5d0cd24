# The borders of the tree, held by the compiler.
#
# parley_module(store SOURCES … USES shard protocol [PRIVATE_LIBRARIES sqlite3] [PRELUDE store.hpp])
#   makes one static library whose headers are reached as "store/…", and only by targets that name it in USES.
#   Each module has an include root of its own in the build tree that holds one symlink to the module's folder,
#   so a forbidden include ends in "No such file or directory".
# parley_program(name SOURCES … USES …)        an executable in build/<preset>/bin
# parley_test(name LABEL unit SOURCES … USES …) a GoogleTest executable, one ctest entry, labelled
# A PRELUDE is a header that all the sources include: it is read once for all of them (a precompiled header). It opens no
# border: it is found by the target's own include roots.

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")

function(parley_prelude target header)
  if(header)
    target_precompile_headers(${target} PRIVATE "${header}")
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(${target} PRIVATE -fpch-preprocess)   # else ccache keeps none of it
    endif()
  endif()
endfunction()

function(parley_module name)
  cmake_parse_arguments(ARG "" "STANDARD;PRELUDE" "SOURCES;USES;PRIVATE_LIBRARIES" ${ARGN})
  if(NOT ARG_SOURCES)
    message(FATAL_ERROR "parley_module(${name}): no SOURCES given")
  endif()
  set(root "${PROJECT_BINARY_DIR}/include/${name}")
  file(MAKE_DIRECTORY "${root}")
  file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${root}/${name}" SYMBOLIC)

  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC "${root}")
  target_link_libraries(${name} PUBLIC ${ARG_USES} PRIVATE parley_compiler ${ARG_PRIVATE_LIBRARIES})
  if(ARG_STANDARD)
    set_target_properties(${name} PROPERTIES CXX_STANDARD ${ARG_STANDARD})
  endif()
  parley_prelude(${name} "${ARG_PRELUDE}")
  set_property(GLOBAL APPEND PROPERTY PARLEY_MODULES "${name}|${CMAKE_CURRENT_SOURCE_DIR}")   # for tests/lint
endfunction()

function(parley_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;PRIVATE_LIBRARIES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE parley_compiler ${ARG_USES} ${ARG_PRIVATE_LIBRARIES})
  if(NOT EMSCRIPTEN AND CMAKE_BUILD_TYPE STREQUAL "Release")
    target_link_options(${name} PRIVATE -static-libstdc++ -static-libgcc)   # a program runs on a machine that has none of these
  endif()
endfunction()

function(parley_test name)
  cmake_parse_arguments(ARG "" "LABEL;TIMEOUT;PRELUDE" "SOURCES;USES;PRIVATE_LIBRARIES" ${ARGN})
  if(NOT ARG_LABEL)
    message(FATAL_ERROR "parley_test(${name}): a LABEL is needed (unit, golden, integration, …)")
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE parley_compiler ${ARG_USES} ${ARG_PRIVATE_LIBRARIES} GTest::gmock GTest::gtest_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
  parley_prelude(${name} "${ARG_PRELUDE}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT ${ARG_TIMEOUT})
endfunction()
