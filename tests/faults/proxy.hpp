// A TCP path between clients and server that can be ruined: everything through it can be delayed, throttled, chopped to
// single bytes, stalled, swallowed, cut or refused, for all connections at once or for each by a seeded draw. It runs
// on a thread of its own; every method may be called from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>

namespace parley::faults {

class ProxyCore;

class Proxy {
  public:
    Proxy(std::uint16_t server, std::uint64_t seed);
    ~Proxy();
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;

    [[nodiscard]] std::uint16_t port() const;

    // Each connection that is opened while this is on gets its own lot: some delay, perhaps throttled or chopped, and
    // after some bytes an end: a reset, a half close, a stall of a few seconds, or one direction swallowed for ever.
    void ruin(bool on);
    // What the server says is taken and thrown away; what clients say passes.
    void swallow_answers(bool on);
    // Nothing passes in either direction, and is not taken either; new connections are accepted and left alone.
    void freeze(bool on);
    void cut_all();  // with a reset

    [[nodiscard]] std::size_t connections() const;  // open now
    [[nodiscard]] std::uint64_t connections_so_far() const;
    [[nodiscard]] std::uint64_t ended_by_lot() const;      // by a reset or half close of the draw
    [[nodiscard]] std::uint64_t swallowed() const;         // connections that lost a direction
    [[nodiscard]] std::uint64_t bytes_to_clients() const;  // that passed
    // The longest that a client kept a connection whose answers were swallowed.
    [[nodiscard]] double slowest_notice_ms() const;

  private:
    void on_its_thread(const std::function<void(ProxyCore&)>& call) const;

    std::unique_ptr<ProxyCore> core_;
    std::thread thread_;
};

}  // namespace parley::faults
