// The events of a room's log. On the wire each has its kind and its length, so a client skips a kind it does not know
// and still counts its sequence. Kinds are append-only and never reused; a released event's fields never change.
// An event of a message that is sent again later (a resume, a hole that is filled) has the words that the message has
// by then: after an edit the new ones, after a deletion none.
#pragma once

#include <concepts>
#include <variant>
#include <vector>

#include "protocol/message.hpp"
#include "protocol/people.hpp"

namespace parley {

struct MessagePosted {
    static constexpr std::uint8_t kKind = 1;
    Ordinal ordinal;
    UserId author;
    OpId op;  // the author's outbox knows its own post by it
    Timestamp time;
    MessageText text;
    Ordinal reply_to = {};  // an earlier message of the room; 0: it answers none

    bool operator==(const MessagePosted&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(ordinal, author, op, time, text, reply_to);
    }
};

struct MemberJoined {
    static constexpr std::uint8_t kKind = 2;
    UserId user;
    Timestamp time;

    bool operator==(const MemberJoined&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(user, time);
    }
};

struct MemberLeft {
    static constexpr std::uint8_t kKind = 3;
    UserId user;
    Timestamp time;

    bool operator==(const MemberLeft&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(user, time);
    }
};

struct RoomCreated {
    static constexpr std::uint8_t kKind = 4;
    UserId creator;
    RoomKind kind = RoomKind::channel;
    RoomName name;
    Timestamp time;

    bool operator==(const RoomCreated&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(creator, kind, name, time);
    }
};

// --- what is done to a message that is there. Its revision becomes the sequence of the event.
// Has other words now.
struct MessageEdited {
    static constexpr std::uint8_t kKind = 5;
    Ordinal ordinal;
    UserId user;  // who did it
    OpId op;      // of that user's outbox
    Timestamp time;
    MessageText text;

    bool operator==(const MessageEdited&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(ordinal, user, op, time, text);
    }
};

// Its place stays; its words, reactions and pin are gone.
struct MessageDeleted {
    static constexpr std::uint8_t kKind = 6;
    Ordinal ordinal;
    UserId user;  // who did it
    OpId op;      // of that user's outbox
    Timestamp time;

    bool operator==(const MessageDeleted&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(ordinal, user, op, time);
    }
};

// The pair (user, emoji) is in the set of its reactions now, or is not.
struct ReactionChanged {
    static constexpr std::uint8_t kKind = 7;
    Ordinal ordinal;
    UserId user;  // who did it
    OpId op;      // of that user's outbox
    Emoji emoji;
    bool on = false;

    bool operator==(const ReactionChanged&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(ordinal, user, op, emoji, on);
    }
};

struct PinChanged {
    static constexpr std::uint8_t kKind = 8;
    Ordinal ordinal;
    UserId user;  // who did it
    OpId op;      // of that user's outbox
    Timestamp time;
    bool on = false;

    bool operator==(const PinChanged&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(ordinal, user, op, time, on);
    }
};

// --- what is done to the room itself
struct TopicChanged {
    static constexpr std::uint8_t kKind = 9;
    UserId user;  // who did it
    OpId op;      // of that user's outbox
    Timestamp time;
    RoomTopic topic;

    bool operator==(const TopicChanged&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(user, op, time, topic);
    }
};

struct RoomRenamed {
    static constexpr std::uint8_t kKind = 10;
    UserId user;  // who did it
    OpId op;      // of that user's outbox
    Timestamp time;
    RoomName name;

    bool operator==(const RoomRenamed&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(user, op, time, name);
    }
};

// All of them as they are now. Of a room that was not made as rooms are made otherwise it stands behind RoomCreated.
struct RoomSettingsChanged {
    static constexpr std::uint8_t kKind = 11;
    UserId user;  // who did it
    OpId op;      // of that user's outbox
    Timestamp time;
    RoomSettings settings;

