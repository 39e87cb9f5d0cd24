#include "cli/command.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/command_words.hpp"
#include "composing/slash_command.hpp"
#include "composing/status_time.hpp"
#include "protocol/message.hpp"
#include "text/day.hpp"
#include "text/utf8.hpp"

namespace parley::cli {

namespace {

using Json = nlohmann::json;
using Kind = Command::Kind;

constexpr std::uint64_t kLongestStatusMinutes = 366 * 24 * 60;

constexpr std::size_t kShown = 32;  // of a word that is no command

std::unexpected<std::string> no(std::string why) {
    return std::unexpected(std::move(why));
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

std::optional<std::string> what_is_missing(const CommandWord& word, const Command& command) {
    for (auto needs = word.needs; !needs.empty();) {
        const auto field = take_word(needs);
        if (!has(command, field)) return "\"" + std::string(word.word) + "\" needs " + std::string(field);
    }
    return std::nullopt;
}

std::unexpected<std::string> no_such_command(std::string_view name) {
    const auto shown = MessageText::cut(name.substr(0, kShown)).str();  // of a whole letter
    return no("there is no command /" + shown + ". /help lists those there are; //" + shown + " sends it as text.");
}

bool take_number_word(std::string_view& rest, std::uint64_t& into) {
    const auto word = take_word(rest);
    const auto number = number_in(word.empty() ? "0" : word);
    into = number.value_or(0);
    return number.has_value();
}

bool take_day(const Json& object, std::optional<std::int64_t>& into) {
    std::string day;
    if (!take_text(object, {"date"}, day)) return false;
    if (!day.empty()) into = text::day_in(day);
    return day.empty() || into.has_value();
}

// What is wrong with a field, or nothing. Those that the command has no use for are looked at too.
std::optional<std::string> take_fields(const Json& object, Command& command) {
    const bool texts = take_text(object, {"room"}, command.room) && take_text(object, {"to"}, command.to) &&
                       take_text(object, {"text", "nick", "topic", "read", "who"}, command.text) &&
                       take_text(object, {"op"}, command.op) && take_text(object, {"emoji"}, command.emoji);
    // Of a room that has one already it is the new one.
    auto& named = command.kind == Kind::rename ? command.text : command.room;
    if (!texts || (object.contains("name") && !take_text(object, {"name"}, named)))
        return "room, name, to, text, nick, topic, emoji and op are strings";
    if (!take_flag(object, "private", command.is_private)) return "private is true or false";
    if (!take_day(object, command.day)) return "date is a day, as \"2026-03-01\"";
    std::uint64_t limit = command.limit;
    if (!take_number(object, {"before", "n"}, UINT64_MAX, command.n) || !take_number(object, {"limit"}, 1'000, limit))
        return "before and n are whole numbers, and limit is one up to 1000";
    if (!take_number(object, {"minutes"}, kLongestStatusMinutes, command.minutes))
        return "minutes is a whole number up to " + std::to_string(kLongestStatusMinutes);
    command.limit = static_cast<std::uint16_t>(limit);
    return std::nullopt;
}

// What follows "/word", each in its own order.
bool take_plain_arguments(std::string_view rest, Command& command) {
    switch (command.kind) {
        case Kind::dm:
            command.to = take_word(rest);
            command.text = rest;
            return true;
        case Kind::topic:
            if (rest.empty()) command.kind = Kind::show_topic;
            command.text = rest == composing::kNothing ? std::string_view() : rest;
            return true;
        case Kind::post:
        case Kind::rename:
            command.text = rest.substr(rest.starts_with('#') ? 1 : 0);
            return true;
        case Kind::nick:
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
        case Kind::status: {
            const auto [minutes, status] = composing::status_with_time(rest);
            command.minutes = minutes;
            command.text = status;
            return true;
        }
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
    if (!take_text(object, {"do"}, name) || name.empty()) return no("\"do\" must name a command: " + words_in_json());
    const auto* word = word_in_json(name);
    if (word == nullptr) return no("there is no command \"" + name.substr(0, 40) + "\"; there are: " + words_in_json());
    Command command;
    command.kind = word->kind;
    if (auto wrong = take_fields(object, command)) return no(std::move(*wrong));
    if (command.op.size() > kLongestTag) return no("\"op\" is longer than " + std::to_string(kLongestTag) + " bytes");
    if (auto missing = what_is_missing(*word, command)) return no(std::move(*missing));
    // A bot says which; who types means the one that she is in.
    if (command.kind == Kind::leave && command.room.empty()) return no("\"leave\" needs room");
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
    line = line.substr(1, line.find_last_not_of(" \t"));
    const auto name = take_word(line);
    const auto* word = word_typed(name);
    if (word == nullptr) return no_such_command(name);
    command.kind = word->kind;
    if (!take_plain_arguments(line, command)) return no("that is not a number");
    if (auto missing = what_is_missing(*word, command)) return no(std::move(*missing));
    if (word->word == "me") command.text = "_" + command.text + "_";  // as the web client sends it
    return command;
}

}  // namespace parley::cli
