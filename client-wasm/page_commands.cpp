// Page: what is typed with a slash at the beginning.
#include <algorithm>

#include "composing/status_time.hpp"
#include "emoji/emoji.hpp"
#include "markup/markup.hpp"
#include "page.hpp"
#include "text/day.hpp"
#include "text/names.hpp"

namespace parley {

using composing::CommandName;

void Page::run(const composing::SlashCommand& command, const Typed& typed) {
    constexpr std::size_t kShown = 32;
    const auto room = typed.room;
    if (command.description == nullptr) {
        const auto word = MessageText::cut(command.word.substr(0, kShown)).str();  // of a whole letter
        return hand_back(
            typed, "there is no command /" + word + ". /help lists those there are; //" + word + " sends it as text.");
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
            return change_nick(command.arguments, typed);
        case CommandName::status:
            return change_status(command.arguments);
        case CommandName::online:
        case CommandName::away:
        case CommandName::do_not_disturb:
        case CommandName::invisible:
            return change_availability(command.description->name);
        case CommandName::ignore:
        case CommandName::unignore:
            return block(command.arguments, command.description->name == CommandName::ignore, typed);
        case CommandName::message:
            return write_to(command.arguments, typed);
        case CommandName::join:
            return enter_room(command.arguments, typed);
        case CommandName::topic:
            return command.arguments.empty() ? tell_topic(room) : set_topic(command.arguments, typed);
        case CommandName::rename:
            return rename(command.arguments, typed);
        case CommandName::invite:
            return invite(command.arguments, typed);
        case CommandName::archive:
            return await(client_.archive(room, true));
        case CommandName::favourite:
            return make_favourite(room);
        case CommandName::leave: {
            const auto* known = client_.state().room(room);
            if (known == nullptr || known->is_chat())
                return view_.note("a chat cannot be left; it is quiet while nobody writes.");
            client_.leave_room(room);
            return;
        }
        case CommandName::jump_to_day:
            return jump_to_day(command.arguments, typed);
        case CommandName::log_out:
            return client_.log_out();
        default:
            return run_on_text(command.description->name, std::string(command.arguments), typed);
    }
}

void Page::run_on_text(CommandName name, const std::string& text, const Typed& typed) {
    const auto with = [&](std::string_view figure) {
        return text.empty() ? markup::escaped(figure) : text + " " + markup::escaped(figure);
    };
    const bool needs_text = name == CommandName::me || name == CommandName::spoiler || name == CommandName::plain;
    if (needs_text && text.empty()) return hand_back(typed, "a text belongs behind it.");
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
    post(typed.room, typed.to, source, typed);
}

void Page::change_nick(std::string_view nick, const Typed& typed) {
    if (!text::is_nick(nick))
        return hand_back(typed, "a shown name has 1 to 32 characters, no spaces at its ends and nothing invisible.");
    await(client_.set_nick(nick));
}

// Of a thread it is that of the room around it.
void Page::tell_topic(RoomId id) {
    const auto* room = client_.state().room(id);
    if (room == nullptr) return view_.note("this room is gone.");
    const auto& topic = client_.state().ruler_of(*room).topic;
    view_.note(topic.empty() ? "there is no topic here." : "the topic: " + topic.str());
}

void Page::set_topic(std::string_view words, const Typed& typed) {
    const auto topic = words == composing::kNothing ? std::string_view() : words;
    if (!text::is_room_topic(topic)) return hand_back(typed, "a topic is one line of at most 200 characters.");
    await(client_.set_topic(typed.room, topic));
}

void Page::rename(std::string_view name, const Typed& typed) {
    if (name.starts_with('#')) name.remove_prefix(1);
    if (!text::is_room_name(name))
        return hand_back(typed, "a room's name has 1 to 48 small letters, digits, - or _, and no spaces.");
    await(client_.rename_room(typed.room, name));
}

void Page::invite(std::string_view person, const Typed& typed) {
    if (person.starts_with('@')) person.remove_prefix(1);
    const auto* invited = client_.state().person_named(person);
    if (invited == nullptr) return hand_back(typed, "nobody here has the account @" + std::string(person) + ".");
    await(client_.invite(typed.room, invited->user));
}

// And back.
void Page::make_favourite(RoomId room) {
    const auto* known = client_.state().room(room);
    if (known != nullptr) client_.set_favourite(room, !known->favourite);
}

bool Page::set_status(const std::string& typed, std::uint32_t minutes) {
    const auto status = emoji::with_emoticons_replaced(emoji::with_shortcodes_replaced(typed));
    if (!status.empty() && !text::is_status(status)) {
        view_.asked_refused(view_.asker(), std::string(sentence_of(Refusal::status_not_allowed)));
        return false;
    }
    auto until = Timestamp{};
    if (minutes != 0 && !status.empty()) {
        until = client_.state().server_time(platform::wall_time());
        until.milliseconds += std::int64_t{minutes} * 60'000;
    }
    return await_if_kept(client_.set_status(status, until));
}

// "30m Lunch": for so long.
void Page::change_status(std::string_view time_and_status) {
    const auto [minutes, status] = composing::status_with_time(time_and_status);
    if (set_status(std::string(status), minutes) && status.empty())
        view_.note("your status is cleared. /status Lunch sets it, /status 30m Lunch for a while.");
}

void Page::change_availability(CommandName name) {
    const auto chosen = name == CommandName::away             ? Availability::away
                        : name == CommandName::do_not_disturb ? Availability::do_not_disturb
                        : name == CommandName::invisible      ? Availability::invisible
                                                              : Availability::automatic;
    if (!await_if_kept(client_.set_availability(chosen))) return;
    view_.note("you are shown as " +
               std::string(chosen == Availability::invisible ? "offline: nobody can tell that you are here."
                           : chosen == Availability::away    ? "away, on all your devices. /online ends it."
                           : chosen == Availability::do_not_disturb
                               ? "not to be disturbed, on all your devices. /online ends it."
                               : "online, and away where you are idle."));
}

void Page::block(std::string_view name, bool on, const Typed& typed) {
    if (name.starts_with('@')) name.remove_prefix(1);
    const auto* person = client_.state().person_named(name);
    if (person == nullptr) return hand_back(typed, "nobody here has the account @" + std::string(name) + ".");
    if (person->user == client_.state().self)
        return view_.note(std::string(sentence_of(Refusal::cannot_block_yourself)));
    if (!await_if_kept(client_.block(person->user, on))) return;
    view_.note(on ? "you take no direct messages of @" + std::string(name) +
                        " any more, and what they say in rooms is folded away. /unignore @" + std::string(name) +
                        " ends it."
                  : "you hear @" + std::string(name) + " again.");
}

// "@ana see you": opens the chat, and says it there.
void Page::write_to(std::string_view person_and_text, const Typed& typed) {
    const auto end = std::min(person_and_text.find(' '), person_and_text.size());
    auto name = person_and_text.substr(0, end);
    if (name.starts_with('@')) name.remove_prefix(1);
    const auto* person = client_.state().person_named(name);
    if (person == nullptr) return hand_back(typed, "nobody here has the account @" + std::string(name) + ".");
    const auto words = std::string(person_and_text.substr(std::min(end + 1, person_and_text.size())));
    const auto to = person->user;
    if (const auto* chat = direct_chat_with(to)) {
        const auto room = chat->id;
        go_to(room);
        if (!words.empty()) post(room, Ordinal(), words, typed);
        return;
    }
    const auto op = client_.open_direct_chat(to);
    if (op && !words.empty()) {
        said_to_.emplace(*op, Waiting{client_.state().self, words, typed});
        keep_draft(typed.room, view_.unfinished(typed.room));
    } else if (!words.empty()) {
        give_back_unsaid(typed, "Too much waits for the connection.");
    }
    await_room(op);
}

// The chat is there, shown or not.
void Page::say_what_waits(OpId op, RoomId room) {
    auto found = said_to_.extract(op);
    if (found.empty()) return;
    const auto& waiting = found.mapped();
    if (!room.names_something()) return give_back_unsaid(waiting.typed, {});
    keep_draft(waiting.typed.room, view_.unfinished(waiting.typed.room));  // the command is done
    post(room, Ordinal(), waiting.words, waiting.typed);
}

// The chat could not be opened: what was to be said in it is not said there some other day.
void Page::give_back_what_waits(OpId op, const std::string& sentence) {
    if (auto found = said_to_.extract(op); !found.empty()) give_back_unsaid(found.mapped().typed, sentence);
}

void Page::give_back_unsaid(const Typed& typed, const std::string& why) {
    give_back(typed, "The chat could not be opened." + (why.empty() ? why : " " + why));
}

void Page::give_back(const Typed& typed, std::string why) {
    view_.give_back(client_.state(), typed, std::move(why));
}

void Page::hand_back(const Typed& typed, std::string why) {
    give_back(typed, {});
    view_.note(std::move(why));
}

void Page::jump_to_day(std::string_view words, const Typed& typed) {
    if (words.empty()) {
        const auto* known = client_.state().room(typed.room);
        const bool is_empty = known == nullptr || known->timeline.empty();
        return view_.open_jump_to_day(client_.state(), is_empty ? now().wall : known->timeline.messages().back().time);
    }
    const auto day = text::day_in(words);
    if (!day) return hand_back(typed, "a day is written as 2026-03-01.");
    view_.go_to(*day);
}

void Page::enter_room(std::string_view name, const Typed& typed) {
    if (name.starts_with('#')) name.remove_prefix(1);
    const auto& state = client_.state();
    if (const auto* room = state.room_named(name)) return go_to(room->id);
    const auto found = std::find_if(state.directory.begin(), state.directory.end(),
                                    [&](const DirectoryEntry& entry) { return entry.name.view() == name; });
    if (found != state.directory.end()) return await_room(client_.join_room(found->id));
    client_.list_rooms();
    hand_back(typed, "no room #" + std::string(name) +
                         " is known here yet; the list is being fetched, try again. /list shows it.");
}

}  // namespace parley
