// The one listening socket. Accepts, counts per address, refuses what is over a cap, and survives the system running
// out of descriptors. Lives on shard 0, but for listen().
#pragma once

#include <asio/io_context.hpp>
#include <asio/posix/basic_stream_descriptor.hpp>
#include <functional>
#include <string>
#include <unordered_map>

#include "net/counts.hpp"
#include "net/stream.hpp"
#include "shard/asio_shards.hpp"

namespace parley::net {

// How many connections are taken where the system allows so many open files: some are kept for the store and the log,
// and beyond kConnections nobody is served well.
[[nodiscard]] std::size_t connections_within(std::size_t open_files);

// How many connections each address has. Loopback is not counted: a proxy on this machine speaks for everybody.
class AddressCaps {
  public:
    explicit AddressCaps(std::size_t most) : most_(most) {}
    [[nodiscard]] bool take(const std::string& address);
    void give_back(const std::string& address);

  private:
    const std::size_t most_;
    std::unordered_map<std::string, std::size_t> taken_;
};

class Acceptor {
  public:
    Acceptor(shard::Shard& shard, asio::io_context& context, std::function<void(Accepted)> accepted);
    ~Acceptor();

    // Binds and listens, on any thread before start(). Empty: it worked; else what to do.
    [[nodiscard]] std::string listen(const std::string& address, std::uint16_t port);
    [[nodiscard]] std::uint16_t port() const { return port_; }

    void start();
    void close();
    // A socket that was handed over is closed.
    void gone(const std::string& address);

    // Any thread.
    [[nodiscard]] std::uint64_t accepted() const { return accepted_.value(); }
    [[nodiscard]] std::uint64_t refused_full() const { return refused_full_.value(); }

  private:
    void await_next();
    void accept_some();
    [[nodiscard]] bool accept_one();
    void hand_over(Descriptor socket, std::string address);
    void shed_one();
    void pause();

    shard::Shard& shard_;
    asio::io_context& context_;
    const std::function<void(Accepted)> hand_over_;
    Descriptor unstarted_;
    asio::posix::basic_stream_descriptor<asio::io_context::executor_type> listener_;
    Descriptor reserve_;  // given up for a moment to refuse a client when there is no descriptor left
    AddressCaps caps_;
    std::size_t open_ = 0;
    std::size_t most_open_ = 0;
    std::uint64_t last_id_ = 0;
    std::uint16_t port_ = 0;
    bool is_closed_ = false;
    Counter accepted_;
    Counter refused_full_;
};

}  // namespace parley::net
