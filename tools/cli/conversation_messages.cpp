// Conversation: what is done to messages that are there, and what is heard of it.
#include "cli/conversation.hpp"

namespace parley::cli {

namespace {

constexpr std::string_view kTooLong = "too_long";

std::string why_too_long(const Command& command) {
    if (command.text.size() > limits::kMessageText)
        return "A message has at most " + std::to_string(limits::kMessageText) + " bytes.";
    if (command.emoji.size() > limits::kEmoji) return std::string(sentence_of(Refusal::emoji_not_allowed));
    return {};
}

}  // namespace

Conversation::Step Conversation::change_message(const Command& command) {
    const auto* room = find_room(command.room);
    if (room == nullptr) return no_room(command);
    if (const auto why = why_too_long(command); !why.empty()) return refuse(command, kTooLong, why);
    current_ = room->id;
    const auto op = ask_change(command, room->id);
    if (!op) return Step::waits;  // the outbox is full: go on when one is settled
    if (recorder_ != nullptr && command.kind == Command::Kind::reply) recorder_->posted(*op, room->id);
    tags_[*op] = Tag{command.op, room->id};
    return Step::finished;
}

std::optional<OpId> Conversation::ask_change(const Command& command, RoomId room) {
    auto& chat = client_.chat();
    const Ordinal message(command.n);
    switch (command.kind) {
        case Command::Kind::reply:
            return chat.reply(room, message, command.text);
        case Command::Kind::edit:
            return chat.edit(room, message, command.text);
        case Command::Kind::remove:
            return chat.remove(room, message);
        case Command::Kind::react:
        case Command::Kind::unreact:
            return chat.react(room, message, command.emoji, command.kind == Command::Kind::react);
        default:
            return chat.pin(room, message, command.kind == Command::Kind::pin);
    }
}

// Followed, and heard; then it is where she is.
Conversation::Step Conversation::thread(const Command& command) {
    if (progress_.op) return in_opened_thread(command);
    const auto* around = find_room(command.room);
    if (around == nullptr) return no_room(command);
    const auto* followed = state().thread_of(around->id, Ordinal(command.n));
    if (followed != nullptr) return followed->subscribed ? in_chat(command, *followed) : Step::waits;
    auto opening = command;
    if (!command.text.empty()) opening.op.clear();  // the tag belongs to the message
    return change(client_.chat().open_thread(around->id, Ordinal(command.n)), opening);
}

Conversation::Step Conversation::in_opened_thread(const Command& command) {
    if (!progress_.settled) return Step::waits;
    if (!progress_.room.names_something()) return Step::finished;  // refused
    const auto* opened = room_once_heard();
    return opened == nullptr ? Step::waits : in_chat(command, *opened);
}

// Which they are, then what they say, as far as that is not known.
Conversation::Step Conversation::pins(const Command& command) {
    const auto* room = find_room(command.room);
    if (room == nullptr) return no_room(command);
    if (!progress_.knows_pins) {
        if (progress_.request == 0) progress_.request = client_.chat().list_pins(room->id);
        return Step::waits;
    }
    std::vector<Ordinal> unknown;
    std::vector<ShownMessage> messages;
    for (const auto pin : room->pins) {
        const auto* message = room->message(pin);
        if (message == nullptr) {
            unknown.push_back(pin);
        } else {
            messages.push_back(shown(*message));
        }
    }
    if (!unknown.empty()) {
        if (progress_.request == 0) progress_.request = client_.chat().load_messages(room->id, std::move(unknown));
        return Step::waits;
    }
    printer_.pins(title(room->id), messages);
    return Step::finished;
}

void Conversation::on(const client::PinsLoaded& loaded) {
    if (loaded.request != progress_.request) return;
    progress_.knows_pins = true;
    progress_.request = 0;
}

// Perhaps not all of them: what is still unknown is asked for again.
void Conversation::on(const client::MessagesLoaded& loaded) {
    if (loaded.request == progress_.request) progress_.request = 0;
}

void Conversation::on(const client::MessageChanged& changed) {
    const auto who = std::visit(
        [this](const auto& change) -> std::string {
            if constexpr (requires { change.user; }) return account(change.user);
            return {};
        },
        changed.change);
    printer_.changed(title(changed.room), {who, changed.sequence, changed.change});
}

ShownMessage Conversation::shown(const Message& message) const {
    ShownMessage shown{account(message.author), message, {}};
    for (const auto& reaction : message.reactions) {
        auto& people = shown.reactions.emplace_back(reaction.emoji.str(), std::vector<std::string>()).second;
        for (const auto user : reaction.users) people.push_back(account(user));
    }
    return shown;
}

}  // namespace parley::cli
