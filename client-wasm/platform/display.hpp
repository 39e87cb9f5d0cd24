// The canvas: its WebGL 2 context, its size in device pixels, its loss and return, and ImGui's drawing backend on it.
// DisplaySize is in CSS pixels, the framebuffer scale is the device's. Main thread; one per page.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

struct ImDrawCmd;
struct ImDrawList;

namespace parley::platform {

class Display {
  public:
    struct Handlers {
        std::function<void()> changed;  // the size or the scale; or a lost context has come back
        std::function<void()> lost;     // all textures are gone
    };
    explicit Display(Handlers handlers);
    // False: no WebGL 2; the page has said so.
    [[nodiscard]] bool start();
    [[nodiscard]] float width() const { return width_; }
    [[nodiscard]] float height() const { return height_; }
    [[nodiscard]] float density() const { return density_; }
    [[nodiscard]] bool lost() const { return lost_; }

    void begin_frame();  // the backend's and ImGui's own clock and size
    // ImGui::Render and the pixels; what is on the screen stays where nothing of it is another since the last drawing.
    // `pictures`: rises with every picture that was painted into a texture.
    void end_frame(std::uint64_t pictures);
    [[nodiscard]] std::size_t texture_bytes() const;
    // An ImDrawCallback: the command's ClipRect in the colour of its UserCallbackData, an ImU32, without blending.
    static void flood(const ImDrawList* list, const ImDrawCmd* command);

    // --- from the browser
    void on_size(float width, float height, float density, int pixels_wide, int pixels_high);
    void on_lost();
    void on_restored();

  private:
    [[nodiscard]] bool is_on_screen(std::uint64_t pictures);

    Handlers handlers_;
    float width_ = 1;
    float height_ = 1;
    float density_ = 1;
    int pixels_wide_ = 1;
    int pixels_high_ = 1;
    bool lost_ = false;
    double last_frame_ms_ = 0;
    std::uint64_t on_screen_ = 0;  // the fingerprint of what was drawn last
    std::uint64_t pictures_on_screen_ = 0;
    bool must_draw_ = true;
};

}  // namespace parley::platform
