// Conversation: the rooms there are, what is done to one, and what is heard of it.
#include "cli/conversation.hpp"

namespace parley::cli {

namespace {

std::optional<Refusal> why_too_long(const Command& command) {
    if (command.kind == Command::Kind::topic && command.text.size() > limits::kRoomTopic)
        return Refusal::topic_not_allowed;
    if (command.kind == Command::Kind::rename && command.text.size() > limits::kRoomName)
        return Refusal::room_name_not_allowed;
    return std::nullopt;
}

}  // namespace

// Those that anybody may join, then those of hers that are in no directory.
Conversation::Step Conversation::rooms() {
    if (directory_first() == Step::waits) return Step::waits;
    std::vector<ShownRoom> all;
    for (const auto& entry : state().directory) {
        const auto* joined = state().room(entry.id);
        all.push_back(joined != nullptr ? shown(*joined) : ShownRoom{entry.name.str()});
        all.back().members = entry.members;
        all.back().topic = entry.topic.str();
    }
    for (const auto& [id, room] : state().rooms) {
        const bool is_listed = !room.is_chat() && !room.is_private() && !room.settings.archived;
        if (!is_listed && !room.is_thread()) all.push_back(shown(room));
    }
    printer_.rooms(all);
    return Step::finished;
}

ShownRoom Conversation::shown(const client::Room& room) const {
    ShownRoom shown{title(room.id)};
    if (room.kind == RoomKind::direct) shown.members = 2;
    if (room.kind == RoomKind::group) shown.members = static_cast<std::uint32_t>(room.people.size());
    shown.joined = true;
    shown.unread = room.unread;
    shown.mentions = room.mentions;
    shown.topic = room.topic.str();
    shown.is_private = room.is_private();
    shown.favourite = room.favourite;
    shown.archived = room.settings.archived;
    return shown;
}

Conversation::Step Conversation::show_topic(const Command& command) {
    const auto* room = find_room(command.room);
    if (room == nullptr) return no_room(command);
    printer_.note(title(room->id) + (room->topic.empty() ? " has no topic." : ": " + room->topic.str()));
    return Step::finished;
}

Conversation::Step Conversation::change_room(const Command& command) {
    if (progress_.op) return progress_.settled ? Step::finished : Step::waits;
    const auto* room = find_room(command.room);
    if (room == nullptr) return no_room(command);
    if (const auto why = why_too_long(command)) return refuse(command, name_of(*why), sentence_of(*why));
    auto& chat = client_.chat();
    if (command.kind == Command::Kind::topic) return change(chat.set_topic(room->id, command.text), command);
    if (command.kind == Command::Kind::rename) return change(chat.rename_room(room->id, command.text), command);
    if (command.kind == Command::Kind::make_private) return change(chat.make_private(room->id), command);
    if (command.kind == Command::Kind::archive) return change(chat.archive(room->id, true), command);
    if (command.kind == Command::Kind::unarchive) return change(chat.archive(room->id, false), command);
    if (command.kind == Command::Kind::favourite) return change(chat.set_favourite(room->id, true), command);
    if (command.kind == Command::Kind::unfavourite) return change(chat.set_favourite(room->id, false), command);
    if (command.kind == Command::Kind::posting) return let_post(command, room->id);
    if (command.text != "all" && command.text != "new")
        return refuse(command, "bad_command", "newcomers read \"all\" or what is \"new\"");
    const auto what = command.text == "all" ? NewcomersRead::all : NewcomersRead::since_joining;
    return change(chat.let_newcomers_read(room->id, what), command);
}

Conversation::Step Conversation::let_post(const Command& command, RoomId room) {
    if (command.text != "all" && command.text != "some")
        return refuse(command, "bad_command", "\"all\" may post, or only \"some\"");
    const auto who = command.text == "all" ? WhoPosts::everybody : WhoPosts::some;
    return change(client_.chat().let_post(room, who), command);
}

// Into it, or among those who may post there.
Conversation::Step Conversation::take_in(const Command& command) {
    if (progress_.op) return progress_.settled ? Step::finished : Step::waits;
    const auto* room = find_room(command.room);
    if (room == nullptr) return no_room(command);
    const auto* person = person_in(command.to);
    if (person == nullptr)
        return refuse(command, name_of(Refusal::no_such_person), sentence_of(Refusal::no_such_person));
    auto& chat = client_.chat();
    if (command.kind == Command::Kind::invite) return change(chat.invite(room->id, person->user), command);
    return change(chat.set_poster(room->id, person->user, command.kind == Command::Kind::let_post), command);
}

const Profile* Conversation::person_in(std::string_view word) const {
    return state().person_named(word.substr(word.starts_with('@') ? 1 : 0));
}

// "bo,cy" or "@bo, @cy": the people of a group chat. Nothing: somebody of them is not known.
std::optional<std::vector<UserId>> Conversation::people_in(std::string_view words) const {
    std::vector<UserId> people;
    while (!words.empty()) {
        const auto end = std::min(words.find(','), words.size());
        auto word = words.substr(0, end);
        words.remove_prefix(std::min(end + 1, words.size()));
        word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
        const auto* person = person_in(word);
        if (person == nullptr) return std::nullopt;
        people.push_back(person->user);
    }
    return people;
}

Conversation::Step Conversation::group(const Command& command) {
    const auto people = people_in(command.to);
    if (!people) return refuse(command, name_of(Refusal::no_such_person), sentence_of(Refusal::no_such_person));
    if (people->size() > limits::kGroupPeople)
        return refuse(command, name_of(Refusal::group_size), sentence_of(Refusal::group_size));
    if (const auto* room = state().group_of(*people)) return in_chat(command, *room);
    if (progress_.op) return progress_.settled && !progress_.room.names_something() ? Step::finished : Step::waits;
    auto opening = command;
    if (!command.text.empty()) opening.op.clear();  // the tag belongs to the message
    return change(client_.chat().open_group_chat(*people), opening);
}

void Conversation::on(const client::RoomChanged& changed) {
    const auto who = std::visit([](const auto& change) { return change.user; }, changed.change);
    ShownRoomChange shown{account(who), changed.sequence, changed.change};
    if (const auto* poster = std::get_if<PosterChanged>(&changed.change)) shown.person = account(poster->person);
    printer_.room_changed(title(changed.room), shown);
}

void Conversation::on(const client::Invited& invited) {
    printer_.invited(title(invited.room), account(invited.user), account(invited.by));
}

}  // namespace parley::cli
