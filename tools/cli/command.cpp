#include "cli/command.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "text/day.hpp"
#include "text/utf8.hpp"

namespace parley::cli {

namespace {

using Json = nlohmann::json;
using Kind = Command::Kind;

constexpr std::uint64_t kLongestStatusMinutes = 366 * 24 * 60;

struct Word {
    std::string_view word;
    Kind kind;
    std::string_view needs;  // the fields without which it means nothing
};
constexpr std::array kWords{
    Word{"join", Kind::join, "room"},
    Word{"post", Kind::post, "text"},
    Word{"history", Kind::history, ""},
    Word{"dm", Kind::dm, "to"},
    Word{"who", Kind::who, ""},
    Word{"rooms", Kind::rooms, ""},
    Word{"create", Kind::create, "room"},
    Word{"leave", Kind::leave, "room"},
    Word{"nick", Kind::nick, "text"},
    Word{"read", Kind::read, "n"},
    Word{"unread", Kind::unread, "n"},
    Word{"typing", Kind::typing, ""},
    Word{"quit", Kind::quit, ""},
    Word{"reply", Kind::reply, "n text"},
    Word{"edit", Kind::edit, "n text"},
    Word{"delete", Kind::remove, "n"},
    Word{"react", Kind::react, "n emoji"},
    Word{"unreact", Kind::unreact, "n emoji"},
    Word{"pin", Kind::pin, "n"},
    Word{"unpin", Kind::unpin, "n"},
    Word{"pins", Kind::pins, ""},
    Word{"thread", Kind::thread, "n"},
    Word{"topic", Kind::topic, ""},
    Word{"rename", Kind::rename, "text"},
    Word{"invite", Kind::invite, "to"},
    Word{"private", Kind::make_private, ""},
    Word{"newcomers", Kind::newcomers, "text"},
    Word{"archive", Kind::archive, ""},
    Word{"unarchive", Kind::unarchive, ""},
    Word{"posting", Kind::posting, "text"},
    Word{"let_post", Kind::let_post, "to"},
    Word{"stop_posting", Kind::stop_posting, "to"},
    Word{"favourite", Kind::favourite, ""},
    Word{"unfavourite", Kind::unfavourite, ""},
    Word{"status", Kind::status, ""},
    Word{"online", Kind::online, ""},
    Word{"away", Kind::away, ""},
    Word{"dnd", Kind::do_not_disturb, ""},
    Word{"invisible", Kind::invisible, ""},
    Word{"ignore", Kind::ignore, "to"},
    Word{"unignore", Kind::unignore, "to"},
    Word{"person", Kind::person, "to"},
};

std::unexpected<std::string> no(std::string why) {
    return std::unexpected(std::move(why));
}

const Word* word_named(std::string_view name) {
    const auto found =
        std::find_if(kWords.begin(), kWords.end(), [name](const Word& word) { return word.word == name; });
    return found == kWords.end() ? nullptr : &*found;
}

std::string known_words() {
    std::string all;
    for (const auto& word : kWords) all.append(all.empty() ? "" : ", ").append(word.word);
    return all;
}

// The first of these names that the object has, as a string. False: it is there and no string.
bool take_text(const Json& object, std::initializer_list<const char*> names, std::string& into) {
    for (const auto* name : names) {
        const auto found = object.find(name);
        if (found == object.end()) continue;
        if (!found->is_string()) return false;
        into = found->get<std::string>();
        return true;
    }
    return true;
}

bool take_number(const Json& object, std::initializer_list<const char*> names, std::uint64_t most,
                 std::uint64_t& into) {
    for (const auto* name : names) {
        const auto found = object.find(name);
        if (found == object.end()) continue;
        if (!found->is_number_unsigned() || found->get<std::uint64_t>() > most) return false;
        into = found->get<std::uint64_t>();
    }
    return true;
}

bool take_flag(const Json& object, const char* name, bool& into) {
    const auto found = object.find(name);
    if (found == object.end()) return true;
    if (found->is_boolean()) into = found->get<bool>();
    return found->is_boolean();
}

bool has(const Command& command, std::string_view field) {
    if (field == "room") return !command.room.empty();
    if (field == "to") return !command.to.empty();
    if (field == "text") return !command.text.empty();
    if (field == "emoji") return !command.emoji.empty();
    return command.n != 0;
}

std::string_view take_word(std::string_view& rest) {
    const auto start = std::min(rest.size(), rest.find_first_not_of(" \t"));
    rest.remove_prefix(start);
    const auto word = rest.substr(0, rest.find_first_of(" \t"));
    rest.remove_prefix(word.size());
    rest.remove_prefix(std::min(rest.size(), rest.find_first_not_of(" \t")));
    return word;
}

std::optional<std::string> what_is_missing(const Word& word, const Command& command) {
    for (auto needs = word.needs; !needs.empty();) {
        const auto field = take_word(needs);
        if (!has(command, field)) return "\"" + std::string(word.word) + "\" needs " + std::string(field);
    }
    return std::nullopt;
}

bool take_number_word(std::string_view& rest, std::uint64_t& into) {
    const auto word = take_word(rest);
    const auto number = number_in(word.empty() ? "0" : word);
    into = number.value_or(0);
    return number.has_value();
}

// What follows "/word", each in its own order.
bool take_plain_arguments(std::string_view rest, Command& command) {
    switch (command.kind) {
        case Kind::dm:
            command.to = take_word(rest);
            command.text = rest;
            return true;
        case Kind::nick:
        case Kind::topic:
        case Kind::rename:
        case Kind::newcomers:
        case Kind::posting:
            command.text = rest;
            return true;
        case Kind::invite:
        case Kind::let_post:
        case Kind::stop_posting:
            command.to = take_word(rest);
            command.room = take_word(rest);
            return true;
        case Kind::create:
            command.room = take_word(rest);
            command.is_private = take_word(rest) == "private";
            return true;
        case Kind::status:
            command.text = rest;
            return true;
        case Kind::ignore:
        case Kind::unignore:
        case Kind::person:
            command.to = take_word(rest);
            return true;
        case Kind::history:
            command.day = text::day_in(rest);
            return command.day || take_number_word(rest, command.n);
        case Kind::read:
        case Kind::unread:
        case Kind::remove:
        case Kind::pin:
        case Kind::unpin:
            return take_number_word(rest, command.n);
        case Kind::reply:
        case Kind::thread:
        case Kind::edit: {
            const bool is_number = take_number_word(rest, command.n);
            command.text = rest;
            return is_number;
        }
        case Kind::react:
        case Kind::unreact: {
            const bool is_number = take_number_word(rest, command.n);
            command.emoji = take_word(rest);
            return is_number;
        }
        default:
            command.room = take_word(rest);
            return true;
    }
}

}  // namespace

std::optional<std::uint64_t> number_in(std::string_view word) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
    return number;
}

