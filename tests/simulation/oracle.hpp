// Judges a run when all is quiet: what was asked and answered (Ledger), what each client saw (Witness) and shows
// (ChatState), against what the store holds. Each check has a name; a violation says which, where and what.
#pragma once

#include <set>

#include "simulation/device.hpp"
#include "simulation/room_model.hpp"
#include "simulation/store_image.hpp"

namespace parley::simulation {

class Oracle {
  public:
    Oracle(const StoreImage& store, const Ledger& ledger, std::vector<Violation>& violations)
        : store_(store), ledger_(ledger), violations_(violations) {}

    // The store by itself: dense logs, one result for each operation, members as the events tell.
    void judge_store();
    // Asked and answered, against the store.
    void judge_operations();
    // What a client was shown while it lived.
    void judge(const Witness& witness);
    // What a client shows now that it is connected and quiet.
    void judge(const client::ChatState& state, const std::string& name);
    // Who is here, as all of them show it (oracle_people.cpp).
    void judge_presence(const std::vector<const client::ChatState*>& all);

  private:
    void violated(const char* check, std::string what) { violations_.push_back({check, std::move(what)}); }
    void judge_room(RoomId id, const RoomImage& room);
    void judge_mentions(UserId user, const RoomSummary& listed);
    // --- messages (oracle_messages.cpp)
    void judge_messages(RoomId id, const RoomImage& room);
    // That a message says of its thread what the thread holds.
    void judge_thread(RoomId id, const RoomImage& room, const Message& root);
    void judge_words(RoomId id, const RoomModel& model, const Message& message);
    void note_change(RoomId id, const RoomEvent& event);
    void judge_change_done(OpId op, const Asked& asked);
    // It was so already: the room at the place that was answered says so.
    [[nodiscard]] bool was_so(const Asked& asked) const;
    void judge_beside(const client::ChatState& state, const client::Room& room, const std::string& name);

    // --- rooms (oracle_rooms.cpp)
    // What its events make of it, and that nobody came in or did there what she may not.
    void judge_about(RoomId id, const RoomImage& room);
    void note_room_change(RoomId id, const RoomImage& room, const RoomEvent& event);
    void judge_room_change_done(OpId op, const Asked& asked);
    void judge_concealed(const Witness& witness);
    void judge_directory(const client::ChatState& state, const std::string& name);
    // What is told of the room among the messages that are shown.
    void judge_news(const client::Room& room, const std::string& name);

    void judge_order(OpId op, UserId user, RoomId room);
    [[nodiscard]] bool was_left_on_its_way(OpId op) const;
    void judge_done(OpId op, const Asked& asked);
    void judge_refused(OpId op, const Asked& asked);
    void judge_order(const Ledger::Before& order);
    void judge_heard(const Witness& witness);
    void judge_room_shown(const client::ChatState& state, const client::Room& room, const RoomSummary& summary,
                          const std::string& name);
    void judge_timeline(const client::Room& room, const std::string& name);
    // --- people (oracle_people.cpp)
    void judge_profiles(const client::ChatState& state, const std::string& name);
    void judge_settings(const client::ChatState& state, const store::PersonRecord& person, const std::string& name);
    void judge_presence_of(UserId user, Presence shown, bool is_here);
    [[nodiscard]] const RoomImage* room(RoomId id) const;

    struct Stored {
        RoomId room;
        Sequence sequence;
        const MessagePosted* message;
    };
    const StoreImage& store_;
    const Ledger& ledger_;
    std::vector<Violation>& violations_;
    std::map<Ledger::Whose, Stored> posts_;
    struct StoredChange {
        RoomId room;
        Sequence sequence;
        MessageChange change;
    };
    std::map<Ledger::Whose, StoredChange> changes_;
    std::map<std::pair<RoomId, Ordinal>, std::set<std::string>> words_;  // that a message has had
    std::map<Ledger::Whose, std::pair<RoomId, Sequence>> room_changes_;
    std::map<std::tuple<RoomId, UserId, OutboxId>, std::uint64_t> last_numbers_;
};

}  // namespace parley::simulation
