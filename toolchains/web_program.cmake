# Programs of the wasm build.
#
# parley_web_program(name SOURCES … USES … [EXPORTS _f …] [RUNTIME method …] [LINK_OPTIONS …])
#   the page's: NAME.js and NAME.wasm in build/wasm/bin, for a browser alone. `EXPORTS` are C functions that the page
#   calls (with the leading underscore), `RUNTIME` Emscripten's runtime methods it uses.
# parley_node_program(name SOURCES … USES …)   a test's, run by Node.js; reads and writes the machine's files.

# Set in every program: the stack (its default differs by 80 times between releases) and a heap that grows.
set(PARLEY_WASM_LINK_OPTIONS -sTOTAL_STACK=1MB -sALLOW_MEMORY_GROWTH=1 -sMALLOC=emmalloc)

function(parley_web_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;EXPORTS;RUNTIME;LINK_OPTIONS" ${ARGN})
  parley_program(${name} SOURCES ${ARG_SOURCES} USES ${ARG_USES})
  list(JOIN ARG_EXPORTS "," exports)
  list(JOIN ARG_RUNTIME "," runtime)
  target_link_options(${name} PRIVATE ${PARLEY_WASM_LINK_OPTIONS}
    -sENVIRONMENT=web -sFILESYSTEM=0 -sDYNAMIC_EXECUTION=0 -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -lwebsocket.js
    "-sEXPORTED_RUNTIME_METHODS=[${runtime}]" ${ARG_LINK_OPTIONS})
  if(exports)
    target_link_options(${name} PRIVATE "-sEXPORTED_FUNCTIONS=${exports}")
  endif()
endfunction()

function(parley_node_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
  parley_program(${name} SOURCES ${ARG_SOURCES} USES ${ARG_USES})
  target_link_options(${name} PRIVATE ${PARLEY_WASM_LINK_OPTIONS} -sENVIRONMENT=node -sNODERAWFS=1 -sSINGLE_FILE=1 -sEXIT_RUNTIME=1)
endfunction()
