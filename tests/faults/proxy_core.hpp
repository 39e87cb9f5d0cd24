// Inside of Proxy: what its connections share, and one of them. All on the proxy's thread.
#pragma once

#include <algorithm>
#include <array>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <random>
#include <set>

namespace parley::faults {

using asio::ip::tcp;
using namespace std::chrono_literals;

// What one connection has to suffer.
struct Lot {
    enum class End : std::uint8_t { none, reset, half_close, stall, swallow_up, swallow_down };
    std::chrono::milliseconds delay{0};
    std::size_t bytes_per_second = 0;  // 0: as fast as it goes
    bool chops = false;
    End end = End::none;
    std::uint64_t after_bytes = 0;  // both directions together
};

[[nodiscard]] Lot draw(std::mt19937_64& chance);

class Connection;

class ProxyCore {
  public:
    ProxyCore(std::uint16_t server, std::uint64_t seed)
        : server_at(asio::ip::make_address("127.0.0.1"), server),
          acceptor(io, tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0)),
          chance(seed) {
        accept();
    }
    void accept();

    asio::io_context io;
    tcp::endpoint server_at;
    tcp::acceptor acceptor;
    std::mt19937_64 chance;
    std::set<std::shared_ptr<Connection>> open;
    bool ruins = false;
    bool swallows_answers = false;
    bool frozen = false;
    std::uint64_t so_far = 0;
    std::uint64_t ended_by_lot = 0;
    std::uint64_t swallowed = 0;
    std::uint64_t bytes_to_clients = 0;
    double slowest_notice_ms = 0;
};

constexpr std::size_t kChoppedBytes = 48;  // of each piece, one by one
constexpr auto kStall = 3s;

// One direction of a connection: a piece is read, waits its time, is written, and the next is read.
struct Way {
    Way(tcp::socket& source, tcp::socket& target, asio::io_context& io, bool to_client)
        : from(source), to(target), timer(io), is_down(to_client) {}
    tcp::socket& from;
    tcp::socket& to;
    asio::steady_timer timer;
    bool is_down;
    bool swallows = false;
    std::array<char, 16 * 1024> piece{};
    std::size_t size = 0;
    std::size_t written = 0;
};

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(ProxyCore& core, tcp::socket client)
        : core_(core), client_(std::move(client)), server_(core.io), lot_(core.ruins ? draw(core.chance) : Lot{}) {}

    void start() {
        server_.async_connect(core_.server_at, [self = shared_from_this()](asio::error_code error) {
            if (error) return self->cut();
            asio::error_code ignored;
            self->server_.set_option(tcp::no_delay(true), ignored);
            self->client_.set_option(tcp::no_delay(true), ignored);
            self->read(self->up_);
            self->read(self->down_);
        });
    }

    // Both ends see a reset.
    void cut() {
        if (ended_) return;
        ended_ = true;
        if (silent_since_) note_noticed();
        for (auto* socket : {&client_, &server_}) {
            asio::error_code ignored;
            socket->set_option(asio::socket_base::linger(true, 0), ignored);
            socket->close(ignored);
        }
        up_.timer.cancel();
        down_.timer.cancel();
        core_.open.erase(shared_from_this());
    }

    void note_noticed() {
        const auto time =
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - *silent_since_).count();
        core_.slowest_notice_ms = std::max(core_.slowest_notice_ms, time);
        silent_since_.reset();
    }
    void thaw() {
        for (auto* way : {&up_, &down_})
            if (std::exchange(is_waiting_[way->is_down ? 1 : 0], false)) read(*way);
    }
    void forget_silence() { silent_since_.reset(); }

  private:
    void read(Way& way) {
        if (ended_) return;
        is_waiting_[way.is_down ? 1 : 0] = core_.frozen;
        if (core_.frozen) return;
        way.from.async_read_some(asio::buffer(way.piece),
                                 [self = shared_from_this(), &way](asio::error_code error, std::size_t size) {
                                     if (error) return self->end_of(way, error);
                                     way.size = size;
                                     way.written = 0;
                                     self->delay(way);
                                 });
    }

    // The end of one direction is passed on; the other goes on.
    void end_of(Way& way, asio::error_code error) {
        if (ended_) return;
        if (error != asio::error::eof || ++ends_ == 2) return cut();
        if (!way.is_down && silent_since_) note_noticed();
        asio::error_code ignored;
        way.to.shutdown(tcp::socket::shutdown_send, ignored);
    }

    void delay(Way& way) {
        auto time = std::chrono::duration_cast<std::chrono::milliseconds>(lot_.delay);
        if (lot_.bytes_per_second != 0) time += std::chrono::milliseconds(way.size * 1'000 / lot_.bytes_per_second);
        passed_ += way.size;
        if (lot_.end != Lot::End::none && passed_ >= lot_.after_bytes && suffer(way, time)) return;
        if (time == 0ms) return pass(way);
        way.timer.expires_after(time);
        way.timer.async_wait([self = shared_from_this(), &way](asio::error_code error) {
            if (!error && !self->ended_) self->pass(way);
        });
    }

    // The end that was drawn for it. True: the piece goes nowhere.
    bool suffer(Way& way, std::chrono::milliseconds& time) {
        const auto end = std::exchange(lot_.end, Lot::End::none);
        asio::error_code ignored;
        switch (end) {
            case Lot::End::reset:
                ++core_.ended_by_lot;
                cut();
                return true;
            case Lot::End::half_close:
                ++core_.ended_by_lot;
                way.to.shutdown(tcp::socket::shutdown_send, ignored);
                return true;
            case Lot::End::stall:
                time += kStall;
                return false;
            case Lot::End::swallow_up:
            case Lot::End::swallow_down:
                ++core_.swallowed;
                (end == Lot::End::swallow_up ? up_ : down_).swallows = true;
                if (end == Lot::End::swallow_down) silent_since_ = std::chrono::steady_clock::now();
                return false;
            case Lot::End::none:
                return false;
        }
        return false;
    }

    void pass(Way& way) {
        if (way.swallows || (way.is_down && core_.swallows_answers)) {
            way.size = 0;
            return read(way);
        }
        const auto left = way.size - way.written;
        const auto size = lot_.chops && way.written < kChoppedBytes ? 1 : left;
        asio::async_write(way.to, asio::buffer(way.piece.data() + way.written, size),
                          [self = shared_from_this(), &way](asio::error_code error, std::size_t count) {
                              if (error) return self->cut();
                              if (way.is_down) self->core_.bytes_to_clients += count;
                              way.written += count;
                              if (way.written < way.size) return self->pass(way);
                              way.size = 0;
                              self->read(way);
                          });
    }

    ProxyCore& core_;
    tcp::socket client_;
    tcp::socket server_;
    Lot lot_;
    Way up_{client_, server_, core_.io, false};
    Way down_{server_, client_, core_.io, true};
    std::array<bool, 2> is_waiting_{};  // for the thaw: up, down
    std::uint64_t passed_ = 0;
    int ends_ = 0;
    bool ended_ = false;
    std::optional<std::chrono::steady_clock::time_point> silent_since_;
};

}  // namespace parley::faults
