#include "platform/display.hpp"

#include <GLES3/gl3.h>
#include <backends/imgui_impl_opengl3.h>
#include <emscripten/emscripten.h>
#include <emscripten/html5.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "platform/fingerprint.hpp"

// clang-format off
EM_JS(void, parley_watch_size, (void), {
  const canvas = document.getElementById('canvas');
  const tell = (wide, high) => {
    const box = canvas.getBoundingClientRect();
    const ratio = window.devicePixelRatio;
    // The exact size differs from the computed one by the rounding of edges alone; an emulated screen reports its own.
    const choose = (exact, css) => Math.abs(exact - css * ratio) < 1.5 ? exact : Math.round(css * ratio);
    _parley_canvas_size(box.width, box.height, ratio, choose(wide, box.width), choose(high, box.height));
  };
  tell(0, 0);
  const observer = new ResizeObserver((entries) => {
    const exact = entries[0].devicePixelContentBoxSize;
    if (exact) tell(exact[0].inlineSize, exact[0].blockSize); else tell(0, 0);
  });
  try { observer.observe(canvas, { box: 'device-pixel-content-box' }); } catch { observer.observe(canvas); }
  // Another scale without another size: a window dragged to another screen.
  const watchScale = () => matchMedia('(resolution: ' + window.devicePixelRatio + 'dppx)').addEventListener('change', () => { tell(0, 0); watchScale(); }, { once: true });
  watchScale();
});
EM_JS(void, parley_cannot_draw, (void), {
  globalThis.parleyPage.cannot('It gave no WebGL 2 drawing surface. Close other tabs that draw in 3D and load the page again.');
});
// clang-format on

namespace parley::platform {

namespace {
Display* the_display = nullptr;
}

Display::Display(Handlers handlers) : handlers_(std::move(handlers)) {
    the_display = this;
}

bool Display::start() {
    EmscriptenWebGLContextAttributes wish;
    emscripten_webgl_init_context_attributes(&wish);
    wish.majorVersion = 2;
    wish.alpha = EM_FALSE;
    wish.depth = EM_FALSE;
    wish.antialias = EM_FALSE;
    wish.powerPreference = EM_WEBGL_POWER_PREFERENCE_LOW_POWER;
    const auto context = emscripten_webgl_create_context("#canvas", &wish);
    if (context <= 0 || emscripten_webgl_make_context_current(context) != EMSCRIPTEN_RESULT_SUCCESS) {
        parley_cannot_draw();
        return false;
    }
    const auto lost = [](int, const void*, void* display) -> EM_BOOL {
        static_cast<Display*>(display)->on_lost();
        return EM_TRUE;  // preventDefault: only then does the browser give it back
    };
    const auto restored = [](int, const void*, void* display) -> EM_BOOL {
        static_cast<Display*>(display)->on_restored();
        return EM_TRUE;
    };
    emscripten_set_webglcontextlost_callback("#canvas", this, EM_FALSE, lost);
    emscripten_set_webglcontextrestored_callback("#canvas", this, EM_FALSE, restored);
    ImGui_ImplOpenGL3_Init("#version 300 es");
    parley_watch_size();
    return true;
}

void Display::on_size(float width, float height, float density, int pixels_wide, int pixels_high) {
    width_ = std::max(1.0f, width);
    height_ = std::max(1.0f, height);
    density_ = density;
    pixels_wide_ = std::max(1, pixels_wide);
    pixels_high_ = std::max(1, pixels_high);
    handlers_.changed();
}

void Display::on_lost() {
    lost_ = true;
    handlers_.lost();
    ImGui_ImplOpenGL3_DestroyDeviceObjects();  // now: on the new surface the old names mean nothing
    emscripten_log(EM_LOG_CONSOLE, "parley: the drawing surface was lost");
}

void Display::on_restored() {
    lost_ = false;
    must_draw_ = true;
    emscripten_log(EM_LOG_CONSOLE, "parley: the drawing surface is back");
    ImGui_ImplOpenGL3_CreateDeviceObjects();
    handlers_.changed();
}

void Display::begin_frame() {
    // Setting a canvas' size clears it: only here, right before it is painted again.
    int wide = 0;
    int high = 0;
    emscripten_get_canvas_element_size("#canvas", &wide, &high);
    if (wide != pixels_wide_ || high != pixels_high_) {
        emscripten_set_canvas_element_size("#canvas", pixels_wide_, pixels_high_);
        must_draw_ = true;
    }
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {width_, height_};
    io.DisplayFramebufferScale = {static_cast<float>(pixels_wide_) / width_,
                                  static_cast<float>(pixels_high_) / height_};
    const double now = emscripten_get_now();
    io.DeltaTime = static_cast<float>(std::clamp((now - last_frame_ms_) / 1000.0, 0.001, 0.05));
    last_frame_ms_ = now;
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
}

// A canvas that is not drawn on keeps its picture, and costs the browser nothing.
bool Display::is_on_screen(std::uint64_t pictures) {
    bool textures_wait = false;
    for (const ImTextureData* texture : ImGui::GetPlatformIO().Textures)
        textures_wait |= texture->Status != ImTextureStatus_OK && texture->Status != ImTextureStatus_Destroyed;
    const auto fingerprint = fingerprint_of(*ImGui::GetDrawData());
    const bool same = fingerprint == on_screen_ && pictures == pictures_on_screen_ && !textures_wait && !must_draw_;
    on_screen_ = fingerprint;
    pictures_on_screen_ = pictures;
    must_draw_ = false;
    return same;
}

void Display::end_frame(std::uint64_t pictures) {
    ImGui::Render();
    if (is_on_screen(pictures)) return;
    glViewport(0, 0, pixels_wide_, pixels_high_);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void Display::flood(const ImDrawList*, const ImDrawCmd* command) {
    const ImGuiIO& io = ImGui::GetIO();
    const auto across = [&io](float x) { return static_cast<int>(std::round(x * io.DisplayFramebufferScale.x)); };
    const auto down = [&io](float y) { return static_cast<int>(std::round(y * io.DisplayFramebufferScale.y)); };
    const auto& rect = command->ClipRect;
    const int width = across(rect.z) - across(rect.x);
    const int height = down(rect.w) - down(rect.y);
    if (width <= 0 || height <= 0) return;
    const auto ink =
        ImGui::ColorConvertU32ToFloat4(static_cast<ImU32>(reinterpret_cast<std::uintptr_t>(command->UserCallbackData)));
    glScissor(across(rect.x), down(io.DisplaySize.y) - down(rect.w), width, height);  // the next command sets its own
    glClearColor(ink.x, ink.y, ink.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
}

std::size_t Display::texture_bytes() const {
    std::size_t sum = 0;
    for (const ImTextureData* texture : ImGui::GetPlatformIO().Textures)
        sum += static_cast<std::size_t>(texture->GetSizeInBytes());
    return sum;
}

}  // namespace parley::platform

extern "C" EMSCRIPTEN_KEEPALIVE void parley_canvas_size(double width, double height, double density, int pixels_wide,
                                                        int pixels_high) {
    if (parley::platform::the_display != nullptr)
        parley::platform::the_display->on_size(static_cast<float>(width), static_cast<float>(height),
                                               static_cast<float>(density), pixels_wide, pixels_high);
}