std::expected<Command, std::string> parse_json_command(std::string_view line) {
    if (line.size() > kLongestLine) return no("the line is longer than " + std::to_string(kLongestLine) + " bytes");
    const auto object = Json::parse(line, nullptr, false);
    if (object.is_discarded()) return no("that is not JSON");
    if (!object.is_object()) return no("a command is a JSON object, as {\"do\":\"quit\"}");
    std::string name;
    if (!take_text(object, {"do"}, name) || name.empty()) return no("\"do\" must name a command: " + known_words());
    const auto* word = word_named(name);
    if (word == nullptr) return no("there is no command \"" + name.substr(0, 40) + "\"; there are: " + known_words());
    Command command;
    command.kind = word->kind;
    const bool texts = take_text(object, {"room"}, command.room) && take_text(object, {"to"}, command.to) &&
                       take_text(object, {"text", "nick", "topic", "read", "who"}, command.text) &&
                       take_text(object, {"op"}, command.op) && take_text(object, {"emoji"}, command.emoji);
    // Of a room that has one already it is the new one.
    auto& named = command.kind == Kind::rename ? command.text : command.room;
    if (!texts || (object.contains("name") && !take_text(object, {"name"}, named)))
        return no("room, name, to, text, nick, topic, emoji and op are strings");
    if (!take_flag(object, "private", command.is_private)) return no("private is true or false");
    std::string day;
    if (!take_text(object, {"date"}, day) || (!day.empty() && !(command.day = text::day_in(day))))
        return no("date is a day, as \"2026-03-01\"");
    std::uint64_t limit = command.limit;
    if (!take_number(object, {"before", "n"}, UINT64_MAX, command.n) || !take_number(object, {"limit"}, 1'000, limit))
        return no("before and n are whole numbers, and limit is one up to 1000");
    if (!take_number(object, {"minutes"}, kLongestStatusMinutes, command.minutes))
        return no("minutes is a whole number up to " + std::to_string(kLongestStatusMinutes));
    command.limit = static_cast<std::uint16_t>(limit);
    if (command.op.size() > kLongestTag) return no("\"op\" is longer than " + std::to_string(kLongestTag) + " bytes");
    if (auto missing = what_is_missing(*word, command)) return no(std::move(*missing));
    // Whoever misspells the key must not lose the topic for it.
    if (command.kind == Kind::topic && !object.contains("text") && !object.contains("topic"))
        return no("\"topic\" needs text; \"text\":\"\" takes the room's topic away");
    return command;
}

std::expected<Command, std::string> parse_plain_command(std::string_view line) {
    if (line.size() > kLongestLine) return no("the line is too long");
    if (!text::is_utf8(line)) return no("the line is not UTF-8");
    Command command;
    if (!line.starts_with('/') || line.starts_with("//")) {
        command.kind = Kind::post;
        command.text = line.substr(line.starts_with('/') ? 1 : 0);
        if (command.text.empty()) return no("there is nothing to send");
        return command;
    }
    line.remove_prefix(1);
    const auto* word = word_named(take_word(line));
    if (word == nullptr) return no("there is no such command; there are: " + known_words());
    command.kind = word->kind;
    if (!take_plain_arguments(line, command)) return no("that is not a number");
    if (auto missing = what_is_missing(*word, command)) return no(std::move(*missing));
    return command;
}

}  // namespace parley::cli
