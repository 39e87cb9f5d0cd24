// A logged-in connection as its user's home sees it.
#pragma once

#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

#include "net/connection.hpp"
#include "people/allowance.hpp"
#include "protocol/server_messages.hpp"
#include "store/records.hpp"

namespace parley::people {

struct DeviceRef {
    shard::ShardId shard{};
    net::ConnectionId connection{};
    bool operator==(const DeviceRef&) const = default;
};

// What a login found: everything that makes up Welcome but its token.
struct Arrival {
    store::PersonRecord person;
    store::ProfilesRecord profiles;
};

// Implemented by the layer above, one per logged-in connection; called on the connection's shard.
class Device {
  public:
    virtual ~Device() = default;
    virtual void arrived(const Arrival& arrival) = 0;
    virtual void could_not_arrive(Refusal why) = 0;
    // Events above the arrival's account sequence, in order; the frame holds the same events.
    virtual void account_changed(std::span<const AccountEvent> events, const net::SharedFrame& frame) = 0;
    virtual void profiles_changed(const net::SharedFrame& frame) = 0;
    // To spend beside what its share of her rates gives it.
    virtual void lend(const Tokens& tokens) = 0;
    // Her rates are shared by her devices: this one may use this part of them.
    virtual void take_rate_share(double share) = 0;
    // The session is over: its token was withdrawn, or a newer device took its place.
    virtual void dismissed(std::string_view why) = 0;
};

// The devices of one shard. Lives on it; a device enters and leaves there.
class Devices {
  public:
    void enter(net::ConnectionId connection, Device& device) { devices_[connection] = &device; }
    void leave(net::ConnectionId connection) { devices_.erase(connection); }
    [[nodiscard]] Device* find(net::ConnectionId connection) const;
    void tell_all(const net::SharedFrame& profiles) const;

  private:
    std::unordered_map<net::ConnectionId, Device*> devices_;
};

}  // namespace parley::people
