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
        all.push_back({entry.name.str(), entry.members, joined != nullptr, joined != nullptr ? joined->unread : 0,
                       entry.topic.str(), false});
    }
    for (const auto& [id, room] : state().rooms) {
        if (room.kind == RoomKind::direct) all.push_back({title(id), 2, true, room.unread, {}, false});
        if (room.is_private()) all.push_back({title(id), 0, true, room.unread, room.topic.str(), true});
    }
    printer_.rooms(all);
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
    if (command.text != "all" && command.text != "new")
        return refuse(command, "bad_command", "newcomers read \"all\" or what is \"new\"");
    const auto what = command.text == "all" ? NewcomersRead::all : NewcomersRead::since_joining;
    return change(chat.let_newcomers_read(room->id, what), command);
}

Conversation::Step Conversation::invite(const Command& command) {
    if (progress_.op) return progress_.settled ? Step::finished : Step::waits;
    const auto* room = find_room(command.room);
    if (room == nullptr) return no_room(command);
    const auto* person = state().person_named(std::string_view(command.to).substr(command.to.starts_with('@') ? 1 : 0));
    if (person == nullptr)
        return refuse(command, name_of(Refusal::no_such_person), sentence_of(Refusal::no_such_person));
    return change(client_.chat().invite(room->id, person->user), command);
}

void Conversation::on(const client::RoomChanged& changed) {
    const auto who = std::visit([](const auto& change) { return change.user; }, changed.change);
    printer_.room_changed(title(changed.room), {account(who), changed.sequence, changed.change});
}

void Conversation::on(const client::Invited& invited) {
    printer_.invited(title(invited.room), account(invited.user), account(invited.by));
}

}  // namespace parley::cli
