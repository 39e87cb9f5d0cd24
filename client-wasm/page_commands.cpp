// Page: what is typed with a slash at the beginning.
#include <algorithm>

#include "composing/status_time.hpp"
#include "emoji/emoji.hpp"
#include "markup/markup.hpp"
#include "page.hpp"
#include "text/names.hpp"

namespace parley {

using composing::CommandName;

void Page::run(RoomId room, const composing::SlashCommand& command, const std::string& typed) {
    constexpr std::size_t kShown = 32;
    if (command.description == nullptr) {
        const auto word = MessageText::cut(command.word.substr(0, kShown)).str();  // of a whole letter
        return view_.note("there is no command /" + word + ". /help lists those there are; //" + word +
                          " sends it as text.");
    }
    switch (command.description->name) {
        case CommandName::help:
        case CommandName::shortcuts:
            return view_.show_dialog(client_.state(), ui::Dialog::help);
        case CommandName::settings:
            return view_.show_dialog(client_.state(), ui::Dialog::settings);
        case CommandName::rooms:
            client_.list_rooms();
            return view_.show_dialog(client_.state(), ui::Dialog::browse_rooms);
        case CommandName::members:
            return view_.show_members();
        case CommandName::nick:
            return change_nick(command.arguments);
        case CommandName::status:
            return change_status(command.arguments);
        case CommandName::online:
        case CommandName::away:
        case CommandName::do_not_disturb:
        case CommandName::invisible:
            return change_availability(command.description->name);
        case CommandName::ignore:
        case CommandName::unignore:
            return block(command.arguments, command.description->name == CommandName::ignore);
        case CommandName::message:
            return write_to(command.arguments);
        case CommandName::join:
            return enter_room(command.arguments);
        case CommandName::leave: {
            const auto* known = client_.state().room(room);
            if (known == nullptr || known->kind == RoomKind::direct)
                return view_.note("a chat of two cannot be left; it is quiet while nobody writes.");
            client_.leave_room(room);
            return;
        }
        case CommandName::log_out:
            return client_.log_out();
        default:
            return run_on_text(room, command.description->name, std::string(command.arguments), typed);
    }
}

void Page::run_on_text(RoomId room, CommandName name, const std::string& text, const std::string& typed) {
    const auto with = [&](std::string_view figure) {
        return text.empty() ? markup::escaped(figure) : text + " " + markup::escaped(figure);
    };
    const bool needs_text = name == CommandName::me || name == CommandName::spoiler || name == CommandName::plain;
    if (needs_text && text.empty()) return view_.note("a text belongs behind it.");
    const auto source = [&]() -> std::string {
        switch (name) {
            case CommandName::me:
                return "_" + text + "_";
            case CommandName::spoiler:
                return "||" + text + "||";
            case CommandName::plain:
                return markup::escaped(text);
            case CommandName::shrug:
                return with("¯\\_(ツ)_/¯");
            case CommandName::tableflip:
                return with("(╯°□°)╯︵ ┻━┻");
            default:
                return with("┬─┬ ノ( ゜-゜ノ)");
        }
    }();
    post(room, Ordinal(), source, typed);
}

void Page::change_nick(std::string_view nick) {
    if (!text::is_nick(nick))
        return view_.note("a shown name has 1 to 32 characters, no spaces at its ends and nothing invisible.");
    await(client_.set_nick(nick));
}

void Page::set_status(const std::string& typed, std::uint32_t minutes) {
    const auto status = emoji::with_emoticons_replaced(emoji::with_shortcodes_replaced(typed));
    if (!status.empty() && !text::is_status(status))
        return view_.asked_refused(std::string(sentence_of(Refusal::status_not_allowed)));
    auto until = Timestamp{};
    if (minutes != 0 && !status.empty()) {
        until = client_.state().server_time(platform::wall_time());
        until.milliseconds += std::int64_t{minutes} * 60'000;
    }
    await(client_.set_status(status, until));
}

// "30m Lunch": for so long.
void Page::change_status(std::string_view time_and_status) {
    const auto [minutes, status] = composing::status_with_time(time_and_status);
    set_status(std::string(status), minutes);
    if (status.empty()) view_.note("your status is cleared. /status Lunch sets it, /status 30m Lunch for a while.");
}

void Page::change_availability(CommandName name) {
    const auto chosen = name == CommandName::away             ? Availability::away
                        : name == CommandName::do_not_disturb ? Availability::do_not_disturb
                        : name == CommandName::invisible      ? Availability::invisible
                                                              : Availability::automatic;
    await(client_.set_availability(chosen));
    view_.note("you are shown as " +
               std::string(chosen == Availability::invisible ? "offline: nobody can tell that you are here."
                           : chosen == Availability::away    ? "away, on all your devices. /online ends it."
                           : chosen == Availability::do_not_disturb
                               ? "not to be disturbed, on all your devices. /online ends it."
                               : "online, and away where you are idle."));
}

void Page::block(std::string_view name, bool on) {
    if (name.starts_with('@')) name.remove_prefix(1);
    const auto* person = client_.state().person_named(name);
    if (person == nullptr) return view_.note("nobody here has the account @" + std::string(name) + ".");
    if (person->user == client_.state().self)
        return view_.note(std::string(sentence_of(Refusal::cannot_block_yourself)));
    await(client_.block(person->user, on));
    view_.note(on ? "you take no direct messages of @" + std::string(name) +
                        " any more, and what they say in rooms is folded away. /unignore @" + std::string(name) +
                        " ends it."
                  : "you hear @" + std::string(name) + " again.");
}

// "@ana see you": opens the chat, and says it there.
void Page::write_to(std::string_view person_and_text) {
    const auto end = std::min(person_and_text.find(' '), person_and_text.size());
    auto name = person_and_text.substr(0, end);
    if (name.starts_with('@')) name.remove_prefix(1);
    const auto* person = client_.state().person_named(name);
    if (person == nullptr) return view_.note("nobody here has the account @" + std::string(name) + ".");
    const auto words = person_and_text.substr(std::min(end + 1, person_and_text.size()));
    said_to_.reset();
    if (!words.empty()) said_to_.emplace(person->user, std::string(words));
    obey(ui::intent::OpenDirectChat{person->user});
}

void Page::say_what_waits(const client::Room& room) {
    if (!said_to_ || room.kind != RoomKind::direct || room.peer != said_to_->first) return;
    const auto words = std::move(said_to_->second);
    said_to_.reset();
    post(room.id, Ordinal(), words, words);
}

// The chat could not be opened: what was to be said in it is not said there some other day.
void Page::give_back_what_waits() {
    if (!said_to_) return;
    const auto* person = client_.state().person(said_to_->first);
    const auto name = person != nullptr ? person->account.str() : std::string();
    view_.give_back(view_.open_room(), "/msg @" + name + " " + said_to_->second, "The chat could not be opened.");
    said_to_.reset();
}

void Page::enter_room(std::string_view name) {
    if (name.starts_with('#')) name.remove_prefix(1);
    const auto& state = client_.state();
    if (const auto* room = state.room_named(name)) return open(room->id, true);
    const auto found = std::find_if(state.directory.begin(), state.directory.end(),
                                    [&](const DirectoryEntry& entry) { return entry.name.view() == name; });
    if (found != state.directory.end()) return await(client_.join_room(found->id));
    client_.list_rooms();
    view_.note("no room #" + std::string(name) +
               " is known here yet; the list is being fetched, try again. /list shows it.");
}

}  // namespace parley
