// What a person wants, as the panels say it. The page performs them; a panel changes nothing but its own view.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "protocol/alternative_of.hpp"
#include "protocol/people.hpp"

namespace parley::ui::intent {

struct OpenRoom {
    RoomId room;
};  // show it
struct TurnTo {
    RoomId room;
};  // one that is shown: she writes there from now on
struct OpenThread {
    RoomId room;
    Ordinal message;
};
struct CloseThread {};
struct Post {
    RoomId room;
    std::string text;
};
struct Reply {
    RoomId room;
    Ordinal to;
    std::string text;
};
struct Edit {
    RoomId room;
    Ordinal message;
    std::string text;
};
struct Delete {
    RoomId room;
    Ordinal message;
};
struct React {
    RoomId room;
    Ordinal message;
    std::string emoji;
    bool on = true;
};
struct Pin {
    RoomId room;
    Ordinal message;
    bool on = true;
};
struct LoadMessage {  // what is answered, and not loaded
    RoomId room;
    Ordinal message;
};
struct GoTo {  // shows this message
    RoomId room;
    Ordinal message;
};
struct Retry {
    OpId op;
};
struct Discard {
    OpId op;
};
struct LoadLatest {
    RoomId room;
};
struct LoadOlder {
    RoomId room;
};
struct LoadNewer {
    RoomId room;
};
struct LoadAround {
    RoomId room;
    Ordinal at;
};
struct ListMembers {
    RoomId room;
};
struct MarkRead {
    RoomId room;
    Ordinal read;
};
struct MarkUnread {  // from this message on
    RoomId room;
    Ordinal first;
};
struct GoToDay {  // to the first message of that local day, or after it; a number as Calendar::day gives it
    RoomId room;
    std::int64_t day = 0;
};
struct LoadAt {
    RoomId room;
    Timestamp time;
};
struct Tell {  // sends what calls everybody, now that it was asked
    RoomId room;
    Ordinal to;
    std::string text;
    std::string typed;  // as it stood in the field
};
struct KeepDraft {
    RoomId room;
    std::string text;  // Unfinished, as a string
};
struct KeepPreview {  // whether she wants one
    bool wanted = false;
};
// In the composer's field, as if it were typed: this range, in bytes, becomes this text, and then this is selected.
struct ReplaceText {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
    std::size_t select_begin = 0;
    std::size_t select_end = 0;
};
struct SayTyping {
    RoomId room;
};
struct CreateRoom {
    std::string name;
    bool by_invitation = false;
};
// --- of a room that she owns
struct SetTopic {
    RoomId room;
    std::string topic;
};
struct RenameRoom {
    RoomId room;
    std::string name;
};
struct MakePrivate {
    RoomId room;
};
struct LetNewcomersRead {
    RoomId room;
    bool all = true;
};
struct LetPost {
    RoomId room;
    bool everybody = true;
};
struct SetPoster {
    RoomId room;
    UserId person;
    bool on = true;
};
struct Archive {
    RoomId room;
    bool on = true;
};
// --- of any that she is in
struct Invite {
    RoomId room;
    UserId person;
};
struct SetFavourite {
    RoomId room;
    bool on = true;
};
struct OpenGroupChat {
    std::vector<UserId> people;
};
struct JoinRoom {
    RoomId room;
};
struct LeaveRoom {
    RoomId room;
};
struct OpenDirectChat {
    UserId person;
};
struct ListRooms {};
struct SetNick {
    std::string nick;
};
// For so many minutes; 0: it stays. Empty takes it back.
struct SetStatus {
    std::string status;
    std::uint32_t minutes = 0;
};
struct SetAvailability {
    Availability availability = Availability::automatic;
};
struct Block {
    UserId person;
    bool on = true;
};
struct LookUp {  // whether she is here, or when she was
    UserId person;
};
struct ChooseTheme {
    std::string name;
};                        // "light", "dark", "system"
struct KeepEmojiHabits {  // as a line of text
    std::string line;
};
struct CopyText {
    std::string text;
};
struct CopyLink {  // the address of a message
    RoomId room;
    Ordinal message;
};
struct Forward {  // a message, to where she will say
    RoomId room;
    Ordinal message;
};
struct ListPins {
    RoomId room;
};
struct ChooseContrast {
    bool more = false;
};
struct LogOut {};

}  // namespace parley::ui::intent

namespace parley::ui {

using Intent =
    std::variant<intent::OpenRoom, intent::TurnTo, intent::OpenThread, intent::CloseThread, intent::Post, intent::Reply,
                 intent::Edit, intent::Delete, intent::React, intent::Pin, intent::LoadMessage, intent::GoTo,
                 intent::Retry, intent::Discard, intent::LoadLatest, intent::LoadOlder, intent::LoadNewer,
                 intent::LoadAround, intent::ListMembers, intent::MarkRead, intent::MarkUnread, intent::GoToDay,
                 intent::LoadAt, intent::Tell, intent::KeepDraft, intent::KeepPreview, intent::ReplaceText,
                 intent::SayTyping, intent::CreateRoom, intent::JoinRoom, intent::LeaveRoom, intent::OpenDirectChat,
                 intent::ListRooms, intent::SetNick, intent::ChooseTheme, intent::KeepEmojiHabits, intent::CopyText,
                 intent::CopyLink, intent::Forward, intent::ListPins, intent::ChooseContrast, intent::LogOut,
                 intent::SetTopic, intent::RenameRoom, intent::MakePrivate, intent::LetNewcomersRead, intent::LetPost,
                 intent::SetPoster, intent::Archive, intent::Invite, intent::SetFavourite, intent::OpenGroupChat,
                 intent::SetStatus, intent::SetAvailability, intent::Block, intent::LookUp>;

// In the order in which they were said. What it does with them is compiled once, not in every panel.
class Intents {
  public:
    Intents();
    ~Intents();
    Intents(Intents&& other) noexcept;
    Intents& operator=(Intents&& other) noexcept;

    template <AlternativeOf<Intent> Wanted>
    void add(Wanted wanted);
    [[nodiscard]] const std::vector<Intent>& all() const { return list_; }

  private:
    std::vector<Intent> list_;
};

}  // namespace parley::ui
