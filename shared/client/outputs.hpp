// What one call to the client leaves behind for its caller: effects to perform, notices to react to.
#pragma once

#include <utility>
#include <vector>

#include "client/client.hpp"

namespace parley::client {

struct Outputs {
    std::vector<Effect> effects;
    std::vector<Notice> notices;
    std::uint64_t version = 0;

    void send(const ClientMessage& message) { send_bytes(encode(message)); }
    void send_bytes(Buffer bytes) { effects.push_back(SendFrame{std::move(bytes)}); }
    // A program that never takes its notices loses the oldest half rather than its memory.
    void tell(Notice notice) {
        if (notices.size() >= limits::kClientNotices)
            notices.erase(notices.begin(), notices.begin() + static_cast<std::ptrdiff_t>(notices.size() / 2));
        notices.push_back(std::move(notice));
        ++version;
    }
    void changed() { ++version; }
};

}  // namespace parley::client
