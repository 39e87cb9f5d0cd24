# The web client inside the server binary: builds client-wasm with Emscripten in build/wasm (shared by all native builds,
# rebuilt when its sources changed), packs it with web/, and leaves a C++ source that holds the files.
#
# parley_embed_web_client(SOURCE_VARIABLE)   the path of that source; its module is server/web_client
option(PARLEY_WEB_CLIENT "Build the web client and embed it in the server (needs Emscripten)" ON)
set(PARLEY_WEB_CLIENT_FIRST_VISIT 900000)   # bytes of brotli, all files: DESIGN section 1, P2

function(parley_require_web_tools)
  foreach(tool em++ brotli gzip)
    string(MAKE_C_IDENTIFIER "PARLEY_TOOL_${tool}" variable)
    find_program(${variable} ${tool})
    if(NOT ${variable})
      set(package ${tool})
      if(tool STREQUAL "em++")
        set(package emscripten)
      endif()
      message(FATAL_ERROR "${tool} is missing, which the web client needs: install the Debian package ${package} (./dev build does), "
        "or build a server without a web client: -DPARLEY_WEB_CLIENT=OFF")
    endif()
  endforeach()
endfunction()

function(parley_embed_web_client source_variable)
  set(packed "${PROJECT_BINARY_DIR}/web_client")
  set(${source_variable} "${packed}/embedded_files.cpp" PARENT_SCOPE)
  if(NOT PARLEY_WEB_CLIENT)
    file(CONFIGURE OUTPUT "${packed}/embedded_files.cpp" @ONLY CONTENT
      "#include \"web_client/embedded.hpp\"\n\nnamespace parley::web_client {\nstd::vector<net::WebFile> files() { return {}; }\nstd::string_view build_id() { return {}; }\n}  // namespace parley::web_client\n")
    return()
  endif()
  parley_require_web_tools()

  set(wasm "${PROJECT_SOURCE_DIR}/build/wasm")
  set(program "${wasm}/bin/parley_web.js" "${wasm}/bin/parley_web.wasm")
  add_custom_target(web_client_wasm
    COMMAND "${CMAKE_COMMAND}" -DSOURCE=${PROJECT_SOURCE_DIR} -DBUILD=${wasm} -DIMGUI=${PARLEY_IMGUI_DIR}
            -P "${PROJECT_SOURCE_DIR}/toolchains/build_wasm.cmake"
    BYPRODUCTS ${program} USES_TERMINAL VERBATIM
    COMMENT "Web client: Emscripten build in build/wasm")

  file(GLOB_RECURSE pages CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/web/*")
  add_custom_command(OUTPUT "${packed}/embedded_files.cpp"
    COMMAND "${CMAKE_COMMAND}" -DWEB=${PROJECT_SOURCE_DIR}/web -DPROGRAM=${wasm}/bin -DOUT=${packed}
            -P "${PROJECT_SOURCE_DIR}/toolchains/pack_web_client.cmake"
    DEPENDS web_client_wasm ${program} ${pages} "${PROJECT_SOURCE_DIR}/toolchains/pack_web_client.cmake"
    VERBATIM COMMENT "Web client: hash names, compress, embed")

  add_test(NAME web_size COMMAND "${CMAKE_COMMAND}" -DPACKED=${packed} -DMOST=${PARLEY_WEB_CLIENT_FIRST_VISIT}
    -P "${PROJECT_SOURCE_DIR}/toolchains/check_web_size.cmake")
  set_tests_properties(web_size PROPERTIES LABELS unit)
endfunction()
