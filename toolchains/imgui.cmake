# Dear ImGui 1.92 or later as target `imgui`, with its OpenGL 3 backend (WebGL 2): <imgui.h>, <imgui_internal.h>,
# <backends/imgui_impl_opengl3.h>. From PARLEY_IMGUI_DIR, or fetched once into build/imgui, which all presets share.
set(PARLEY_IMGUI_DIR "" CACHE PATH "A folder with Dear ImGui 1.92 or later; empty: fetch Debian's source package")
if(PARLEY_IMGUI_DIR)
  set(imgui_source "${PARLEY_IMGUI_DIR}")
else()
  set(imgui_source "${PROJECT_SOURCE_DIR}/build/imgui/source")
  if(NOT EXISTS "${imgui_source}/imgui.h")
    execute_process(COMMAND "${PROJECT_SOURCE_DIR}/toolchains/fetch_imgui.sh" "${PROJECT_SOURCE_DIR}/build/imgui" RESULT_VARIABLE imgui_failed)
    if(imgui_failed)
      message(FATAL_ERROR "Dear ImGui is missing; the reason stands above")
    endif()
  endif()
endif()
foreach(file imgui.h imgui.cpp backends/imgui_impl_opengl3.cpp)
  if(NOT EXISTS "${imgui_source}/${file}")
    message(FATAL_ERROR "${imgui_source}/${file} is missing: PARLEY_IMGUI_DIR must be a whole Dear ImGui source folder")
  endif()
endforeach()
file(STRINGS "${imgui_source}/imgui.h" imgui_version REGEX "define IMGUI_VERSION_NUM")
string(REGEX MATCH "[0-9]+" imgui_version "${imgui_version}")
if(NOT imgui_version OR imgui_version LESS 19200)
  message(FATAL_ERROR "Dear ImGui in ${imgui_source} is too old (IMGUI_VERSION_NUM ${imgui_version}); 19200 or later is needed")
endif()
message(STATUS "Dear ImGui ${imgui_version} from ${imgui_source}")

add_library(imgui STATIC
  "${imgui_source}/imgui.cpp" "${imgui_source}/imgui_draw.cpp" "${imgui_source}/imgui_tables.cpp" "${imgui_source}/imgui_widgets.cpp"
  "${imgui_source}/imgui_demo.cpp" "${imgui_source}/backends/imgui_impl_opengl3.cpp")
target_include_directories(imgui SYSTEM PUBLIC "${imgui_source}")
target_include_directories(imgui SYSTEM PRIVATE "${imgui_source}/backends")
# Seen by every unit that includes ImGui. 32-bit indices: WebGL 2 has no vertex offsets, and a large screen full of text has
# more than 65,536 vertices. The demo's file is compiled empty; fonts are drawn by the browser.
target_compile_definitions(imgui PUBLIC
  IMGUI_USE_WCHAR32 IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_DEBUG_TOOLS IMGUI_DISABLE_FILE_FUNCTIONS IMGUI_DISABLE_DEFAULT_FONT
  "ImDrawIdx=unsigned int" IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_IMPL_OPENGL_ES3)
# The backend does not ask the surface for its state: client-wasm/platform/surface_state.h says why.
set_source_files_properties("${imgui_source}/backends/imgui_impl_opengl3.cpp" PROPERTIES COMPILE_DEFINITIONS
  "glGetIntegerv=parley_surface_integer;glIsEnabled=parley_surface_enabled")
target_link_libraries(imgui INTERFACE platform)   # where those are
