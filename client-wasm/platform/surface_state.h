// What ImGui's drawing backend is told when it asks the surface for its state before each frame, to restore it after.
// Asking a browser waits until the GPU has done all that was sent to it, which cost more than the rest of the frame;
// and nothing here depends on what the backend restores: whoever draws besides it sets what it needs. So the backend is
// compiled with these in the place of glGetIntegerv and glIsEnabled (toolchains/imgui.cmake): a fresh surface's state
// for what it saves, the real answer for the rest.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif
void parley_surface_integer(unsigned name, int* values);
unsigned char parley_surface_enabled(unsigned capability);
#ifdef __cplusplus
}
#endif
