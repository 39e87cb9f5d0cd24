// The front door: accepts, reads HTTP/1.1 request heads, serves the web client and a few fixed paths, and hands a valid
// upgrade of /ws to a WebSocket connection. One acceptor; sockets go to the shards round-robin.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/connection.hpp"
#include "net/web_files.hpp"
#include "protocol/limits.hpp"
#include "shard/asio_shards.hpp"

namespace parley::net {

struct FrontSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  // 0 picks a free one
    // Further Hosts and Origins that are taken, as "chat.example.org" and "https://chat.example.org"; a Host that is an
    // address, localhost, or the address we listen on is always taken (THREATS T18).
    std::vector<std::string> hosts;
    std::vector<std::string> origins;
    std::size_t outbox_memory = limits::kShardOutboxMemory;  // of each shard; beyond it the slowest readers are cut
};

struct HttpAnswer {
    unsigned status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
};

// A page the server makes itself: /healthz, /readyz, /metrics. GET and HEAD only. Runs on the connection's shard.
struct HttpPage {
    std::string path;
    bool loopback_only = false;
    std::function<HttpAnswer()> answer;
};

// What net counts; read by /metrics. Any thread.
struct FrontCounts {
    std::uint64_t accepted = 0;
    std::uint64_t refused_full = 0;
    std::uint64_t open_sockets = 0;
    std::uint64_t open_websockets = 0;
    std::uint64_t http_requests = 0;
    std::uint64_t http_refusals = 0;
    std::uint64_t frames_in = 0;
    std::uint64_t frames_out = 0;
    std::uint64_t writes = 0;  // to sockets; one may hold many frames
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
    std::uint64_t cut_slow = 0;
    std::uint64_t cut_for_memory = 0;  // of cut_slow: within their own bound, while all together held too much
    std::uint64_t cut_mute = 0;
    std::uint64_t handler_exceptions = 0;
};

// Any thread may call it. Destroyed only after the shards were stopped, which is what keeps its sockets' threads away.
class Front {
  public:
    // All references must outlive the front. `beat` is the application's heartbeat, sent when a peer got nothing for
    // kPingEvery.
    Front(shard::AsioShards& shards, FrontSettings settings, const WebFiles& files, std::vector<HttpPage> pages,
          ConnectionOpener& opener, SharedFrame beat);
    ~Front();

    // Binds and listens; the error says what to do. Empty: it worked.
    [[nodiscard]] std::string listen();
    [[nodiscard]] std::uint16_t port() const;  // the real one
    // Stops accepting, closes every WebSocket with 1001 and idle HTTP at once; calls `closed` on shard 0 when all are
    // gone or limits::kShutdownTime has passed.
    void close(std::function<void()> closed);
    [[nodiscard]] FrontCounts counts() const;

  private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace parley::net
