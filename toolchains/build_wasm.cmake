# Configures (once) and builds the wasm tree: cmake -DSOURCE=… -DBUILD=… -DIMGUI=… -P build_wasm.cmake
# One at a time: several native builds may ask for it at once.
file(MAKE_DIRECTORY "${BUILD}")
file(LOCK "${BUILD}/build.lock" GUARD PROCESS TIMEOUT 1800)

function(run_or_stop)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY "${SOURCE}" RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "the web client does not build (see above)")
  endif()
endfunction()

if(NOT EXISTS "${BUILD}/build.ninja")
  run_or_stop("${CMAKE_COMMAND}" --preset wasm -B "${BUILD}" "-DPARLEY_IMGUI_DIR=${IMGUI}")
endif()
run_or_stop("${CMAKE_COMMAND}" --build "${BUILD}" --target parley_web)
