// "/nick Ana": what stands at the beginning of a text and is done instead of sent. A leading "//" or "\/" is a slash
// that is sent. The list holds names, arguments and help; who does them is the program.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace parley::composing {

// Typed for a text that takes one away: leaving it out takes nothing away.
inline constexpr std::string_view kNothing = "\"\"";

enum class CommandName : std::uint8_t {
    help,
    me,
    nick,
    message,
    join,
    leave,
    members,
    rooms,
    topic,
    rename,
    invite,
    archive,
    favourite,
    shrug,
    tableflip,
    unflip,
    spoiler,
    plain,
    jump_to_day,
    settings,
    shortcuts,
    log_out,
    status,
    online,
    away,
    do_not_disturb,
    invisible,
    ignore,
    unignore,
};

struct CommandDescription {
    CommandName name;
    std::string_view word;       // without the slash
    std::string_view aliases;    // with blanks between
    std::string_view arguments;  // "#room", or empty
    std::string_view help;
};
[[nodiscard]] std::span<const CommandDescription> commands();

struct SlashCommand {
    std::string_view word;                            // as typed, without the slash
    const CommandDescription* description = nullptr;  // nullptr: there is none of that name
    std::string_view arguments;                       // without blanks around them
};
// Nothing where the text is to be sent.
[[nodiscard]] std::optional<SlashCommand> slash_command_in(std::string_view text);
// Without the second slash, or the backslash, before a slash at its beginning.
[[nodiscard]] std::string_view without_slash_escape(std::string_view text);

}  // namespace parley::composing
