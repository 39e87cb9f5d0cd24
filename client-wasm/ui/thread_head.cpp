#include "ui/thread_head.hpp"

#include <algorithm>

#include "ui/marked_paragraph.hpp"
#include "ui/timeline_rows.hpp"

namespace parley::ui {

namespace {

constexpr float kSide = 20;
constexpr float kTop = 14;
constexpr float kAuthor = 24;
constexpr float kBelow = 14;
constexpr float kMostText = 132;  // six lines; the rest is where the message stands
constexpr float kText = kSide + 44;

const Message* root_of(const Scene& scene, const client::Room& thread) {
    const auto* room = scene.chat.room(thread.root.room);
    const auto* message = room != nullptr ? room->message(thread.root.ordinal) : nullptr;
    if (room != nullptr && message == nullptr) scene.want(intent::LoadMessage{thread.root.room, thread.root.ordinal});
    return message;
}

void draw_author(const Scene& scene, const Message& message, const Rect& strip) {
    const Painter& paint = scene.paint;
    const auto nick = scene.nick_of(message.author);
    paint.avatar({strip.x + kSide, strip.y + kTop, 32, 32}, message.author, nick);
    const float width =
        paint.text_cut({strip.x + kText, strip.y + kTop}, strip.w - kText - 150, type::kStrong, Colour::text, nick);
    const std::string when = scene.calendar.day_title(message.time) + ", " + scene.calendar.time(message.time);
    paint.text_cut({strip.x + kText + width + 8, strip.y + kTop + 3}, 140, {12, 18}, Colour::text_faint, when);
}

}  // namespace

void draw_thread_header(const Scene& scene, const Rect& strip) {
    const Painter& paint = scene.paint;
    paint.line({strip.x, strip.bottom() - 1}, {strip.right(), strip.bottom() - 1}, Colour::line);
    const auto* thread = scene.open_room();
    if (thread == nullptr) return;
    float x = strip.x + kSide;
    if (scene.screen.narrow) {
        if (paint.icon_button("menu", paint.finger({strip.x + 8, strip.y + 11, 38, 34}), Icon::menu,
                              "Open the room list"))
            scene.screen.drawer = Drawer::rooms;
        x = strip.x + 54;
    }
    Rect right = strip;
    const Rect close = paint.finger({right.right() - 50, strip.y + 11, 36, 34});
    const float leave = paint.button_width("Unfollow");
    const Rect unfollow{close.x - leave - 6, strip.y + (strip.h - 32) / 2, leave, 32};
    const float room = unfollow.x - x - 10;
    const std::string where = "in " + scene.mark_of_ruler(*thread);
    paint.text_cut({x, strip.y + 7}, room, type::kTitle, Colour::text, "Thread");
    paint.text_cut({x, strip.y + 31}, room, type::kSmall, Colour::text_faint, where);
    paint.semantics
        .declare(node_id(paint.semantics.parent(), "thread title"), Role::heading, {x, strip.y + 7, room, 42},
                 "Thread " + where)
        .value = "Thread " + where;
    const Control leaving{.name = "Unfollow this thread", .detail = "It is no longer in your list"};
    if (paint.button("unfollow", unfollow, leaving, "Unfollow", ButtonKind::quiet))
        scene.want(intent::LeaveRoom{thread->id});
    if (paint.icon_button("close thread", close, Icon::close, "Close the thread")) scene.want(intent::CloseThread{});
}

// Set anew only when something of it may have changed.
void ThreadRootView::refresh(const Scene& scene, const client::Room& thread, float width) {
    const auto edition = scene.paint.type.edition();
    const auto version = scene.around.chat_version;
    const bool same = root_ == thread.root && width_ == width && edition_ == edition && chat_version_ == version;
    if (same) return;
    root_ = thread.root;
    width_ = width;
    edition_ = edition;
    chat_version_ = version;
    paragraph_ = {};
    const auto* message = root_of(scene, thread);
    if (message == nullptr) return;
    auto text = scene.is_folded(thread.root.room, *message) ? marked(scene, std::string_view(), false)
                                                            : marked(scene, *message, false);
    std::vector<Typesetter::Wish> wishes;
    wishes.push_back({text.text, std::move(text.spans), std::move(text.blocks)});
    auto paragraphs = scene.paint.type.lay_out(std::move(wishes), text.only_emoji ? type::kEmoji : type::kBody, width);
    paragraph_ = std::move(paragraphs.front());
}

float ThreadRootView::height(const Scene& scene, const client::Room& thread, float width) {
    refresh(scene, thread, std::max(80.0f, width - kText - kSide));
    if (scene.screen.low) return 0;
    return kTop + kAuthor + std::clamp(paragraph_.height, 22.0f, kMostText) + kBelow;
}

void ThreadRootView::draw(const Scene& scene, const client::Room& thread, const Rect& strip) {
    const Painter& paint = scene.paint;
    const auto* message = root_of(scene, thread);
    paint.fill(strip, Colour::panel);
    paint.line({strip.x, strip.bottom() - 1}, {strip.right(), strip.bottom() - 1}, Colour::line);
    const Rect text{strip.x + kText, strip.y + kTop + kAuthor, width_, strip.h - kTop - kAuthor - kBelow};
    if (message == nullptr) {
        paint.text(text.min(), type::kSmall, Colour::text_faint, "Fetching the message…");
        return;
    }
    const std::string name =
        "About the message of " + std::string(scene.nick_of(message->author)) + ": " + paragraph_.text + ". Go there";
    const Control what{.name = name, .value = kNoText, .detail = "Go to the message", .radius = 0};
    const bool used = paint.control(node_id(paint.semantics.parent(), "root"), strip, what, [&](const Hit& hit) {
        if (hit.hovered) paint.fill(strip, Colour::hover);
        draw_author(scene, *message, strip);
        ImGui::PushClipRect(text.min(), text.max(), true);
        draw_marked(paint, text.min(), Colour::text, paragraph_, text, text.w);
        ImGui::PopClipRect();
    });
    if (used) scene.want(intent::GoTo{thread.root.room, thread.root.ordinal});
}

}  // namespace parley::ui