    bool operator==(const RoomSettingsChanged&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(user, op, time, settings);
    }
};

// Is a member now: another member has brought her in.
struct MemberInvited {
    static constexpr std::uint8_t kKind = 12;
    UserId user;
    UserId by;
    Timestamp time;

    bool operator==(const MemberInvited&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(user, by, time);
    }
};

// Something that is about a message from before she came, in a room where newcomers may not read those. Never stored:
// whoever may read it gets the event that it is. Its sequence counts.
struct EventConcealed {
    static constexpr std::uint8_t kKind = 13;

    bool operator==(const EventConcealed&) const = default;
    template <class Archive>
    void serialize(Archive&) {}
};

// One of those who may post where only some may, or not any more.
struct PosterChanged {
    static constexpr std::uint8_t kKind = 14;
    UserId user;  // who did it
    OpId op;      // of that user's outbox
    Timestamp time;
    UserId person;
    bool on = false;

    bool operator==(const PosterChanged&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(user, op, time, person, on);
    }
};

// Something was said, or taken back, in the thread of this message.
struct ThreadChanged {
    static constexpr std::uint8_t kKind = 15;
    Ordinal ordinal;
    ThreadSoFar thread;

    bool operator==(const ThreadChanged&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(ordinal, thread);
    }
};

// An event of a later version. Its body was skipped; its sequence counts.
struct UnknownRoomEvent {
    std::uint8_t kind = 0;
    bool operator==(const UnknownRoomEvent&) const = default;
};

using RoomEventBody =
    std::variant<UnknownRoomEvent, MessagePosted, MemberJoined, MemberLeft, RoomCreated, MessageEdited, MessageDeleted,
                 ReactionChanged, PinChanged, TopicChanged, RoomRenamed, RoomSettingsChanged, MemberInvited,
                 EventConcealed, PosterChanged, ThreadChanged>;

// What an event takes beside its fixed fields: words, a name, a topic, an emoji.
[[nodiscard]] inline std::size_t content_bytes(const RoomEventBody& body) {
    return std::visit(
        [](const auto& event) -> std::size_t {
            if constexpr (requires { event.text; }) return event.text.str().size();
            if constexpr (requires { event.name; }) return event.name.str().size();
            if constexpr (requires { event.topic; }) return event.topic.str().size();
            if constexpr (requires { event.emoji; }) return event.emoji.str().size();
            return 0;
        },
        body);
}

// The message that an event brings or is about; 0: none.
[[nodiscard]] inline Ordinal message_of(const RoomEventBody& body) {
    return std::visit(
        [](const auto& event) {
            if constexpr (requires { event.ordinal; }) return event.ordinal;
            return Ordinal();
        },
        body);
}

// Those of them that change a message.
using MessageChange = std::variant<MessageEdited, MessageDeleted, ReactionChanged, PinChanged, ThreadChanged>;
template <class Event>
concept ChangesMessage = std::same_as<Event, MessageEdited> || std::same_as<Event, MessageDeleted> ||
    std::same_as<Event, ReactionChanged> || std::same_as<Event, PinChanged> || std::same_as<Event, ThreadChanged>;

// Those of them that change the room itself.
using RoomChange = std::variant<TopicChanged, RoomRenamed, RoomSettingsChanged, PosterChanged>;

// What became of the room itself, told among its messages: what was done to it, and who was brought into it. (Who came
// and went by herself is not: in a large room that would be most of what there is.)
template <class Event>
concept IsRoomNews = std::is_constructible_v<RoomChange, Event> || std::same_as<Event, MemberInvited>;
[[nodiscard]] inline bool is_room_news(const RoomEventBody& body) {
    return std::visit([]<class Event>(const Event&) { return IsRoomNews<Event>; }, body);
}

struct RoomEvent {
    Sequence sequence;
    RoomEventBody body;

    bool operator==(const RoomEvent&) const = default;
};

}  // namespace parley
