#include "simulation/room_model.hpp"

namespace parley::simulation {

namespace {

constexpr const char* kNotThere = "changes what is not there";

}  // namespace

std::string RoomModel::apply(const RoomEvent& event) {
    return std::visit([&](const auto& body) { return apply(event.sequence, body); }, event.body);
}

std::string RoomModel::apply(Sequence sequence, const MessagePosted& event) {
    if (event.reply_to >= event.ordinal) return "answers what was not there yet";
    all_[event.ordinal] = {
        {event.ordinal, sequence, sequence, event.author, event.time, event.text, event.reply_to}, event.op, {}};
    return {};
}

RoomModel::Entry* RoomModel::changing(Sequence sequence, Ordinal message) {
    const auto found = all_.find(message);
    if (found == all_.end() || found->second.message.deleted) return nullptr;
    found->second.message.revision = sequence;
    return &found->second;
}

std::string RoomModel::apply(Sequence sequence, const MessageEdited& event) {
    auto* entry = changing(sequence, event.ordinal);
    if (!entry) return kNotThere;
    if (entry->message.author != event.user) return "is edited by another";
    entry->message.text = event.text;
    entry->message.edited = event.time;
    entry->words_by = event.op;
    return {};
}

std::string RoomModel::apply(Sequence sequence, const MessageDeleted& event) {
    auto* entry = changing(sequence, event.ordinal);
    if (!entry) return kNotThere;
    auto& message = entry->message;
    if (message.author != event.user) return "is deleted by another";
    Message left{message.ordinal, message.sequence, sequence, message.author, message.time, {}, message.reply_to};
    left.deleted = true;
    left.thread = message.thread;
    *entry = {left, {}, {}};
    return {};
}

std::string RoomModel::apply(Sequence sequence, const ReactionChanged& event) {
    auto* entry = changing(sequence, event.ordinal);
    if (!entry) return kNotThere;
    auto& users = entry->reactions[event.emoji.str()];
    const bool changed = event.on ? users.insert(event.user).second : users.erase(event.user) != 0;
    return changed ? std::string() : "reacts as before";
}

std::string RoomModel::apply(Sequence sequence, const PinChanged& event) {
    auto* entry = changing(sequence, event.ordinal);
    if (!entry) return kNotThere;
    if (entry->message.pinned == event.on) return "is pinned as before";
    entry->message.pinned = event.on;
    return {};
}

// Also of a message that was deleted: its thread goes on.
std::string RoomModel::apply(Sequence sequence, const ThreadChanged& event) {
    const auto found = all_.find(event.ordinal);
    if (found == all_.end()) return kNotThere;
    auto& message = found->second.message;
    const auto replies = message.thread ? message.thread->replies : 0;
    if (replies + 1 != event.thread.replies && event.thread.replies + 1 != replies)
        return "counts its replies otherwise";
    message.thread = event.thread;
    message.revision = sequence;
    return {};
}

std::vector<Message> RoomModel::messages() const {
    std::vector<Message> found;
    for (const auto& [ordinal, entry] : all_) {
        auto message = entry.message;
        for (const auto& [emoji, users] : entry.reactions) {
            if (users.empty()) continue;
            Reaction reaction{Emoji::cut(emoji), {}};
            for (const auto user : users) reaction.users.push_back(user);
            message.reactions.push_back(std::move(reaction));
        }
        found.push_back(std::move(message));
    }
    return found;
}

bool RoomModel::reacts(Ordinal message, UserId user, const std::string& emoji) const {
    const auto found = all_.find(message);
    if (found == all_.end()) return false;
    const auto users = found->second.reactions.find(emoji);
    return users != found->second.reactions.end() && users->second.contains(user);
}

const Message* RoomModel::find(Ordinal message) const {
    const auto found = all_.find(message);
    return found == all_.end() ? nullptr : &found->second.message;
}

}  // namespace parley::simulation
