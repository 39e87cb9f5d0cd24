// The words for codes: refusals, errors, messages.
#include "protocol/codec.hpp"

namespace parley {

namespace {

// "PostText" out of the compiler's own name of the type (gcc: "[with T = parley::PostText; …", clang: "[T =
// parley::PostText]").
template <class T>
constexpr std::string_view type_name() {
    std::string_view name = __PRETTY_FUNCTION__;
    name.remove_prefix(name.find("T = parley::") + 12);
    return name.substr(0, name.find_first_of(";]"));
}

template <class Variant>
std::string_view alternative_name(const Variant& message) {
    return std::visit([]<class T>(const T&) { return type_name<T>(); }, message);
}

struct Words {
    std::string_view name;
    std::string_view sentence;
};

// Long because it is a table: a line or two for each refusal, and the compiler says which one is missing.
Words words_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::unknown_message:
            return {"unknown_message", "This server does not know that message. It may be older than your client."};
        case Refusal::malformed:
            return {"malformed", "The message could not be read."};
        case Refusal::wrong_version:
            return {"wrong_version", "Your client and this server speak different versions. Reload the page."};
        case Refusal::hello_first:
            return {"hello_first", "The first message of a connection must be Hello."};
        case Refusal::not_logged_in:
            return {"not_logged_in", "Sign in first."};
        case Refusal::already_logged_in:
            return {"already_logged_in", "This connection is signed in already. Sign out first."};
        case Refusal::wrong_name_or_password:
            return {"wrong_name_or_password", "The name or the password is wrong."};
        case Refusal::registration_closed:
            return {"registration_closed", "This server does not take new accounts. Ask its administrator."};
        case Refusal::invite_needed:
            return {"invite_needed", "A valid invitation is needed to create an account here."};
        case Refusal::name_taken:
            return {"name_taken", "That name is taken. Choose another."};
        case Refusal::name_not_allowed:
            return {"name_not_allowed",
                    "A name has 2 to 32 characters: a to z, 0 to 9, and . _ - inside, starting with a letter."};
        case Refusal::password_too_short:
            return {"password_too_short", "A password needs at least 8 characters."};
        case Refusal::token_not_valid:
            return {"token_not_valid", "Your session has ended. Sign in again."};
        case Refusal::no_such_room:
            return {"no_such_room", "There is no such room, or you may not see it."};
        case Refusal::not_a_member:
            return {"not_a_member", "You are not a member of this room. Join it first."};
        case Refusal::no_such_person:
            return {"no_such_person", "There is nobody of that name."};
        case Refusal::room_name_taken:
            return {"room_name_taken", "A room of that name exists. Join it, or choose another name."};
        case Refusal::room_name_not_allowed:
            return {"room_name_not_allowed",
                    "A room name has 1 to 48 letters, digits, - or _, no spaces, and letters of one script."};
        case Refusal::text_empty:
            return {"text_empty", "There is nothing to send."};
        case Refusal::text_not_allowed:
            return {"text_not_allowed", "The text holds characters that cannot be sent."};
        case Refusal::too_many_rooms:
            return {"too_many_rooms", "You are in as many rooms as one person may be. Leave one first."};
        case Refusal::room_full:
            return {"room_full", "This room is full."};
        case Refusal::cannot_leave:
            return {"cannot_leave", "A chat cannot be left."};
        case Refusal::op_conflict:
            return {"op_conflict", "This operation was sent before with other content."};
        case Refusal::op_expired:
            return {"op_expired", "This was settled before, and how is no longer known."};
        case Refusal::nick_not_allowed:
            return {"nick_not_allowed",
                    "A nick has 1 to 32 visible characters, no space at its ends, words of one script each, and is no "
                    "reserved word."};
        case Refusal::nick_taken:
            return {"nick_taken", "Somebody has that nick, or one that looks like it."};
        case Refusal::no_such_message:
            return {"no_such_message", "There is no such message in this room."};
        case Refusal::not_your_message:
            return {"not_your_message", "Only who wrote a message may change or delete it."};
        case Refusal::message_deleted:
            return {"message_deleted", "This message has been deleted."};
        case Refusal::emoji_not_allowed:
            return {"emoji_not_allowed", "A reaction is one emoji."};
        case Refusal::too_many_reactions:
            return {"too_many_reactions", "This message has as many reactions as one may have."};
        case Refusal::too_many_pins:
            return {"too_many_pins", "This room has as many pins as it may have. Unpin a message first."};
        case Refusal::not_your_room:
            return {"not_your_room", "Only the owner of a room may change that."};
        case Refusal::topic_not_allowed:
            return {"topic_not_allowed", "A topic is one line of at most 200 characters."};
        case Refusal::not_in_a_chat:
            return {"not_in_a_chat", "That is for rooms. Make a room for it."};
        case Refusal::already_a_member:
            return {"already_a_member", "That person is in this room already."};
        case Refusal::access_stays:
            return {"access_stays", "A private room stays private, and the first room stays open to all."};
        case Refusal::room_archived:
            return {"room_archived", "This room is archived: it can be read, and nothing else."};
        case Refusal::may_not_post:
            return {"may_not_post", "Only some may write in this room. Its owner says who."};
        case Refusal::everybody_posts:
            return {"everybody_posts", "Everybody may write in this room."};
        case Refusal::too_many_posters:
            return {"too_many_posters", "As many people as one may name write in this room already."};
        case Refusal::group_size:
            return {"group_size", "A group chat has 3 to 9 people. For more, make a room."};
        case Refusal::status_not_allowed:
            return {"status_not_allowed",
                    "A status is one line of at most 100 characters, and ends at a time that is still to come."};
        case Refusal::takes_no_messages:
            return {"takes_no_messages", "This person does not take direct messages from you, nor invitations."};
        case Refusal::cannot_block_yourself:
            return {"cannot_block_yourself", "You cannot block yourself."};
        case Refusal::too_many_blocked:
            return {"too_many_blocked", "You have blocked as many people as one may. Unblock somebody first."};
        case Refusal::no_thread_in_a_thread:
            return {"no_thread_in_a_thread", "This is a thread already: answer in it."};
        case Refusal::busy:
            return {"busy", "The server is busy. Your change is kept and sent again."};
        case Refusal::too_fast:
            return {"too_fast", "That was too fast. Your change is kept and sent again in a moment."};
        case Refusal::behind_a_refused_one:
            return {"behind_a_refused_one", "An earlier change must be taken first. This one is sent again after it."};
        case Refusal::too_many_unanswered:
            return {"too_many_unanswered", "Too many changes wait for an answer. This one is sent again."};
        case Refusal::storage_failing:
            return {"storage_failing", "The server cannot store changes right now. Yours is kept and sent again."};
        case Refusal::not_answered:
            return {"not_answered", "The server lost this change on the way. It is sent again."};
        case Refusal::login_too_often:
            return {"login_too_often", "Too many attempts to sign in. Wait a moment."};
        case Refusal::confirm_first:
            return {"confirm_first", "Too many results wait to be confirmed. This change is sent again."};
    }
    return {"unknown", "The server refused this for a reason that this client does not know."};
}

}  // namespace

std::string_view name_of(Refusal refusal) {
    return words_of(refusal).name;
}
std::string_view sentence_of(Refusal refusal) {
    return words_of(refusal).sentence;
}

std::string_view name_of(DecodeError error) {
    switch (error) {
        case DecodeError::none:
            return "none";
        case DecodeError::empty:
            return "empty";
        case DecodeError::unknown_tag:
            return "unknown_tag";
        case DecodeError::truncated:
            return "truncated";
        case DecodeError::trailing_bytes:
            return "trailing_bytes";
        case DecodeError::too_long:
            return "too_long";
        case DecodeError::not_utf8:
            return "not_utf8";
        case DecodeError::out_of_range:
            return "out_of_range";
        case DecodeError::over_budget:
            return "over_budget";
    }
    return "unknown";
}

std::string_view name_of(const ClientMessage& message) {
    return alternative_name(message);
}
std::string_view name_of(const ServerMessage& message) {
    return alternative_name(message);
}

}  // namespace parley
