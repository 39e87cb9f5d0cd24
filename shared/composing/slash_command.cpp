#include "composing/slash_command.hpp"

#include <algorithm>
#include <array>

namespace parley::composing {

namespace {

constexpr std::array<CommandDescription, 29> kCommands{{
    {CommandName::help, "help", "", "", "What can be done by typing"},
    {CommandName::me, "me", "", "what you do", "Say what you do, in italics"},
    {CommandName::nick, "nick", "", "name", "Change the name that is shown of you"},
    {CommandName::message, "msg", "query dm", "@person text", "Write to one person alone"},
    {CommandName::join, "join", "j open", "#room", "Open a room, and join it if you are not in it"},
    {CommandName::leave, "leave", "part close", "", "Leave this room"},
    {CommandName::members, "who", "names members", "", "Show who is in this room"},
    {CommandName::status, "status", "", "30m text",
     "Say what you are up to, also for 30m, 2h or 1d; nothing clears it"},
    {CommandName::online, "online", "back active", "", "Be shown as here, or away where you are idle"},
    {CommandName::away, "away", "afk", "", "Be shown as away, on all your devices"},
    {CommandName::do_not_disturb, "dnd", "busy", "", "Be shown as not to be disturbed"},
    {CommandName::invisible, "invisible", "hide", "", "Be shown as offline"},
    {CommandName::ignore, "ignore", "block", "@person",
     "Take no direct messages of somebody, and fold away the others"},
    {CommandName::unignore, "unignore", "unblock", "@person", "Hear somebody again"},
    {CommandName::rooms, "list", "rooms", "", "Look through the rooms that are open to all"},
    {CommandName::topic, "topic", "header", "text", "Say what this room is about, or see it; \"\" takes it away"},
    {CommandName::rename, "rename", "", "new-name", "Give this room another name"},
    {CommandName::invite, "invite", "", "@person", "Bring somebody into this room"},
    {CommandName::archive, "archive", "", "", "Put this room aside: it is read, and nothing else"},
    {CommandName::favourite, "favourite", "star", "", "Keep this room at the top of your list, or no more"},
    {CommandName::shrug, "shrug", "", "text", "¯\\_(ツ)_/¯ behind a text"},
    {CommandName::tableflip, "tableflip", "", "text", "(╯°□°)╯︵ ┻━┻ behind a text"},
    {CommandName::unflip, "unflip", "", "text", "┬─┬ ノ( ゜-゜ノ) behind a text"},
    {CommandName::spoiler, "spoiler", "", "text", "Hide a text until it is asked for"},
    {CommandName::plain, "plain", "", "text", "Send a text as it is, without marks"},
    {CommandName::jump_to_day, "jumptodate", "", "2026-03-01", "Go to what was said on a day"},
    {CommandName::settings, "settings", "preferences", "", "Open the settings"},
    {CommandName::shortcuts, "shortcuts", "keys", "", "Show the keys"},
    {CommandName::log_out, "logout", "quit", "", "Sign out on this device"},
}};

constexpr std::string_view kBlanks = " \t\n";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool has_word(std::string_view words, std::string_view word) {
    while (!words.empty()) {
        const auto end = std::min(words.find(' '), words.size());
        if (words.substr(0, end) == word) return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

}  // namespace

std::span<const CommandDescription> commands() {
    return kCommands;
}

std::optional<SlashCommand> slash_command_in(std::string_view text) {
    if (text.size() < 2 || text[0] != '/' || text[1] == '/') return std::nullopt;
    const auto end = std::min(text.find_first_of(kBlanks), text.size());
    SlashCommand command;
    command.word = text.substr(1, end - 1);
    command.arguments = trimmed(text.substr(end));
    if (command.word.empty()) return std::nullopt;
    const auto found = std::find_if(kCommands.begin(), kCommands.end(), [&](const auto& each) {
        return each.word == command.word || has_word(each.aliases, command.word);
    });
    if (found != kCommands.end()) command.description = &*found;
    return command;
}

std::string_view without_slash_escape(std::string_view text) {
    return text.starts_with("//") || text.starts_with("\\/") ? text.substr(1) : text;
}

}  // namespace parley::composing
