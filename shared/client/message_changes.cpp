#include "client/message_changes.hpp"

#include <algorithm>

namespace parley::client {

namespace {

void put(Reaction& reaction, UserId user, bool on) {
    const auto& users = reaction.users;
    const auto at = std::lower_bound(users.begin(), users.end(), user);
    const auto index = static_cast<std::size_t>(at - users.begin());
    const bool is_there = at != users.end() && *at == user;
    if (on && !is_there) reaction.users.insert(index, user);
    if (!on && is_there) reaction.users.erase(index);
}

// A set, kept in the one order that everybody keeps it in.
void react(Message& message, UserId user, const Emoji& emoji, bool on) {
    auto& reactions = message.reactions;
    const auto& all = reactions.items();
    const auto at = std::lower_bound(all.begin(), all.end(), emoji, [](const Reaction& one, const Emoji& wanted) {
        return one.emoji.view() < wanted.view();
    });
    const auto index = static_cast<std::size_t>(at - all.begin());
    const bool is_there = at != all.end() && at->emoji == emoji;
    if (!is_there && (!on || !reactions.insert(index, Reaction{emoji, {}}))) return;
    put(reactions[index], user, on);
    if (reactions[index].users.empty()) reactions.erase(index);
}

void say(Message& message, const MessageText& text, Timestamp time) {
    message.text = text;
    message.edited = time;
}

void remove(Message& message) {
    message.deleted = true;
    message.text = {};
    message.edited.reset();
    message.pinned = false;
    message.reactions = {};
}

void apply(Message& message, const MessageEdited& event) {
    say(message, event.text, event.time);
}
void apply(Message& message, const MessageDeleted&) {
    remove(message);
}
void apply(Message& message, const ReactionChanged& event) {
    react(message, event.user, event.emoji, event.on);
}
void apply(Message& message, const PinChanged& event) {
    message.pinned = event.on;
}

void apply(Message& message, const ThreadChanged& event) {
    message.thread = event.thread;
}

struct LaidOver {
    Message& message;
    UserId self;
    Timestamp written;
    void operator()(const EditText& wish) const { say(message, wish.text, written); }
    void operator()(const DeleteMessage&) const { remove(message); }
    void operator()(const SetReaction& wish) const { react(message, self, wish.emoji, wish.on); }
    void operator()(const SetPin& wish) const { message.pinned = wish.on; }
};

}  // namespace

void apply_to(Message& message, Sequence sequence, const MessageChange& change) {
    if (sequence <= message.revision) return;
    std::visit([&](const auto& event) { apply(message, event); }, change);
    message.revision = sequence;
}

void lay_over(Message& message, UserId self, const PendingChange& wish) {
    if (message.deleted || wish.failed) return;
    std::visit(LaidOver{message, self, wish.written}, wish.change);
}

Ordinal message_of(const MessageChange& change) {
    return std::visit([](const auto& event) { return event.ordinal; }, change);
}

}  // namespace parley::client
