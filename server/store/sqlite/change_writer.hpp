// What each change does to the tables, and what makes it impossible. Whatever is refused is refused before the first
// write, so one refusal leaves the rest of the transaction as it is. Throws DatabaseError; one transaction at a time.
#pragma once

#include "sqlite/account_tables.hpp"
#include "sqlite/block_table.hpp"
#include "sqlite/message_tables.hpp"
#include "sqlite/operation_log.hpp"
#include "sqlite/read_tables.hpp"
#include "sqlite/room_tables.hpp"

namespace parley::sqlite {

class ChangeWriter {
  public:
    explicit ChangeWriter(Database& database);

    // The operation is looked up first; what is decided anew is recorded with it.
    [[nodiscard]] store::Outcome apply(const store::Change& change, store::Effects& effects);

  private:
    using Outcome = store::Outcome;
    using Effects = store::Effects;

    [[nodiscard]] Outcome write(const store::RegisterAccount& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::CreateRoom& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::JoinRoom& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::LeaveRoom& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::OpenDirectChat& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::AppendMessage& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::EditText& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::DeleteMessage& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetReaction& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetPin& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::InviteToRoom& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetTopic& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::RenameRoom& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::ChangeRoomSettings& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetPoster& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetFavourite& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::OpenGroupChat& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::OpenThread& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetNick& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetStatus& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetAvailability& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetBlock& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::RecordRefusal& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::AddToken& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::RemoveToken& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::ReplacePasswordHash& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::MoveRead& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::NoteSeen& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::ForgetResults& change, Effects& effects);

    [[nodiscard]] bool is_free(RoomId room);
    // Somebody may say something in this room: she is in it, and the other one of a direct chat takes it.
    [[nodiscard]] std::optional<Refusal> why_not_speak(const RoomTables::State& room, UserId user);
    // --- threads
    // One of the message's room, where she is not one who follows the thread already.
    void follow(RoomId thread, UserId user, Timestamp now, Effects& effects);
    void stop_following(RoomId thread, UserId user, Timestamp now, Effects& effects);
    [[nodiscard]] bool may_follow(const ThreadRoot& root, UserId user);
    // Whom this post makes follow the thread: whom it mentions, and if it is the first, who wrote the message. Nobody
    // who blocks its author.
    void bring_in(const RoomTables::State& thread, const store::AppendMessage& post, Effects& effects);
    // Something was said in it, at this time, or taken back.
    void tell_root(const RoomTables::State& thread, std::optional<Timestamp> said, Effects& effects);
    Sequence enter(RoomId room, UserId user, Timestamp now, Effects& effects);
    void show(RoomId room, UserId user, Effects& effects, UserId invited_by = {});
    // The room, where she owns it / where she does and it is not archived.
    template <class Change>
    [[nodiscard]] std::expected<RoomTables::State, Refusal> find_owned(const Change& change);
    template <class Change>
    [[nodiscard]] std::expected<RoomTables::State, Refusal> find_changeable(const Change& change);
    // A member who may not write there, or change anything of what is there.
    [[nodiscard]] std::optional<Refusal> why_not_post(const RoomTables::State& room, UserId user);
    [[nodiscard]] Outcome make_direct(const store::OpenDirectChat& change, Effects& effects);

    // The message that a change is about, in a room that its author is in.
    struct Target {
        RoomTables::State room;
        MessageTables::State message;
    };
    template <class Change>
    [[nodiscard]] std::expected<Target, Refusal> find_target(const Change& change);
    // The same, where she must be one of those who may write there.
    template <class Change>
    [[nodiscard]] std::expected<Target, Refusal> find_as_poster(const Change& change);

    AccountTables accounts_;
    BlockTable blocks_;
    RoomTables rooms_;
    MessageTables messages_;
    ReadTables reading_;
    OperationLog operations_;
};

}  // namespace parley::sqlite
