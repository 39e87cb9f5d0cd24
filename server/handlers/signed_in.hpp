// A logged-in connection: what ties its session to its user's home and to the rooms she is in. Lives on the
// connection's shard, owned by the session; leaves people and rooms when it is destroyed.
#pragma once

#include <optional>
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
    void take_rate_share(double share) override;
    void dismissed(std::string_view why) override;
    // session::Attachment
    void drained() override;

    [[nodiscard]] const store::TokenHash& token_hash() const { return identity_.token_hash; }

    // Goes on catching up this connection with the room after each page, at the pace at which it takes them.
    [[nodiscard]] static rooms::CaughtUpStep catch_up_step(Services& services, const rooms::ListenerRef& listener,
                                                           RoomId room);

  private:
    struct CatchUp {
        RoomId room;
        rooms::Missing missing;
    };
    void send_profiles(const store::ProfilesRecord& record);
    void send_welcome(const store::PersonRecord& person, ProfileRevision profiles);
    void subscribe(RoomId room, std::optional<Sequence> applied);
    void caught_up(RoomId room, rooms::CaughtUp progress);
    void catch_up(const CatchUp& left);

    Context here_;
    Identity identity_;
    Known known_;
    session::Reply reply_;
    std::vector<CatchUp> waiting_;  // for the queue to drain
};

}  // namespace parley::handlers
