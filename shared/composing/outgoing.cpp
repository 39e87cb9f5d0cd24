#include "composing/outgoing.hpp"

#include <algorithm>
#include <utility>

#include "emoji/emoji.hpp"
#include "emoji/replacing.hpp"
#include "markup/markup.hpp"

namespace parley::composing {

namespace {

using Replacement = std::pair<std::size_t, std::string>;

bool is_account_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
}

// Of another script, or part of a word: what stands before a sign decides whether it begins a name.
bool is_word(char c) {
    return is_account_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

// The longest account that begins here: "@ana." names ana, "@ana.b" names ana.b if there is one.
Replacement person_at(const client::ChatState& chat, std::string_view name) {
    std::size_t end = 0;
    while (end < name.size() && end < limits::kAccountName && is_account_letter(name[end])) ++end;
    for (; end > 0; --end) {
        const auto account = lower(name.substr(0, end));
        if (end < name.size() && is_word(name[end]) && name[end] != '.' && name[end] != '_' && name[end] != '-') break;
        if (account == "here") return {1 + end, "<!here>"};
        if (account == "all" || account == "everyone" || account == "channel") return {1 + end, "<!all>"};
        if (const auto* person = chat.person_named(account)) return {1 + end, markup::mention_of(person->user)};
        // Only what could end a sentence is not of the name.
        const char last = name[end - 1];
        if (last != '.' && last != '_' && last != '-') break;
    }
    return {};
}

Replacement room_at(const client::ChatState& chat, std::string_view name) {
    std::size_t end = 0;
    while (end < name.size() && (is_word(name[end]) && name[end] != '.')) ++end;
    const auto* room = end > 0 ? chat.room_named(name.substr(0, end)) : nullptr;
    if (room == nullptr || room->kind != RoomKind::channel) return {};
    return {1 + end, markup::mention_of(room->id)};
}

std::string with_mentions(const client::ChatState& chat, std::string_view source) {
    return emoji::with_words_replaced(source, [&](std::string_view words, std::size_t at) -> Replacement {
        const char sign = words[at];
        if ((sign != '@' && sign != '#') || (at > 0 && is_word(words[at - 1]))) return {};
        const auto name = words.substr(at + 1);
        return sign == '@' ? person_at(chat, name) : room_at(chat, name);
    });
}

}  // namespace

std::string outgoing(const client::ChatState& chat, std::string_view typed) {
    return with_mentions(chat, emoji::with_emoticons_replaced(emoji::with_shortcodes_replaced(typed)));
}

std::string editable(const client::ChatState& chat, std::string_view source) {
    std::string text;
    for (const auto& run : markup::parse(source).runs) {
        const auto words = run.source.of(source);
        const auto* person = chat.person(run.person());
        const auto* room = chat.room(run.room());
        if (person != nullptr)
            text += "@" + person->account.str();
        else if (room != nullptr && room->kind == RoomKind::channel)
            text += "#" + room->name.str();
        else if (run.kind == markup::RunKind::here)
            text += "@here";
        else if (run.kind == markup::RunKind::all)
            text += "@all";
        else
            text += words;
    }
    return text;
}

}  // namespace parley::composing
