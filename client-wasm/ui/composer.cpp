#include "ui/composer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "composing/outgoing.hpp"
#include "composing/slash_command.hpp"
#include "text/names.hpp"
#include "ui/completion_list.hpp"
#include "ui/formatting_bar.hpp"
#include "ui/preview.hpp"
#include "ui/reply_line.hpp"

namespace parley::ui {

namespace {

constexpr float kPadding = 11;
constexpr float kSide = 16;
constexpr float kSendButton = 36;
constexpr float kTool = 30;
constexpr float kMostLines = 9;
constexpr float kMostOfWindow = 0.3f;
constexpr float kLine = 22;
constexpr float kBar = 36;

const std::string& draft_of(const Screen& screen) {
    static const std::string kNothing;
    const auto draft = screen.drafts.find(screen.open);
    return draft != screen.drafts.end() ? draft->second : kNothing;
}

// On a phone, and where there is little height, the row of buttons is behind one.
bool is_compact(const Scene& scene) {
    return scene.screen.narrow || scene.screen.low;
}

// The row of buttons below the text.
bool has_tools(const Scene& scene) {
    return !is_compact(scene) || scene.screen.formatting_shown || is_near_limit(draft_of(scene.screen));
}
float tools_height(const Scene& scene) {
    return scene.paint.target(kTool) + 8;
}

float text_height(const Scene& scene) {
    const float most = std::clamp(std::floor(scene.around.window.h * kMostOfWindow / kLine), 1.0f, kMostLines);
    return std::clamp(scene.screen.composer_text_height, kLine, most * kLine);
}

// Instead of the field, where she may not write.
std::string_view why_no_field(const Scene& scene) {
    const auto* room = scene.open_room();
    if (room == nullptr || scene.chat.may_post(*room)) return {};
    const bool rests = scene.chat.ruler_of(*room).settings.archived;
    return sentence_of(rests ? Refusal::room_archived : Refusal::may_not_post);
}

void draw_no_field(const Scene& scene, const Rect& strip) {
    const Painter& paint = scene.paint;
    const Rect frame{strip.x, strip.y, strip.w, strip.h - space::kLarge};
    const auto words = why_no_field(scene);
    paint.fill(frame, Colour::panel, space::kRadius + 4);
    paint.outline(frame, Colour::line, space::kRadius + 4);
    paint.text_cut({frame.x + 15, frame.y + (frame.h - 22) / 2}, frame.w - 30, type::kBody, Colour::text_soft, words);
    paint.semantics.declare(node_id(paint.semantics.parent(), "no field"), Role::status, frame, words);
}

// Above the field: what its text is for.
void draw_bar(const Scene& scene, Rect strip) {
    const Painter& paint = scene.paint;
    Screen& screen = scene.screen;
    std::string words = "Editing your message";
    if (screen.purpose().answering) {
        const auto answered = *screen.purpose().answering;
        const auto* message = scene.open_room()->message(answered);
        if (message == nullptr) scene.want(intent::LoadMessage{screen.open, answered});
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

// The field itself, or what it holds where something lies over it.
void draw_text(const Scene& scene, const Rect& rect, const std::string& name) {
    const std::string& draft = draft_of(scene.screen);
    Node& node = scene.paint.semantics.declare(composer_node(), Role::composer, rect, name);
    node.detail = scene.open_room()->is_thread() ? "Answer in the thread" : name;
    node.value = draft;
    node.value_version = scene.screen.composer_version;
    if (draft.size() > limits::kMessageText) node.state |= kInvalid;
    if (!scene.screen.covers_main()) return;
    node.state |= kHidden;
    draw_covered_text(scene, rect, draft, node.detail);
}

void draw_emoji_button(const Scene& scene, const Rect& slot) {
    const float side = std::min(slot.w, scene.paint.target(kTool));
    if (!scene.paint.icon_button("emoji", {slot.x, slot.bottom() - side, side, side}, Icon::smile, "Emoji")) return;
    scene.screen.show_dialog(Dialog::emoji);
    scene.screen.emoji.reacting.reset();
}

void draw_formatting_switch(const Scene& scene, const Rect& slot) {
    const Painter& paint = scene.paint;
    bool& shown = scene.screen.formatting_shown;
    const float side = std::min(slot.w, paint.target(kTool));
    const Rect rect{slot.x, slot.bottom() - side, side, side};
    const Control what{.name = "Formatting",
                       .value = kNoText,
                       .detail = "Formatting",
                       .state = shown ? std::uint16_t{kPressed} : std::uint16_t{kUnpressed}};
    const bool used = paint.control(node_id(paint.semantics.parent(), "formatting"), rect, what, [&](const Hit& hit) {
        if (hit.hovered || shown) paint.fill(rect, Colour::hover, space::kRadius);
        paint.type.draw_centred(Painter::list(), rect, type::kStrong, paint.theme(Colour::text_soft), "Aa");
    });
    if (used) shown = !shown;
}

// How much fits still, where that is little.
void draw_room_left(const Scene& scene, const Rect& strip) {
    const std::size_t size = draft_of(scene.screen).size();
    if (!is_near_limit(draft_of(scene.screen))) return;
    const bool over = size > limits::kMessageText;
    const std::string words = over ? std::to_string(size - limits::kMessageText) + " too many"
                                   : std::to_string(limits::kMessageText - size) + " left";
    const Painter& paint = scene.paint;
    const bool fits = paint.type.width(words, type::kSmallStrong) + 10 < strip.w;
    const std::string shown = fits ? words : words.substr(0, words.find(' '));
    const float width = paint.type.width(shown, type::kSmallStrong);
    const Rect rect{strip.right() - width - 10, strip.y + (strip.h - 18) / 2, width, 18};
    paint.text(rect.min(), type::kSmallStrong, over ? Colour::danger : Colour::text_faint, shown);
    paint.semantics.declare(node_id(0, "room left"), Role::text, rect, words);
}

void draw_tools(const Scene& scene, Rect strip) {
    const Painter& paint = scene.paint;
    const float side = std::min(paint.target(kTool), strip.w / 7);
    if (is_compact(scene))
        draw_formatting_switch(scene, strip.take_right(side));
    else
        strip.take_right(paint.target(kSendButton));
    strip.take_left(draw_formatting_bar(scene, strip, side));
    if (!is_compact(scene)) draw_emoji_button(scene, strip.take_left(side).inset(0, (strip.h - side) / 2));
    bool& wanted = scene.screen.preview.wanted;
    const Rect slot = strip.take_left(side);
    if (paint.icon_button("preview", {slot.x, slot.y + (slot.h - side) / 2, side, side}, Icon::eye, "Preview",
                          wanted ? kPressed : kUnpressed)) {
        wanted = !wanted;
        scene.want(intent::KeepPreview{wanted});
    }
    draw_room_left(scene, strip);
}

// Some commands say something in this room; after the others what she answers waits for its answer still.
bool is_said_here(std::string_view text) {
    using composing::CommandName;
    const auto command = composing::slash_command_in(text);
    if (!command) return true;
    constexpr std::array kSaying{CommandName::me,    CommandName::spoiler,   CommandName::plain,
                                 CommandName::shrug, CommandName::tableflip, CommandName::unflip};
    return command->description != nullptr &&
           std::find(kSaying.begin(), kSaying.end(), command->description->name) != kSaying.end();
}

// What was chosen goes in as soon as the field is there again.
void put_in_emoji(const Scene& scene) {
    Screen& screen = scene.screen;
    if (screen.emoji.chosen.empty() || screen.covers_main()) return;
    auto text = std::exchange(screen.emoji.chosen, {});
    const auto place = screen.selection();
    const auto after = place.begin + text.size();
    scene.want(intent::ReplaceText{place.begin, place.end, std::move(text), after, after});
}

void draw_send(const Scene& scene, const Rect& slot) {
    const Painter& paint = scene.paint;
    const float side = std::min(slot.w, slot.h);
    const Rect send{slot.right() - side, slot.bottom() - side, side, side};
    const std::string& draft = draft_of(scene.screen);
    const bool ready = !text::is_blank(draft) && draft.size() <= limits::kMessageText;
    const Control what{.name = "Send",
                       .value = kNoText,
                       .detail = "Send",
                       .state = ready ? std::uint16_t{0} : std::uint16_t{kDisabled}};
    const bool used = paint.control(node_id(paint.semantics.parent(), "send"), send, what, [&](const Hit& hit) {
        // Off the frame's edge, which it is beside; a finger has all of it.
        if (ready) paint.fill(send.inset(2, 2), hit.hovered ? Colour::accent_strong : Colour::accent, what.radius);
        paint.icon(Icon::send, {send.x + send.w / 2, send.y + send.h / 2}, 19,
                   ready ? Colour::on_accent : Colour::offline);
    });
    if (used && submit_draft(scene.screen, scene.intents, std::string(draft))) {
        ++scene.screen.composer_version;
        scene.screen.composer_text_height = 0;
    }
}

// In its place, where she writes in the room beside: a button that turns to this one.
void draw_stand_in(const Scene& scene, const client::Room& room, const Rect& strip) {
    const Painter& paint = scene.paint;
    const Rect frame{strip.x, strip.y, strip.w, strip.h - space::kLarge};
    const std::string name = "Write a message to " + scene.mark_of(room);
    const auto& draft = draft_of(scene.screen);
    const Control what{.name = name, .value = kNoText, .detail = name, .radius = space::kRadius + 4};
    const bool used = paint.control(node_id(paint.semantics.parent(), "write"), frame, what, [&](const Hit& hit) {
        paint.fill(frame, Colour::field, space::kRadius + 4);
        paint.outline(frame, hit.hovered ? Colour::line_strong : Colour::line, space::kRadius + 4);
        const auto line = draft.substr(0, draft.find('\n'));
        paint.text_cut(
            {frame.x + 15, frame.y + (frame.h - 22) / 2}, frame.w - 30, type::kBody,
            line.empty() ? Colour::text_faint : Colour::text_soft,
            line.empty() ? (room.is_thread() ? "Answer in the thread" : "Message " + scene.mark_of(room)) : line);
    });
    if (used) scene.want(intent::TurnTo{room.id});
}

}  // namespace

NodeId composer_node() {
    return node_id(0, "composer");
}

float composer_height(const Scene& scene, float width) {
    if (!why_no_field(scene).empty() || !scene.writes_here) return 44 + space::kLarge;
    const Purpose& purpose = scene.screen.purpose();
    const bool barred = purpose.answering || purpose.editing;
    const float preview = preview_height(scene, width - 2 * kSide);
    return text_height(scene) + 2 * kPadding + 2 + (has_tools(scene) ? tools_height(scene) : 0) + space::kLarge +
           (barred ? kBar : 0) + (preview > 0 ? preview + 6 : 0);
}

bool is_near_limit(std::string_view text) {
    return text.size() > limits::kMessageText / 10 * 9;
}

void stop_answering(Screen& screen) {
    Purpose& purpose = screen.purpose();
    purpose.answering.reset();
    if (!std::exchange(purpose.editing, std::nullopt)) return;
    screen.drafts[screen.open] = std::exchange(purpose.put_aside, {});
    screen.offer.close();
    ++screen.composer_version;
}

void begin_editing(const Scene& scene, const Message& message) {
    Screen& screen = scene.screen;
    ++screen.purposes_given;
    scene.paint.semantics.focus(composer_node());
    if (screen.purpose().editing == message.ordinal) return;  // what is written of it stays
    stop_answering(screen);
    screen.purpose().put_aside = screen.drafts[screen.open];
    screen.purpose().editing = message.ordinal;
    screen.drafts[screen.open] = composing::editable(scene.chat, message.text.view());
    screen.purpose().edited_from = screen.drafts[screen.open];
    screen.purpose().is_of_deleted = false;
    ++screen.composer_version;
}

const Message* last_own_message(const Scene& scene) {
    const auto* room = scene.open_room();
    if (room == nullptr || !room->timeline.reaches_head()) return nullptr;
    const auto& messages = room->timeline.messages();
    const auto found = std::find_if(messages.rbegin(), messages.rend(), [&](const Message& message) {
        return message.author == scene.chat.self && !message.deleted;
    });
    return found != messages.rend() ? &*found : nullptr;
}

void draw_composer(const Scene& scene, Rect strip, float top) {
    const auto* room = scene.open_room();
    if (room == nullptr) return;
    if (!why_no_field(scene).empty()) return draw_no_field(scene, strip.inset(kSide, 0));
    if (!scene.writes_here) return draw_stand_in(scene, *room, strip.inset(kSide, 0));
    if (const auto* key = scene.paint.semantics.key(composer_node()); key != nullptr && *key == "ArrowUp") {
        if (const auto* own = last_own_message(scene)) begin_editing(scene, *own);
    }
    strip = strip.inset(kSide, 0);
    const Purpose& purpose = scene.screen.purpose();
    if (purpose.answering || purpose.editing) {
        const Rect bar = strip.take_top(kBar);
        draw_bar(scene, {bar.x, bar.y, bar.w, bar.h - 4});
    }
    if (const float height = preview_height(scene, strip.w); height > 0) {
        draw_preview(scene, strip.take_top(height));
        strip.take_top(6);
    }
    const Painter& paint = scene.paint;
    Rect frame{strip.x, strip.y, strip.w, strip.h - space::kLarge};
    const bool focused = paint.semantics.has_focus(composer_node());
    paint.fill(frame, Colour::field, space::kRadius + 4);
    paint.outline(frame, focused ? Colour::accent : Colour::line_strong, space::kRadius + 4, focused ? 1.5f : 1);
    const Rect whole = frame;
    const std::string name = "Message " + scene.mark_of(*room);
    const Rect tools = has_tools(scene) ? frame.take_bottom(tools_height(scene)).inset(6, 3) : Rect{};
    const bool narrow = is_compact(scene);
    const float side = paint.target(kSendButton);
    const float low = 1 + (side - paint.target(kTool)) / 2;  // beside the middle of what sends
    const Rect send = narrow ? frame.take_right(side + 6).inset(3, 1) : Rect(tools).take_right(side);
    const Rect switch_slot = narrow && tools.h == 0 ? frame.take_right(paint.target(kTool)).inset(0, low) : Rect{};
    const Rect emoji_slot = narrow ? frame.take_right(paint.target(kTool)).inset(0, low) : Rect{};
    const float width = frame.w - 15 - (narrow ? 4 : 15);
    draw_text(scene, {frame.x + 15, frame.y + kPadding + 1, width, frame.h - 2 * kPadding - 2}, name);
    if (emoji_slot.w > 0) draw_emoji_button(scene, emoji_slot);
    if (switch_slot.w > 0) draw_formatting_switch(scene, switch_slot);
    if (tools.h > 0) draw_tools(scene, tools);
    put_in_emoji(scene);
    draw_send(scene, send);
    if (!scene.screen.covers_main()) draw_completion_list(scene, whole, top);
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
    Purpose& purpose = screen.purpose();
    if (std::exchange(purpose.is_of_deleted, false)) {
        screen.composer_complaint =
            "The message that you were editing was deleted. Send it again to say this as a new message.";
        return false;
    }
    if (purpose.editing) {
        intents.add(intent::Edit{screen.open, *purpose.editing, std::string(text)});
        stop_answering(screen);
        return false;  // the draft that was put aside stands there now
    }
    if (purpose.answering)
        intents.add(intent::Reply{screen.open, *purpose.answering, std::string(text)});
    else
        intents.add(intent::Post{screen.open, std::string(text)});
    if (is_said_here(text)) purpose.answering.reset();
    screen.drafts[screen.open].clear();
    return true;
}

}  // namespace parley::ui
