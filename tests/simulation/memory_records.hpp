// What a memory backend holds: the records of a store as plain maps. A second description of what the SQLite tables
// mean, kept equal to them by the conformance test.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace parley::simulation {

struct StoredAccount {
    Profile profile;
    std::string name_skeleton;
    std::string nick_skeleton;
    std::string password_hash;
    bool owner = false;
    AccountSequence sequence;
    OpId registered_by;
    Availability availability = Availability::automatic;
    Timestamp last_seen = {};
    std::set<UserId> blocked = {};
};

struct StoredToken {
    UserId user;
    Timestamp created;
    Timestamp expires;
};

// Ids are ordered as SQLite orders them: as signed integers.
struct BySignedValue {
    template <class Kind>
    bool operator()(Id<Kind> left, Id<Kind> right) const {
        return static_cast<std::int64_t>(left.value()) < static_cast<std::int64_t>(right.value());
    }
};

struct StoredRoom {
    RoomKind kind = RoomKind::channel;
    RoomName name;
    UserId first_person;
    UserId second_person;
    std::vector<RoomEvent> events;                          // the event of Sequence n stands at n - 1
    std::vector<Message> messages;                          // as of now; the one of Ordinal n stands at n - 1
    std::map<UserId, ReadPosition, BySignedValue> members;  // and how far each has read
    UserId owner = {};
    RoomTopic topic = {};
    RoomSettings settings = {};
    std::map<UserId, Ordinal> newcomers = {};            // from where they read
    std::map<UserId, Sequence> told_since = {};          // of the same, after which event
    std::map<UserId, bool, BySignedValue> posters = {};  // sets, as maps that can be undone
    std::map<UserId, bool> favourite_of = {};
    ThreadRoot root = {};  // of a thread

    [[nodiscard]] Sequence head() const { return Sequence(events.size()); }
    [[nodiscard]] Ordinal last_ordinal() const { return Ordinal(messages.size()); }
    [[nodiscard]] const Message& message(Ordinal ordinal) const { return messages[ordinal.value() - 1]; }
    [[nodiscard]] bool has_message(Ordinal ordinal) const { return ordinal != Ordinal() && ordinal <= last_ordinal(); }
    [[nodiscard]] UserId peer_of(UserId user) const { return user == first_person ? second_person : first_person; }
    [[nodiscard]] Ordinal reads_from(UserId user) const {
        const auto found = newcomers.find(user);
        return found == newcomers.end() ? Ordinal(1) : found->second;
    }
    [[nodiscard]] bool is_hidden() const {
        return kind != RoomKind::channel || settings.access == RoomAccess::by_invitation;
    }
    // Of a member.
    [[nodiscard]] std::optional<Refusal> why_not_post(UserId user) const {
        if (settings.archived) return Refusal::room_archived;
        const bool may = settings.posts == WhoPosts::everybody || owner == user || posters.contains(user);
        return may ? std::nullopt : std::optional(Refusal::may_not_post);
    }
    [[nodiscard]] GroupPeople people() const {
        GroupPeople all;
        if (kind != RoomKind::group) return all;
        std::map<UserId, bool> sorted;
        for (const auto& [user, read] : members) sorted.emplace(user, true);
        for (const auto& [user, is] : sorted) all.push_back(user);
        return all;
    }
    // As it stands in her list. REQUIRES: she is a member.
    [[nodiscard]] RoomSummary summary_for(RoomId id, UserId user) const;
    [[nodiscard]] Refusal refusal_for_stranger() const {
        return is_hidden() ? Refusal::no_such_room : Refusal::not_a_member;
    }
};

struct StoredOperation {
    std::uint64_t fingerprint = 0;
    std::optional<Refusal> refusal;
    store::Result result;
};

struct StoredOutbox {
    std::uint64_t confirmed_through = 0;
    std::uint64_t unconfirmed = 0;
    std::uint64_t last_used = 0;  // counts what was recorded
    std::map<std::uint64_t, StoredOperation> operations;
};

struct MemoryRecords {
    std::map<UserId, StoredAccount, BySignedValue> accounts;
    std::map<std::string, UserId> accounts_by_name;
    std::map<store::TokenHash, StoredToken> tokens;
    std::map<RoomId, StoredRoom, BySignedValue> rooms;
    std::map<std::string, RoomId> channels_by_name;            // the open ones
    std::map<std::pair<UserId, UserId>, RoomId> direct_chats;  // the lower id first
    std::map<std::vector<UserId>, RoomId> group_chats;         // by rising ids
    std::map<ThreadRoot, RoomId> threads;
    std::map<std::pair<UserId, OutboxId>, StoredOutbox> outboxes;
    ProfileRevision profile_revision;
    RoomId first_room;
    std::uint64_t commits = 0;
    std::uint64_t recorded = 0;  // operations

    [[nodiscard]] const StoredRoom* room(RoomId id) const {
        const auto found = rooms.find(id);
        return found == rooms.end() ? nullptr : &found->second;
    }
    // Whose rules are a room's.
    [[nodiscard]] const StoredRoom& ruler_of(const StoredRoom& of) const {
        return of.kind == RoomKind::thread ? *room(of.root.room) : of;
    }
};

// What a transaction has changed, so that it can be taken back.
class UndoLog {
  public:
    void add(std::move_only_function<void()> undo) { undos_.push_back(std::move(undo)); }
    void forget() { undos_.clear(); }
    void undo_all() {
        while (!undos_.empty()) {
            undos_.back()();
            undos_.pop_back();
        }
    }

  private:
    std::vector<std::move_only_function<void()>> undos_;
};

}  // namespace parley::simulation
