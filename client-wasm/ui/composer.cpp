#include "ui/composer.hpp"

#include <algorithm>
#include <utility>

#include "composing/outgoing.hpp"
#include "text/names.hpp"
#include "ui/completion_list.hpp"
#include "ui/reply_line.hpp"

namespace parley::ui {

namespace {

constexpr float kPadding = 11;
constexpr float kSide = 16;
constexpr float kSendButton = 36;
constexpr float kMostLines = 9;
constexpr float kLine = 22;
constexpr float kBar = 36;

float text_height(const Scene& scene) {
    return std::clamp(scene.screen.composer_text_height, kLine, kMostLines * kLine);
}

// Above the field: what its text is for.
void draw_bar(const Scene& scene, Rect strip) {
    const Painter& paint = scene.paint;
    Screen& screen = scene.screen;
    std::string words = "Editing your message";
    if (screen.answering) {
        const auto* message = scene.open_room()->message(*screen.answering);
        words = "Answering " + (message != nullptr ? excerpt_of(scene, *message) : std::string("a message"));
    }
    paint.fill(strip, Colour::panel, space::kRadius);
    const Rect cross = strip.take_right(strip.h).inset(2, 2);
    paint.fill({strip.x, strip.y + 5, 3, strip.h - 10}, Colour::accent, 1.5f);
    paint.text_cut({strip.x + 14, strip.y + (strip.h - 18) / 2}, strip.w - 20, type::kSmall, Colour::text_soft, words);
    paint.semantics.declare(node_id(paint.semantics.parent(), "answering"), Role::status, strip, words);
    if (paint.icon_button("stop answering", cross, Icon::close, "Cancel")) {
        stop_answering(screen);
        paint.semantics.focus(composer_node());
    }
}

// A dialog or drawer lies over the field: the field hides, its text is painted.
void draw_covered_text(const Scene& scene, const Rect& rect, const std::string& draft, std::string_view placeholder) {
    ImGui::PushClipRect(rect.min(), rect.max(), true);
    const bool empty = draft.empty();
    auto paragraph = scene.paint.type.lay_out(empty ? placeholder : std::string_view(draft), type::kBody, rect.w);
    scene.paint.paragraph(rect.min(), empty ? Colour::text_faint : Colour::text, paragraph);
    ImGui::PopClipRect();
}

}  // namespace

NodeId composer_node() {
    return node_id(0, "composer");
}

float composer_height(const Scene& scene) {
    const bool barred = scene.screen.answering || scene.screen.editing;
    return text_height(scene) + 2 * kPadding + 2 + space::kLarge + (barred ? kBar : 0);
}

void stop_answering(Screen& screen) {
    screen.answering.reset();
    if (!std::exchange(screen.editing, std::nullopt)) return;
    screen.drafts[screen.open] = std::exchange(screen.put_aside, {});
    ++screen.composer_version;
}

void begin_editing(const Scene& scene, const Message& message) {
    Screen& screen = scene.screen;
    stop_answering(screen);
    screen.put_aside = screen.drafts[screen.open];
    screen.editing = message.ordinal;
    screen.drafts[screen.open] = composing::editable(scene.chat, message.text.view());
    ++screen.composer_version;
    scene.paint.semantics.focus(composer_node());
}

const Message* last_own_message(const Scene& scene) {
    const auto* room = scene.open_room();
    if (room == nullptr) return nullptr;
    const auto& messages = room->timeline.messages();
    const auto found = std::find_if(messages.rbegin(), messages.rend(), [&](const Message& message) {
        return message.author == scene.chat.self && !message.deleted;
    });
    return found != messages.rend() ? &*found : nullptr;
}

void draw_composer(const Scene& scene, Rect strip, float top) {
    const auto* room = scene.open_room();
    if (room == nullptr) return;
    if (const auto* key = scene.paint.semantics.key(composer_node()); key != nullptr && *key == "ArrowUp") {
        if (const auto* own = last_own_message(scene)) begin_editing(scene, *own);
    }
    if (scene.screen.answering || scene.screen.editing) {
        const Rect bar = strip.take_top(kBar);
        draw_bar(scene, {bar.x + kSide, bar.y, bar.w - 2 * kSide, bar.h - 4});
    }
    const Painter& paint = scene.paint;
    const Rect frame{strip.x + kSide, strip.y, strip.w - 2 * kSide, strip.h - space::kLarge};
    const bool focused = paint.semantics.has_focus(composer_node());
    paint.fill(frame, Colour::field, space::kRadius + 4);
    paint.outline(frame, focused ? Colour::accent : Colour::line_strong, space::kRadius + 4, focused ? 1.5f : 1);

    const std::string& draft = scene.screen.drafts[room->id];
    const std::string name = "Message " + scene.mark_of(*room);
    const Rect text{frame.x + 15, frame.y + kPadding + 1, frame.w - 15 - kSendButton - 12, frame.h - 2 * kPadding - 2};
    Node& node = paint.semantics.declare(composer_node(), Role::composer, text, name);
    node.detail = name;
    node.value = draft;
    node.value_version = scene.screen.composer_version;
    if (scene.screen.covers_main()) {
        node.state |= kHidden;
        draw_covered_text(scene, text, draft, name);
    } else {
        if (scene.screen.offer.is_open()) node.state |= kExpanded;
        draw_completion_list(scene, frame, top);
    }
    const Rect send =
        paint.finger({frame.right() - kSendButton - 5, frame.bottom() - kSendButton - 5, kSendButton, kSendButton});
    const bool ready = !text::is_blank(draft);
    const Control what{.name = "Send",
                       .value = kNoText,
                       .detail = "Send",
                       .state = ready ? std::uint16_t{0} : std::uint16_t{kDisabled}};
    const bool used = paint.control(node_id(paint.semantics.parent(), "send"), send, what, [&](const Hit& hit) {
        if (ready) paint.fill(send, hit.hovered ? Colour::accent_strong : Colour::accent, what.radius);
        paint.icon(Icon::send, {send.x + send.w / 2, send.y + send.h / 2}, 19,
                   ready ? Colour::on_accent : Colour::offline);
    });
    if (used && submit_draft(scene.screen, scene.intents, std::string(draft))) {
        ++scene.screen.composer_version;
        scene.screen.composer_text_height = 0;
    }
}

bool submit_draft(Screen& screen, Intents& intents, std::string_view text) {
    screen.composer_complaint.clear();
    if (text::is_blank(text)) return false;
    if (text.size() > limits::kMessageText) {
        screen.composer_complaint =
            "This is too long for one message: " + std::to_string(limits::kMessageText) + " bytes at most.";
        return false;
    }
    if (text::has_forbidden_controls(text)) {
        screen.composer_complaint = "There are control characters in this text that cannot be sent.";
        return false;
    }
    if (screen.editing) {
        intents.emplace_back(intent::Edit{screen.open, *screen.editing, std::string(text)});
        stop_answering(screen);
        return false;  // the draft that was put aside stands there now
    }
    if (screen.answering)
        intents.emplace_back(
            intent::Reply{screen.open, *std::exchange(screen.answering, std::nullopt), std::string(text)});
    else
        intents.emplace_back(intent::Post{screen.open, std::string(text)});
    screen.drafts[screen.open].clear();
    return true;
}

}  // namespace parley::ui
