// What one call to the client leaves behind for its caller: effects to perform, notices to react to.
#pragma once

#include <utility>
#include <vector>

#include "client/client.hpp"
#include "protocol/alternative_of.hpp"

namespace parley::client {

struct Outputs {
    std::vector<Effect> effects;
    std::vector<Notice> notices;
    std::uint64_t version = 0;

    Outputs();
    ~Outputs();
    Outputs(const Outputs&) = delete;
    Outputs& operator=(const Outputs&) = delete;

    void send(const ClientMessage& message) { send_bytes(encode(message)); }
    template <AlternativeOf<ClientMessage> Message>
    void send(const Message& message);
    void send_bytes(Buffer bytes);
    template <AlternativeOf<Effect> Wanted>
    void want(Wanted wanted);
    // A program that never takes its notices loses the oldest half rather than its memory.
    template <AlternativeOf<Notice> News>
    void tell(News news);
    void changed() { ++version; }
};

}  // namespace parley::client
