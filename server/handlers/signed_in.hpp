// A logged-in connection: what ties its session to its user's home and to the rooms she is in. Lives on the
// connection's shard, owned by the session; leaves people and rooms when it is destroyed.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "handlers/services.hpp"
#include "people/device.hpp"
#include "rooms/room_context.hpp"

namespace parley::handlers {

// Whose session it is, as a login or a resume found out.
struct Identity {
    UserId user;
    store::TokenHash token_hash{};
    std::optional<Token> fresh_token;  // after Register and LogIn: told once, in Welcome
};

// What a resuming client has already.
struct Known {
    ProfileRevision profiles;
    std::vector<RoomPosition> positions;
};

class SignedIn final : public people::Device, public session::Attachment {
  public:
    // Enters people and rooms; `reply` is settled when Welcome has gone out, or refused.
    SignedIn(Context here, Identity identity, Known known, session::Reply reply);
    ~SignedIn() override;

    // people::Device
    void arrived(const people::Arrival& arrival) override;
    void could_not_arrive(Refusal why) override;
    void account_changed(std::span<const AccountEvent> events, const net::SharedFrame& frame) override;
    void profiles_changed(const net::SharedFrame& frame) override;
    void lend(const people::Tokens& tokens) override;
    void take_rate_share(double share) override;
    void dismissed(std::string_view why) override;
    // session::Attachment
    void drained() override;
    std::chrono::milliseconds take_token(RateKind kind) override;

    // What comes too fast waits, the furthest of each room: no client says it again.
    void mark_read(RoomId room, ReadPosition read);

    [[nodiscard]] const store::TokenHash& token_hash() const { return identity_.token_hash; }
    // As far as it is known: not before Welcome has gone out.
    [[nodiscard]] bool is_invisible() const {
        return availability_.value_or(Availability::invisible) == Availability::invisible;
    }

    // Any shard: this connection is to be sent what it misses of the room, when its turn comes.
    static void want(Services& services, const rooms::ListenerRef& listener, RoomId room, rooms::Missing missing);

  private:
    struct CatchUp {
        RoomId room;
        rooms::Missing missing;
    };
    // Profiles as the connection takes them, then Welcome, what was held meanwhile, the rooms.
    void go_on_arriving();
    void send_profiles_page();
    void finish_arriving();
    void send_welcome(const store::PersonRecord& person, ProfileRevision profiles);
    void subscribe(const RoomSummary& listed, std::optional<Sequence> applied);
    void caught_up(RoomId room, rooms::CaughtUp progress);
    void mark_late_reads();
    // A few rooms at a time, one page of each, while the connection takes them.
    bool asked_again(RoomId room, rooms::Missing missing);
    void go_on_catching_up();
    void start_page(const CatchUp& wanted);
    [[nodiscard]] bool is_behind() const;
    [[nodiscard]] static SignedIn* find(Services& services, const rooms::ListenerRef& listener);

    struct HeldChange {
        std::vector<AccountEvent> events;
        net::SharedFrame frame;
    };

    Context here_;
    Identity identity_;
    Known known_;
    session::Reply reply_;
    people::Allowance allowance_;               // nothing but what time gives until her home lends
    std::unique_ptr<people::Arrival> arrival_;  // while it is under way
    std::size_t profiles_sent_ = 0;
    std::vector<HeldChange> held_;  // account changes since the arrival was read
    std::optional<Availability> availability_;
    std::deque<CatchUp> waiting_;
    std::size_t pages_under_way_ = 0;
    std::unordered_map<RoomId, ReadPosition> late_reads_;  // of at most kRoomsListed rooms
};

}  // namespace parley::handlers
