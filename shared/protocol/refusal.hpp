// Why the server did not do what was asked: a code for programs, a sentence for people. A refusal is final (asking the
// same again gives the same) or retryable (the operation stays in the outbox and is sent again, in order).
#pragma once

#include <cstdint>
#include <string_view>

namespace parley {

// Explicit, append-only, never reused.
enum class Refusal : std::uint8_t {
    unknown_message = 1,
    malformed = 2,
    wrong_version = 3,
    hello_first = 4,
    not_logged_in = 5,
    already_logged_in = 6,
    wrong_name_or_password = 7,
    registration_closed = 8,
    invite_needed = 9,
    name_taken = 10,
    name_not_allowed = 11,
    password_too_short = 12,
    token_not_valid = 13,
    no_such_room = 14,  // also: a room that she may not see (T25)
    not_a_member = 15,
    no_such_person = 16,
    room_name_taken = 17,
    room_name_not_allowed = 18,
    text_empty = 19,
    text_not_allowed = 20,
    too_many_rooms = 21,
    room_full = 22,
    cannot_leave = 23,
    op_conflict = 24,  // the same OpId with other content
    op_expired = 25,   // settled and confirmed before
    nick_not_allowed = 26,
    nick_taken = 27,
    no_such_message = 28,
    not_your_message = 29,
    message_deleted = 30,
    emoji_not_allowed = 31,
    too_many_reactions = 32,
    too_many_pins = 33,
    not_your_room = 34,
    topic_not_allowed = 35,
    not_in_a_chat = 36,  // a chat has no name, topic or settings, and nobody is invited into it
    already_a_member = 37,
    access_stays = 38,
    room_archived = 39,
    may_not_post = 40,
    everybody_posts = 41,  // nobody is named where all may
    too_many_posters = 42,
    group_size = 43,
    status_not_allowed = 44,
    takes_no_messages = 45,  // whom she writes to, opens a chat with or invites has blocked her
    cannot_block_yourself = 46,
    too_many_blocked = 47,
    no_thread_in_a_thread = 48,
    owner_keeps_archived = 49,  // without its owner nobody could bring an archived room back
    // Retryable from here on.
    busy = 64,                  // a queue is full, or the commit failed for sure
    too_fast = 65,              // a rate; the answer says how long to wait
    behind_a_refused_one = 66,  // go-back-N: an earlier operation of this outbox was refused and must come first
    too_many_unanswered = 67,
    storage_failing = 68,
    not_answered = 69,  // the server lost the operation on the way; its outcome is not known to the sender
    login_too_often = 70,
    confirm_first = 71,  // too many results of this outbox are not confirmed
};

inline constexpr std::uint8_t kFirstRetryable = 64;
inline constexpr std::uint8_t kLastFinal = 49;
inline constexpr std::uint8_t kLastRetryable = 71;

[[nodiscard]] constexpr bool is_known(Refusal refusal) {
    const auto code = static_cast<std::uint8_t>(refusal);
    return (code >= 1 && code <= kLastFinal) || (code >= kFirstRetryable && code <= kLastRetryable);
}
[[nodiscard]] constexpr bool is_retryable(Refusal refusal) {
    return static_cast<std::uint8_t>(refusal) >= kFirstRetryable;
}

// The machine's word for a code, as in logs and the CLI: "name_taken".
[[nodiscard]] std::string_view name_of(Refusal refusal);
// The person's sentence: what happened, and what to do.
[[nodiscard]] std::string_view sentence_of(Refusal refusal);

}  // namespace parley
