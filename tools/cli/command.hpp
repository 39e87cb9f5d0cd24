// What a line of input asks for: a JSON object, or plain text from a terminal. Pure.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace parley::cli {

inline constexpr std::size_t kLongestLine = 128 * 1024;  // a text of limits::kMessageText with every character escaped
inline constexpr std::size_t kLongestTag = 256;          // of "op", which is echoed

struct Command {
    enum class Kind : std::uint8_t {
        join,
        post,
        history,
        dm,
        who,
        rooms,
        create,
        leave,
        nick,
        read,
        unread,
        typing,
        quit,
        reply,
        edit,
        remove,
        react,
        unreact,
        pin,
        unpin,
        thread,
        pins,
        topic,
        rename,
        invite,
        make_private,
        newcomers,
        archive,
        unarchive,
        posting,
        let_post,
        stop_posting,
        favourite,
        unfavourite,
        status,
        online,
        away,
        do_not_disturb,
        invisible,
        ignore,
        unignore,
        person,
        // --- typed alone
        help,
        show_topic,
    };
    Kind kind = Kind::quit;
    // "general", "#general" or "@bo"; empty: the one last used. "general~1234567" by its number: where rooms of hers
    // share a name, the name alone means none of them. With "/9" behind it the thread of its message 9, where she
    // follows that.
    std::string room;
    std::string to;    // dm (also several: "bo,cy"), invite, let_post, stop_posting, ignore, unignore, person
    std::string text;  // post, reply, edit, dm and thread (empty: only open it), nick, topic, rename, newcomers,
                       // posting, status (empty: takes it back)
    std::string emoji;
    std::string op;
    std::uint64_t n =
        0;  // the message, also whose thread it is; history: before it; read: up to it; unread: from it on
    std::optional<std::int64_t> day;  // history: around its first message; in UTC, as text/day counts
    std::uint16_t limit = 50;         // history
    bool is_private = false;          // create
    std::uint64_t minutes = 0;        // status: for so long; 0: it stays
};

// A whole number; nothing: it is none.
[[nodiscard]] std::optional<std::uint64_t> number_in(std::string_view word);

// {"do":"post","room":"general","text":"hi","op":"1"}. The error is a sentence.
[[nodiscard]] std::expected<Command, std::string> parse_json_command(std::string_view line);

// "/join general", "/dm bo hi", "/quit"; anything else is a post to the current room ("//" posts a line that begins
// with "/"). "/topic" shows the room's topic; /topic "" takes it away.
[[nodiscard]] std::expected<Command, std::string> parse_plain_command(std::string_view line);

}  // namespace parley::cli
