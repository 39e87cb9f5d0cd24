#include "cli/command_words.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "composing/slash_command.hpp"

namespace parley::cli {

namespace {

using Kind = Command::Kind;

// Those that are typed alone come first.
constexpr std::size_t kTypedAlone = 2;
constexpr std::array kWords{
    CommandWord{"help", Kind::help, ""},
    CommandWord{"me", Kind::post, "text"},
    CommandWord{"join", Kind::join, "room"},
    CommandWord{"post", Kind::post, "text", "text", "Say it in this room, as a line without a slash does"},
    CommandWord{"history", Kind::history, "", "9, or 2026-03-01",
                "Show what was said last, before a message, or around a day"},
    CommandWord{"dm", Kind::dm, "to", "@person text", "Write to one person alone, or to a few: @bo,@cy"},
    CommandWord{"who", Kind::who, ""},
    CommandWord{"rooms", Kind::rooms, "", "", "Show the rooms that are open to all, and yours; /list is the same"},
    CommandWord{"create", Kind::create, "room", "#room private", "Make a room; without \"private\" it is open to all"},
    CommandWord{"leave", Kind::leave, "", "#room", "Leave this room or that one, or the thread #room/9"},
    CommandWord{"nick", Kind::nick, "text"},
    CommandWord{"read", Kind::read, "n", "9", "Read up to this message, on all your devices"},
    CommandWord{"unread", Kind::unread, "n", "9", "Unread from this message on, on all your devices"},
    CommandWord{"typing", Kind::typing, "", "#room", "Be shown as writing"},
    CommandWord{"quit", Kind::quit, "", "", "End the program, once everything is sent"},
    CommandWord{"reply", Kind::reply, "n text", "9 text", "Answer a message"},
    CommandWord{"edit", Kind::edit, "n text", "9 text", "Change what your message says"},
    CommandWord{"delete", Kind::remove, "n", "9", "Delete your message"},
    CommandWord{"react", Kind::react, "n emoji", "9 emoji", "React to a message"},
    CommandWord{"unreact", Kind::unreact, "n emoji", "9 emoji", "Take a reaction back"},
    CommandWord{"pin", Kind::pin, "n", "9", "Pin a message"},
    CommandWord{"unpin", Kind::unpin, "n", "9", "Take a pin off"},
    CommandWord{"pins", Kind::pins, "", "#room", "Show what is pinned"},
    CommandWord{"thread", Kind::thread, "n", "9 text", "Go into the thread of a message, or answer there"},
    CommandWord{"topic", Kind::topic, "", "text",
                "Say what this room is about; nothing shows it, and \"\" takes it away"},
    CommandWord{"rename", Kind::rename, "text"},
    CommandWord{"invite", Kind::invite, "to"},
    CommandWord{"private", Kind::make_private, "", "#room", "Make a room private, for good"},
    CommandWord{"newcomers", Kind::newcomers, "text", "all, or new", "Say what of this room newcomers read"},
    CommandWord{"archive", Kind::archive, ""},
    CommandWord{"unarchive", Kind::unarchive, "", "#room", "Take a room out of the archive"},
    CommandWord{"posting", Kind::posting, "text", "all, or some", "Say who may write in this room"},
    CommandWord{"let_post", Kind::let_post, "to", "@person", "Let somebody write where only some may"},
    CommandWord{"stop_posting", Kind::stop_posting, "to", "@person", "Let somebody write there no more"},
    CommandWord{"favourite", Kind::favourite, "", "#room", "Keep a room at the top of your list"},
    CommandWord{"unfavourite", Kind::unfavourite, "", "#room", "Keep it there no more"},
    CommandWord{"status", Kind::status, "", "30m text",
                "Say what you are up to, for 30m or for good; nothing clears it"},
    CommandWord{"online", Kind::online, ""},
    CommandWord{"away", Kind::away, ""},
    CommandWord{"dnd", Kind::do_not_disturb, ""},
    CommandWord{"invisible", Kind::invisible, ""},
    CommandWord{"ignore", Kind::ignore, "to", "@person", "Take no direct messages of somebody"},
    CommandWord{"unignore", Kind::unignore, "to"},
    CommandWord{"person", Kind::person, "to", "@person", "Show who somebody is, and when last here"},
};
constexpr auto kJsonWords = std::span(kWords).subspan(kTypedAlone);

const CommandWord* word_among(std::span<const CommandWord> words, std::string_view name) {
    const auto found = std::find_if(words.begin(), words.end(), [name](const auto& word) { return word.word == name; });
    return found == words.end() ? nullptr : &*found;
}

// The web client's command of this name; nullptr: it has none.
const composing::CommandDescription* in_the_web_client(std::string_view name) {
    const auto typed = "/" + std::string(name);
    const auto command = composing::slash_command_in(typed);
    return command ? command->description : nullptr;
}

struct Help {
    std::string usage;
    std::string_view says;
};
Help help_of(const CommandWord& word) {
    const auto* shared = word.help.empty() ? in_the_web_client(word.word) : nullptr;
    const auto arguments = shared != nullptr ? shared->arguments : word.arguments;
    auto usage = "/" + std::string(word.word);
    if (!arguments.empty()) usage.append(" ").append(arguments);
    return {std::move(usage), shared != nullptr ? shared->help : word.help};
}

}  // namespace

const CommandWord* word_in_json(std::string_view name) {
    return word_among(kJsonWords, name);
}

const CommandWord* word_typed(std::string_view name) {
    if (const auto* word = word_among(kWords, name)) return word;
    const auto* meant = in_the_web_client(name);
    const auto found = std::find_if(kWords.begin(), kWords.end(), [meant](const auto& word) {
        return meant != nullptr && in_the_web_client(word.word) == meant;
    });
    return found == kWords.end() ? nullptr : &*found;
}

std::string words_in_json() {
    std::string all;
    for (const auto& word : kJsonWords) all.append(all.empty() ? "" : ", ").append(word.word);
    return all;
}

std::vector<std::string> help_lines() {
    std::vector<Help> all;
    std::size_t widest = 0;
    for (const auto& word : kWords) widest = std::max(widest, all.emplace_back(help_of(word)).usage.size());
    std::vector<std::string> lines;
    for (auto& [usage, says] : all) {
        usage.resize(widest + 2, ' ');
        lines.push_back(usage + std::string(says));
    }
    return lines;
}

}  // namespace parley::cli
