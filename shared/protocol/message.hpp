// A message as of now, and what people do to one that is there.
#pragma once

#include <optional>

#include "protocol/bounded.hpp"
#include "protocol/ids.hpp"
#include "protocol/limits.hpp"

namespace parley {

using MessageText = Text<limits::kMessageText>;
using Emoji = Text<limits::kEmoji>;  // in Unicode, never a shortcode

// Who reacts with this emoji: at least one person, by rising ids.
struct Reaction {
    Emoji emoji;
    List<UserId, limits::kReactionsPerMessage> users;

    bool operator==(const Reaction&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(emoji, users);
    }
};

// What is said about a message, in a room of its own.
struct ThreadSoFar {
    RoomId room;
    std::uint32_t replies = 0;  // that are there: without those that were deleted
    Timestamp latest;           // when the last one was said

    bool operator==(const ThreadSoFar&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(room, replies, latest);
    }
};

// `revision` is the last Sequence applied to it: an event at or below it changes nothing. A deleted message keeps its
// place, its author, what it answers and its thread; its words, reactions and pin are gone.
struct Message {
    Ordinal ordinal;
    Sequence sequence;
    Sequence revision;
    UserId author;
    Timestamp time;
    MessageText text;
    Ordinal reply_to = {};  // an earlier message of the room; 0: it answers none
    std::optional<Timestamp> edited = {};
    bool deleted = false;
    bool pinned = false;
    // A set of (user, emoji): each emoji once, in the order of their bytes, whoever came first.
    List<Reaction, limits::kEmojiPerMessage> reactions = {};
    std::optional<ThreadSoFar> thread = {};  // nothing: nobody has said anything in one

    bool operator==(const Message&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(ordinal, sequence, revision, author, time, text, reply_to, edited, deleted, pinned, reactions, thread);
    }
};

// What it takes of a page beside its fixed fields: its words and its reactions.
[[nodiscard]] inline std::size_t content_bytes(const Message& message) {
    auto bytes = message.text.str().size();
    for (const auto& reaction : message.reactions)
        bytes += reaction.emoji.str().size() + reaction.users.size() * sizeof(UserId);
    return bytes;
}

}  // namespace parley
