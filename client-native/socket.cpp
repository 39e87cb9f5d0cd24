#include "client_native/socket.hpp"

#include <array>
#include <asio/connect.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>
#include <unordered_map>

#include "protocol/limits.hpp"
#include "websocket/endpoint.hpp"

namespace parley::native {

namespace {

using asio::ip::tcp;

constexpr std::uint16_t kVanished = 1006;
constexpr int kReadsInOneGo = 8;

// Shared by all sockets of a thread: an idle connection holds no buffer.
thread_local std::array<char, 64 * 1024> read_buffer;

class TcpSocket final : public Socket, public websocket::Wire, public std::enable_shared_from_this<TcpSocket> {
  public:
    TcpSocket(asio::io_context& io, const Url& url, SocketEvents& events)
        : io_(io), url_(url), events_(&events), resolver_(io), socket_(io) {}

    void start() {
        asio::error_code not_numeric;
        const auto address = asio::ip::make_address(url_.host, not_numeric);
        if (!not_numeric) return connect_to(tcp::endpoint(address, url_.port));
        resolver_.async_resolve(
            url_.host, std::to_string(url_.port),
            [self = shared_from_this()](asio::error_code error, const tcp::resolver::results_type& found) {
                if (error) return self->vanish(error.message());
                self->connect_to_one_of(found);
            });
    }

    // --- Socket
    void send(std::span<const std::byte> frame) override { endpoint_.send(frame.data(), frame.size()); }
    void close(std::uint16_t code, const std::string& reason) override {
        forget();
        resolver_.cancel();
        if (!connected_) return shut();
        endpoint_.close(code, reason);
    }
    void forget() override { events_ = nullptr; }

    // --- Wire
    void write(std::string bytes) override {
        queued_ += bytes;
        if (!writing_) write_queued();
    }
    void opened() override {
        if (events_ != nullptr) events_->opened();
    }
    void received(const char* bytes, std::size_t size) override {
        if (events_ != nullptr) events_->received(std::as_bytes(std::span(bytes, size)));
    }
    void heard() override {}
    [[nodiscard]] bool takes_more() const override { return true; }
    void closing() override {}
    void closed(std::uint16_t code, const std::string& reason) override {
        ended_ = true;
        if (!writing_) shut();
        // Not from within the endpoint, which its owner may want to be rid of now.
        asio::post(io_, [self = shared_from_this(), code, reason] { self->tell_closed(code, reason); });
    }
    std::uint64_t call_after(std::chrono::milliseconds delay, std::function<void()> call) override {
        const auto number = ++last_call_;
        auto& timer = calls_.emplace(number, asio::steady_timer(io_, delay)).first->second;
        timer.async_wait([self = shared_from_this(), number, call = std::move(call)](asio::error_code error) {
            if (error || self->calls_.erase(number) == 0) return;
            call();
        });
        return number;
    }
    void cancel(std::uint64_t call) override { calls_.erase(call); }

  private:
    void connect_to(const tcp::endpoint& endpoint) {
        socket_.async_connect(endpoint,
                              [self = shared_from_this()](asio::error_code error) { self->on_connected(error); });
    }
    void connect_to_one_of(const tcp::resolver::results_type& found) {
        asio::async_connect(socket_, found, [self = shared_from_this()](asio::error_code error, const tcp::endpoint&) {
            self->on_connected(error);
        });
    }

    void on_connected(asio::error_code error) {
        if (error) return vanish(error.message());
        if (events_ == nullptr) return shut();
        connected_ = true;
        socket_.set_option(tcp::no_delay(true), error);
        socket_.non_blocking(true, error);
        if (!endpoint_.connect(url_.text, "parley-native")) return vanish("not an address of a server");
        read();
    }

    void read() {
        if (!socket_.is_open()) return;
        socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](asio::error_code error) {
            if (!error) self->on_readable();
        });
    }

    void on_readable() {
        for (int i = 0; i < kReadsInOneGo && socket_.is_open(); ++i) {
            asio::error_code error;
            const auto size = socket_.read_some(asio::buffer(read_buffer), error);
            if (error == asio::error::would_block || error == asio::error::try_again) break;
            if (error) {
                endpoint_.end();
                break;
            }
            endpoint_.feed(read_buffer.data(), size);
            if (size < read_buffer.size()) break;
        }
        if (events_ != nullptr) events_->paused();
        if (!ended_) read();
    }

    void write_queued() {
        if (!socket_.is_open()) return;
        writing_ = true;
        in_flight_ = std::exchange(queued_, {});
        asio::async_write(
            socket_, asio::buffer(in_flight_),
            [self = shared_from_this()](asio::error_code error, std::size_t) { self->on_written(error); });
    }

    void on_written(asio::error_code error) {
        writing_ = false;
        if (error) return endpoint_.end();
        if (!queued_.empty()) return write_queued();
        if (ended_) shut();
    }

    void vanish(const std::string& why) {
        shut();
        tell_closed(kVanished, why);
    }

    void tell_closed(std::uint16_t code, const std::string& reason) {
        if (auto* events = std::exchange(events_, nullptr)) events->closed(code, reason);
    }

    void shut() {
        asio::error_code ignored;
        socket_.shutdown(tcp::socket::shutdown_both, ignored);
        socket_.close(ignored);
        calls_.clear();
        ended_ = true;
    }

    asio::io_context& io_;
    const Url url_;
    SocketEvents* events_;
    tcp::resolver resolver_;
    tcp::socket socket_;
    std::unordered_map<std::uint64_t, asio::steady_timer> calls_;
    std::uint64_t last_call_ = 0;
    std::string queued_;
    std::string in_flight_;
    bool connected_ = false;
    bool writing_ = false;
    bool ended_ = false;
    websocket::Endpoint endpoint_{
        *this,
        {std::chrono::milliseconds(limits::kMessageTime), std::chrono::milliseconds(limits::kCloseTime)},
        limits::kServerFrame};
};

}  // namespace

std::shared_ptr<Socket> open_socket(asio::io_context& io, const Url& url, SocketEvents& events) {
    auto socket = std::make_shared<TcpSocket>(io, url, events);
    asio::post(io, [socket] { socket->start(); });
    return socket;
}

}  // namespace parley::native
