#include "platform/input.hpp"

#include <emscripten/emscripten.h>
#include <emscripten/html5.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace parley::platform {

namespace {

InputHandlers* handlers = nullptr;

// A finger that drags scrolls what is under it, and what it lets go of glides on; across, it brings the lists. One that
// rests first selects text: that is the browser's.
struct Finger {
    static constexpr double kLongPress = 400;  // milliseconds
    static constexpr float kSwipe = 56;
    bool down = false;
    bool moves = false;
    bool selects = false;
    bool across = false;
    float start_x = 0, start_y = 0;
    float x = 0, y = 0;
    double began = 0;
    double at = 0;
    float speed = 0;  // pixels a second, downwards
};
Finger finger;

void move_pointer(float x, float y) {
    ImGui::GetIO().AddMousePosEvent(x, y);
}

EM_BOOL on_mouse(int type, const EmscriptenMouseEvent* event, void*) {
    const auto x = static_cast<float>(event->targetX);
    const auto y = static_cast<float>(event->targetY);
    const bool press = type == EMSCRIPTEN_EVENT_MOUSEDOWN || type == EMSCRIPTEN_EVENT_MOUSEUP;
    if (press && (event->button != 0 || event->ctrlKey || event->metaKey))
        return EM_FALSE;  // the browser's: menu, new tab
    move_pointer(x, y);
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Alt, event->altKey);
    if (press) ImGui::GetIO().AddMouseButtonEvent(0, type == EMSCRIPTEN_EVENT_MOUSEDOWN);
    handlers->pointer(press);
    return EM_FALSE;
}

EM_BOOL on_leave(int, const EmscriptenMouseEvent*, void*) {
    constexpr float kNowhere = -3.402823466e+38f;
    move_pointer(kNowhere, kNowhere);
    handlers->pointer(false);
    return EM_FALSE;
}

EM_BOOL on_wheel(int, const EmscriptenWheelEvent* event, void*) {
    if (event->mouse.ctrlKey) return EM_FALSE;  // the browser zooms
    float pixels = static_cast<float>(event->deltaY);
    if (event->deltaMode == DOM_DELTA_LINE) pixels *= 22;
    if (event->deltaMode == DOM_DELTA_PAGE) pixels *= 400;
    handlers->wheel(static_cast<float>(event->mouse.targetX), static_cast<float>(event->mouse.targetY), pixels, false);
    return EM_FALSE;
}

void put_down(float x, float y, double now) {
    finger = {};
    finger.down = true;
    finger.start_x = finger.x = x;
    finger.start_y = finger.y = y;
    finger.began = finger.at = now;
}

void drag(float x, float y, double now) {
    const float dx = x - finger.start_x;
    const float dy = y - finger.start_y;
    if (!finger.moves && std::hypot(dx, dy) > 8) {
        finger.moves = true;
        finger.selects = now - finger.began > Finger::kLongPress;
        finger.across = std::fabs(dx) > 1.5f * std::fabs(dy);
    }
    if (finger.moves && !finger.selects && !finger.across) {
        const auto seconds = static_cast<float>(std::max(1.0, now - finger.at) / 1000);
        finger.speed = 0.6f * (finger.y - y) / seconds + 0.4f * finger.speed;
        handlers->wheel(finger.start_x, finger.start_y, finger.y - y, true);
    }
    finger.x = x;
    finger.y = y;
    finger.at = now;
}

void lift(double now) {
    finger.down = false;
    if (!finger.moves || finger.selects) return;
    const float dx = finger.x - finger.start_x;
    if (finger.across) {
        if (std::fabs(dx) > Finger::kSwipe) handlers->swipe(dx > 0);
    } else if (now - finger.at < 60 && std::fabs(finger.speed) > 120) {
        handlers->fling(finger.start_x, finger.start_y, finger.speed);
    }
}

EM_BOOL on_touch(int type, const EmscriptenTouchEvent* event, void*) {
    const double now = event->timestamp;  // when it happened, not when it is told
    if (type == EMSCRIPTEN_EVENT_TOUCHEND && finger.down) return lift(now), EM_FALSE;
    if (type == EMSCRIPTEN_EVENT_TOUCHCANCEL || event->numTouches != 1) return finger.down = false, EM_FALSE;
    const auto x = static_cast<float>(event->touches[0].targetX);
    const auto y = static_cast<float>(event->touches[0].targetY);
    if (type == EMSCRIPTEN_EVENT_TOUCHSTART) put_down(x, y, now);
    if (type == EMSCRIPTEN_EVENT_TOUCHMOVE && finger.down) drag(x, y, now);
    // A tap comes as a mouse event. A drag that is ours must not become the browser's too: it would take the next tap
    // for the end of a glide that it believes to be under way, and swallow it.
    return finger.down && finger.moves && !finger.selects ? EM_TRUE : EM_FALSE;
}

EM_BOOL on_key(int, const EmscriptenKeyboardEvent* event, void*) {
    constexpr unsigned kComposing = 229;
    if (event->keyCode == kComposing || event->metaKey) return EM_FALSE;  // an input method has it
    return handlers->key(event->key, event->altKey != 0, event->shiftKey != 0, event->ctrlKey != 0) ? EM_TRUE
                                                                                                    : EM_FALSE;
}

}  // namespace

bool input_waits() {
    return !ImGui::GetCurrentContext()->InputEventsQueue.empty();
}

void listen_to_input(InputHandlers* wanted) {
    handlers = wanted;
    const char* const app = "#app";
    emscripten_set_mousemove_callback(app, nullptr, EM_FALSE, on_mouse);
    emscripten_set_mousedown_callback(app, nullptr, EM_FALSE, on_mouse);
    emscripten_set_mouseup_callback(EMSCRIPTEN_EVENT_TARGET_WINDOW, nullptr, EM_FALSE, on_mouse);
    emscripten_set_mouseleave_callback(app, nullptr, EM_FALSE, on_leave);
    emscripten_set_wheel_callback(app, nullptr, EM_FALSE, on_wheel);
    emscripten_set_touchstart_callback(app, nullptr, EM_FALSE, on_touch);
    emscripten_set_touchmove_callback(app, nullptr, EM_FALSE, on_touch);
    emscripten_set_touchend_callback(app, nullptr, EM_FALSE, on_touch);
    emscripten_set_touchcancel_callback(app, nullptr, EM_FALSE, on_touch);
    emscripten_set_keydown_callback(EMSCRIPTEN_EVENT_TARGET_DOCUMENT, nullptr, EM_FALSE, on_key);
}

}  // namespace parley::platform
