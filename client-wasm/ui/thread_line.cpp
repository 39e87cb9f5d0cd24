#include "ui/thread_line.hpp"

namespace parley::ui {

namespace {

constexpr float kLine = 30;

std::string latest_words(const Scene& scene, Timestamp latest) {
    const auto& calendar = scene.calendar;
    const auto time = calendar.time(latest);
    return calendar.day(latest) == calendar.day(scene.around.time) ? time : calendar.day_title(latest) + ", " + time;
}

}  // namespace

std::string thread_words(const Scene& scene, const ThreadSoFar& thread) {
    std::string words = std::to_string(thread.replies) + (thread.replies == 1 ? " reply" : " replies");
    const auto* followed = scene.chat.room(thread.room);
    if (followed != nullptr && followed->unread != 0) words += ", " + std::to_string(followed->unread) + " new";
    return words;
}

float thread_line_height(const Scene& scene, const Message& message) {
    return message.thread && message.thread->replies != 0 ? scene.paint.target(kLine) + 4 : 0;
}

void draw_thread_line(const Scene& scene, const Message& message, const Rect& strip) {
    const Painter& paint = scene.paint;
    const std::string words = thread_words(scene, *message.thread);
    const std::string latest = latest_words(scene, message.thread->latest);
    const auto* followed = scene.chat.room(message.thread->room);
    const bool is_new = followed != nullptr && followed->unread != 0;
    const float width = paint.type.width(words, type::kSmallStrong);
    const float whole = 30 + width + 10 + paint.type.width(latest, type::kSmall) + 12;
    const Rect line{strip.x - 8, strip.y + 2, std::min(strip.w + 8, whole), strip.h - 4};
    const std::string name = words + ", the last at " + latest + ": open the thread";
    const Control what{.name = name, .value = words, .detail = "Open the thread"};
    const bool used = paint.control(node_id(paint.semantics.parent(), "replies"), line, what, [&](const Hit& hit) {
        if (hit.hovered) paint.fill(line, Colour::hover, space::kRadius);
        const float middle = line.y + line.h / 2;
        const Colour ink = is_new ? Colour::pill : Colour::accent;
        paint.icon(Icon::message, {line.x + 16, middle}, 16, ink);
        paint.text({line.x + 30, middle - 9}, type::kSmallStrong, is_new ? Colour::pill : Colour::accent_strong, words);
        paint.text_cut({line.x + 30 + width + 10, middle - 9}, line.w - width - 46, type::kSmall, Colour::text_faint,
                       latest);
    });
    if (used) scene.want(intent::OpenThread{scene.screen.open, message.ordinal});
}

}  // namespace parley::ui
