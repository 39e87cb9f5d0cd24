// The pointer, the wheel and the few keys that the program takes, through html5.h listeners on #app, where the events
// of the mirror's nodes arrive too. The pointer goes to ImGui; text, Tab and the clipboard stay the browser's. Main
// thread.
#pragma once

#include <functional>
#include <string_view>

namespace parley::platform {

struct InputHandlers {
    std::function<void(bool click)> pointer;                                 // ImGui has been told; draw
    std::function<void(float x, float y, float pixels, bool finger)> wheel;  // downwards
    std::function<void(float x, float y, float speed)> fling;                // a finger that let go: pixels a second
    std::function<void(bool rightwards)> swipe;
    // The key's name as the browser calls it; true if it was taken (then the browser does nothing with it).
    std::function<bool(std::string_view key, bool alt, bool shift, bool control)> key;
};

void listen_to_input(InputHandlers* handlers);  // kept by the caller, for ever
// Some of what came has not reached the interface: of a press, a release and a move that came at once it takes one a
// frame, so another frame is needed.
[[nodiscard]] bool input_waits();

}  // namespace parley::platform
