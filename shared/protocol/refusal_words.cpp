// What is said to a refusal: a word for machines, a sentence for people. A refusal without words does not compile.
#include <algorithm>
#include <array>
#include <cstdint>

#include "protocol/refusal.hpp"

namespace parley {

namespace {

struct Words {
    Refusal refusal;
    std::string_view name;
    std::string_view sentence;
};

constexpr auto kWords = std::to_array<Words>({
    {Refusal::unknown_message, "unknown_message",
     "This server does not know that message. It may be older than your client."},
    {Refusal::malformed, "malformed", "The message could not be read."},
    {Refusal::wrong_version, "wrong_version", "Your client and this server speak different versions. Reload the page."},
    {Refusal::hello_first, "hello_first", "The first message of a connection must be Hello."},
    {Refusal::not_logged_in, "not_logged_in", "Sign in first."},
    {Refusal::already_logged_in, "already_logged_in", "This connection is signed in already. Sign out first."},
    {Refusal::wrong_name_or_password, "wrong_name_or_password", "The name or the password is wrong."},
    {Refusal::registration_closed, "registration_closed",
     "This server does not take new accounts. Ask its administrator."},
    {Refusal::invite_needed, "invite_needed", "A valid invitation is needed to create an account here."},
    {Refusal::name_taken, "name_taken", "That name is taken. Choose another."},
    {Refusal::name_not_allowed, "name_not_allowed",
     "A name has 2 to 32 characters: a to z, 0 to 9, and . _ - inside, starting with a letter."},
    {Refusal::password_too_short, "password_too_short", "A password needs at least 8 characters."},
    {Refusal::token_not_valid, "token_not_valid", "Your session has ended. Sign in again."},
    {Refusal::no_such_room, "no_such_room", "There is no such room, or you may not see it."},
    {Refusal::not_a_member, "not_a_member", "You are not a member of this room. Join it first."},
    {Refusal::no_such_person, "no_such_person", "There is nobody of that name."},
    {Refusal::room_name_taken, "room_name_taken", "A room of that name exists. Join it, or choose another name."},
    {Refusal::room_name_not_allowed, "room_name_not_allowed",
     "A room name has 1 to 48 letters, digits, - or _, no spaces, and letters of one script."},
    {Refusal::text_empty, "text_empty", "There is nothing to send."},
    {Refusal::text_not_allowed, "text_not_allowed", "The text holds characters that cannot be sent."},
    {Refusal::too_many_rooms, "too_many_rooms", "You are in as many rooms as one person may be. Leave one first."},
    {Refusal::room_full, "room_full", "This room is full."},
    {Refusal::cannot_leave, "cannot_leave", "A chat cannot be left."},
    {Refusal::op_conflict, "op_conflict", "This operation was sent before with other content."},
    {Refusal::op_expired, "op_expired", "This was settled before, and how is no longer known."},
    {Refusal::nick_not_allowed, "nick_not_allowed",
     "A nick has 1 to 32 visible characters, no space at its ends, words of one script each, and is no "
     "reserved word."},
    {Refusal::nick_taken, "nick_taken", "Somebody has that nick, or one that looks like it."},
    {Refusal::no_such_message, "no_such_message", "There is no such message in this room."},
    {Refusal::not_your_message, "not_your_message", "Only who wrote a message may change or delete it."},
    {Refusal::message_deleted, "message_deleted", "This message has been deleted."},
    {Refusal::emoji_not_allowed, "emoji_not_allowed", "A reaction is one emoji."},
    {Refusal::too_many_reactions, "too_many_reactions", "This message has as many reactions as one may have."},
    {Refusal::too_many_pins, "too_many_pins", "This room has as many pins as it may have. Unpin a message first."},
    {Refusal::not_your_room, "not_your_room", "Only the owner of a room may change that."},
    {Refusal::topic_not_allowed, "topic_not_allowed", "A topic is one line of at most 200 characters."},
    {Refusal::not_in_a_chat, "not_in_a_chat", "That is for rooms. Make a room for it."},
    {Refusal::already_a_member, "already_a_member", "That person is in this room already."},
    {Refusal::access_stays, "access_stays", "A private room stays private, and the first room stays open to all."},
    {Refusal::room_archived, "room_archived", "This room is archived: it can be read, and nothing else."},
    {Refusal::may_not_post, "may_not_post", "Only some may write in this room. Its owner says who."},
    {Refusal::everybody_posts, "everybody_posts", "Everybody may write in this room."},
    {Refusal::too_many_posters, "too_many_posters", "As many people as one may name write in this room already."},
    {Refusal::group_size, "group_size", "A group chat has 3 to 9 people. For more, make a room."},
    {Refusal::status_not_allowed, "status_not_allowed",
     "A status is one line of at most 100 characters, and ends at a time that is still to come."},
    {Refusal::takes_no_messages, "takes_no_messages",
     "This person does not take direct messages from you, nor invitations."},
    {Refusal::cannot_block_yourself, "cannot_block_yourself", "You cannot block yourself."},
    {Refusal::too_many_blocked, "too_many_blocked",
     "You have blocked as many people as one may. Unblock somebody first."},
    {Refusal::no_thread_in_a_thread, "no_thread_in_a_thread", "This is a thread already: answer in it."},
    {Refusal::owner_keeps_archived, "owner_keeps_archived",
     "Only you can take this room back from the archive. Do so first, then leave it."},
    {Refusal::busy, "busy", "The server is busy. Your change is kept and sent again."},
    {Refusal::too_fast, "too_fast", "That was too fast. Your change is kept and sent again in a moment."},
    {Refusal::behind_a_refused_one, "behind_a_refused_one",
     "An earlier change must be taken first. This one is sent again after it."},
    {Refusal::too_many_unanswered, "too_many_unanswered",
     "Too many changes wait for an answer. This one is sent again."},
    {Refusal::storage_failing, "storage_failing",
     "The server cannot store changes right now. Yours is kept and sent again."},
    {Refusal::not_answered, "not_answered", "The server lost this change on the way. It is sent again."},
    {Refusal::login_too_often, "login_too_often", "Too many attempts to sign in. Wait a moment."},
    {Refusal::confirm_first, "confirm_first", "Too many results wait to be confirmed. This change is sent again."},
});

constexpr const Words* words_of(Refusal refusal) {
    const auto found =
        std::find_if(kWords.begin(), kWords.end(), [refusal](const Words& words) { return words.refusal == refusal; });
    return found == kWords.end() ? nullptr : &*found;
}

constexpr bool has_words_for_all() {
    std::size_t known = 0;
    for (int code = 0; code <= UINT8_MAX; ++code) {
        const auto refusal = static_cast<Refusal>(code);
        if (is_known(refusal) != (words_of(refusal) != nullptr)) return false;
        if (is_known(refusal)) ++known;
    }
    return known == kWords.size();  // none twice
}
static_assert(has_words_for_all());

}  // namespace

std::string_view name_of(Refusal refusal) {
    const auto* words = words_of(refusal);
    return words != nullptr ? words->name : "unknown";
}
std::string_view sentence_of(Refusal refusal) {
    const auto* words = words_of(refusal);
    return words != nullptr ? words->sentence : "The server refused this for a reason that this client does not know.";
}

}  // namespace parley
