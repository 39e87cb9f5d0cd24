#include "ui/composer_keys.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "composing/slash_command.hpp"
#include "ui/completion_list.hpp"
#include "ui/composer.hpp"
#include "ui/formatting_bar.hpp"

namespace parley::ui {

namespace {

// In an empty field.
bool answer_latest(const client::ChatState& chat, Screen& screen) {
    const auto* room = chat.room(screen.open);
    if (room == nullptr) return false;
    const auto& messages = room->timeline.messages();
    const auto found =
        std::find_if(messages.rbegin(), messages.rend(), [](const Message& each) { return !each.deleted; });
    if (found == messages.rend()) return false;
    stop_answering(screen);
    screen.purpose().answering = found->ordinal;
    return true;
}

bool press_in_offer(Screen& screen, Intents& intents, std::string_view key) {
    auto& offer = screen.offer;
    if (!offer.is_open()) return false;
    if (key == "ArrowUp" || key == "Control+p") return offer.step(-1), true;
    if (key == "ArrowDown" || key == "Control+n") return offer.step(1), true;
    if (key == "Enter" && offer.is_complete()) return offer.close(), false;  // it is sent as it is
    if (key == "Enter" || key == "Tab") return take_offered(screen, intents, offer.marked()), true;
    return false;
}

}  // namespace

bool composer_typed(Screen& screen, Intents& intents, const std::string& text) {
    const bool was_long = is_near_limit(screen.drafts[screen.open]);
    screen.composer_complaint.clear();
    screen.note.clear();
    const bool is_said = !text.empty() && !composing::slash_command_in(text);  // a command nobody else will read
    if (text.empty()) screen.purpose().is_of_deleted = false;
    if (is_said) intents.add(intent::SayTyping{screen.open});
    screen.drafts[screen.open] = text;
    screen.composer_typed = true;
    screen.keep_unfinished(intents);
    return text.size() <= 4 || screen.preview.wanted || was_long || is_near_limit(text);
}

bool composer_selected(const client::ChatState& chat, Screen& screen, std::string_view places) {
    const auto& text = screen.drafts[screen.open];
    const bool typed = std::exchange(screen.composer_typed, false);
    auto& [begin, end] = screen.selected;
    const auto space = places.find(' ');
    if (space == std::string_view::npos) return screen.offer.close();
    std::from_chars(places.data(), places.data() + space, begin);
    std::from_chars(places.data() + space + 1, places.data() + places.size(), end);
    end = std::min(end, text.size());
    begin = std::min(begin, end);
    if (begin != end) return screen.offer.close();
    return screen.offer.follow(chat, screen.open, text, end, typed);
}

bool means_latest(Screen& screen, std::string_view key) {
    return (key == "ArrowUp" || key == "Shift+ArrowUp") && screen.drafts[screen.open].empty();
}

bool composer_pressed(const client::ChatState& chat, Screen& screen, Intents& intents, std::string_view key) {
    if (press_in_offer(screen, intents, key) || format_by_key(chat, screen, intents, key)) return true;
    if (!means_latest(screen, key)) return false;
    return key == "ArrowUp" || answer_latest(chat, screen);  // one's own is edited: ui/composer.cpp
}

}  // namespace parley::ui
