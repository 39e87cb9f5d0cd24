#include "net/acceptor.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "net/host_rules.hpp"
#include "protocol/limits.hpp"

namespace parley::net {
namespace {

std::string text_of(const sockaddr_storage& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* bytes = address.ss_family == AF_INET
                            ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in&>(address).sin_addr)
                            : static_cast<const void*>(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
    inet_ntop(address.ss_family, bytes, text.data(), text.size());
    const std::string result = text.data();
    return result.starts_with("::ffff:") && result.find('.') != std::string::npos ? result.substr(7) : result;
}

Descriptor open_reserve() {
    return Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

// As many as are allowed.
std::size_t raise_open_files() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

std::uint16_t port_of(int socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.ss_family == AF_INET ? reinterpret_cast<const sockaddr_in&>(address).sin_port
                                              : reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
}

std::string without_brackets(const std::string& address) {
    const bool bracketed = address.size() > 2 && address.front() == '[' && address.back() == ']';
    return bracketed ? address.substr(1, address.size() - 2) : address;
}

Descriptor bound_socket(const addrinfo& where) {
    Descriptor socket(::socket(where.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int on = 1;
    if (!socket.is_open()) return socket;
    setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(socket.number(), where.ai_addr, where.ai_addrlen) != 0 ||
        ::listen(socket.number(), limits::kAcceptBacklog) != 0) {
        const int error = errno;
        socket.reset();
        errno = error;
    }
    return socket;
}

std::string advice(const std::string& place, int error) {
    std::string text = "cannot listen on " + place + ": " + std::system_category().message(error);
    if (error == EADDRINUSE) text += ". Another program listens there; stop it or choose another port";
    if (error == EACCES) text += ". Ports below 1024 need a privilege; choose a higher one";
    if (error == EADDRNOTAVAIL) text += ". This machine has no such address";
    return text;
}

}  // namespace

std::size_t connections_within(std::size_t open_files) {
    if (open_files <= limits::kReservedDescriptors) return 1;
    return std::min(limits::kConnections, open_files - limits::kReservedDescriptors);
}

bool AddressCaps::take(const std::string& address) {
    if (is_loopback_address(address)) return true;
    auto& taken = taken_[address];
    if (taken == most_) return false;
    ++taken;
    return true;
}

void AddressCaps::give_back(const std::string& address) {
    const auto found = taken_.find(address);
    if (found != taken_.end() && --found->second == 0) taken_.erase(found);
}

Acceptor::Acceptor(shard::Shard& shard, asio::io_context& context, std::function<void(Accepted)> accepted)
    : shard_(shard),
      context_(context),
      hand_over_(std::move(accepted)),
      listener_(context_.get_executor()),
      reserve_(open_reserve()),
      caps_(limits::kConnectionsPerAddress) {}

Acceptor::~Acceptor() = default;

std::string Acceptor::listen(const std::string& address, std::uint16_t port) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const auto place = address + ":" + std::to_string(port);
    const auto numeric = address == "localhost" ? std::string("127.0.0.1") : without_brackets(address);
    if (getaddrinfo(numeric.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) {
        return "cannot listen on " + place + ": " + address + " is not an address of the form 127.0.0.1 or ::1";
    }
    unstarted_ = bound_socket(*found);
    const int error = errno;
    freeaddrinfo(found);
    if (!unstarted_.is_open()) return advice(place, error);
    port_ = port_of(unstarted_.number());
    most_open_ = connections_within(raise_open_files());
    return {};
}

void Acceptor::start() {
    if (is_closed_) return;
    // Ids rise from a random place, so that those of two runs are not mistaken for each other in the logs.
    last_id_ = shard_.random() >> 16;
    listener_.assign(unstarted_.release());
    await_next();
}

void Acceptor::close() {
    is_closed_ = true;
    asio::error_code ignored;
    listener_.close(ignored);
    unstarted_.reset();
}

void Acceptor::gone(const std::string& address) {
    --open_;
    caps_.give_back(address);
}

void Acceptor::await_next() {
    listener_.async_wait(asio::posix::descriptor_base::wait_read, [this](const asio::error_code& error) {
        if (!error && !is_closed_) accept_some();
    });
}

void Acceptor::accept_some() {
    for (int count = 0; count < limits::kAcceptsPerTurn; ++count) {
        if (accept_one()) continue;
        if (errno == ECONNABORTED || errno == EINTR || errno == EPROTO) continue;
        if (errno == EAGAIN) break;
        if (errno == EMFILE || errno == ENFILE) shed_one();
        return pause();
    }
    await_next();
}

bool Acceptor::accept_one() {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    Descriptor socket(
        accept4(listener_.native_handle(), reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket.is_open()) return false;
    hand_over(std::move(socket), text_of(from));
    return true;
}

void Acceptor::hand_over(Descriptor socket, std::string address) {
    if (open_ >= most_open_ || !caps_.take(address)) return refused_full_.add();
    const int on = 1;
    setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ++open_;
    accepted_.add();
    hand_over_({ConnectionId(++last_id_), std::move(socket), std::move(address)});
}

// Takes one client from the queue to close it: it learns at once that there is no room.
void Acceptor::shed_one() {
    reserve_.reset();
    const Descriptor shed(accept4(listener_.native_handle(), nullptr, nullptr, SOCK_CLOEXEC));
    if (shed.is_open()) refused_full_.add();
    reserve_ = open_reserve();
}

void Acceptor::pause() {
    shard_.call_after(limits::kAcceptPause, [this] {
        if (!is_closed_) await_next();
    });
}

}  // namespace parley::net
