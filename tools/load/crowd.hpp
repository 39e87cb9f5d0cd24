// Many clients of one server, as the measurement sees them. Two kinds: Parley's own clients, and raw sockets on the
// broadcast baseline. All on one io_context, one thread.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "client_native/native_client.hpp"
#include "event_log/event_log.hpp"
#include "load/options.hpp"

namespace asio {
class io_context;
}

namespace parley::load {

class CrowdEvents {
  public:
    virtual ~CrowdEvents() = default;
    virtual void everybody_is_in() = 0;
    virtual void heard(std::size_t client, std::string_view text) = 0;
    virtual void reconnected(std::size_t client) = 0;  // it lost its connection
    virtual void posting_failed(std::size_t client, const std::string& why) = 0;
    virtual void gave_up(const std::string& why) = 0;  // the measurement makes no sense any more
};

class Crowd {
  public:
    virtual ~Crowd() = default;
    virtual void come_in() = 0;
    virtual void post(std::size_t client, const std::string& text) = 0;
    virtual void go() = 0;  // everybody leaves; the io_context then runs out of work

    // --- for Storm; raw sockets have neither presence nor typing
    virtual void look(std::size_t) {}        // at its room: it is told who is there and types
    virtual void come_or_go(std::size_t) {}  // leaves without signing out, or is back and types
    [[nodiscard]] virtual native::NativeClient::Received received(std::size_t) const { return {}; }
};

// `log` may be nullptr; it and the others must outlive the crowd.
[[nodiscard]] std::unique_ptr<Crowd> parley_crowd(asio::io_context& io, const Options& options, CrowdEvents& events,
                                                  event_log::EventLog* log);
[[nodiscard]] std::unique_ptr<Crowd> baseline_crowd(asio::io_context& io, const Options& options, CrowdEvents& events);

}  // namespace parley::load
