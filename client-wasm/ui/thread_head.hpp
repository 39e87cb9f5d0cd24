// What stands above a thread: its title with the way out, and the message that it is about.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

void draw_thread_header(const Scene& scene, const Rect& strip);

// Keeps how the message breaks into lines. One per view; frame thread only.
class ThreadRootView {
  public:
    // Of a strip of this width.
    [[nodiscard]] float height(const Scene& scene, const client::Room& thread, float width);
    void draw(const Scene& scene, const client::Room& thread, const Rect& strip);

  private:
    void refresh(const Scene& scene, const client::Room& thread, float width);

    ThreadRoot root_;
    float width_ = 0;
    std::uint32_t edition_ = 0;
    std::uint64_t chat_version_ = 0;  // names may have changed, and the message
    Paragraph paragraph_;
};

}  // namespace parley::ui
