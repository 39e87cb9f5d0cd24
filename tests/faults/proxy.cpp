#include "faults/proxy.hpp"

#include <asio/post.hpp>
#include <future>

#include "faults/proxy_core.hpp"

namespace parley::faults {

Lot draw(std::mt19937_64& chance) {
    Lot lot;
    lot.delay = std::chrono::milliseconds(chance() % 2 == 0 ? 0 : chance() % 80);
    if (chance() % 4 == 0) lot.bytes_per_second = 20'000 + chance() % 200'000;
    lot.chops = chance() % 3 == 0;
    constexpr std::array kEnds{Lot::End::reset,      Lot::End::reset, Lot::End::reset,      Lot::End::half_close,
                               Lot::End::half_close, Lot::End::stall, Lot::End::swallow_up, Lot::End::swallow_down};
    lot.end = kEnds[chance() % kEnds.size()];
    lot.after_bytes = 1 + chance() % 150'000;
    return lot;
}

void ProxyCore::accept() {
    acceptor.async_accept([this](asio::error_code error, tcp::socket client) {
        if (error) return;
        ++so_far;
        const auto connection = std::make_shared<Connection>(*this, std::move(client));
        open.insert(connection);
        connection->start();
        accept();
    });
}

Proxy::Proxy(std::uint16_t server, std::uint64_t seed)
    : core_(std::make_unique<ProxyCore>(server, seed)), thread_([this] { core_->io.run(); }) {}

Proxy::~Proxy() {
    on_its_thread([](ProxyCore& core) {
        core.acceptor.close();
        for (const auto all = core.open; const auto& connection : all) connection->cut();
    });
    core_->io.stop();
    thread_.join();
}

void Proxy::on_its_thread(const std::function<void(ProxyCore&)>& call) const {
    std::promise<void> done;
    asio::post(core_->io, [&] {
        call(*core_);
        done.set_value();
    });
    done.get_future().wait();
}

std::uint16_t Proxy::port() const {
    return core_->acceptor.local_endpoint().port();
}

void Proxy::ruin(bool on) {
    on_its_thread([on](ProxyCore& core) { core.ruins = on; });
}
void Proxy::swallow_answers(bool on) {
    on_its_thread([on](ProxyCore& core) { core.swallows_answers = on; });
}
void Proxy::freeze(bool on) {
    on_its_thread([on](ProxyCore& core) {
        core.frozen = on;
        for (const auto all = core.open; const auto& connection : all)
            if (!on) connection->thaw();
    });
}
void Proxy::cut_all() {
    on_its_thread([](ProxyCore& core) {
        for (const auto all = core.open; const auto& connection : all) {
            connection->forget_silence();
            connection->cut();
        }
    });
}

std::size_t Proxy::connections() const {
    std::size_t count = 0;
    on_its_thread([&](ProxyCore& core) { count = core.open.size(); });
    return count;
}
std::uint64_t Proxy::connections_so_far() const {
    std::uint64_t count = 0;
    on_its_thread([&](ProxyCore& core) { count = core.so_far; });
    return count;
}
std::uint64_t Proxy::ended_by_lot() const {
    std::uint64_t count = 0;
    on_its_thread([&](ProxyCore& core) { count = core.ended_by_lot; });
    return count;
}
std::uint64_t Proxy::swallowed() const {
    std::uint64_t count = 0;
    on_its_thread([&](ProxyCore& core) { count = core.swallowed; });
    return count;
}
std::uint64_t Proxy::bytes_to_clients() const {
    std::uint64_t count = 0;
    on_its_thread([&](ProxyCore& core) { count = core.bytes_to_clients; });
    return count;
}
double Proxy::slowest_notice_ms() const {
    double time = 0;
    on_its_thread([&](ProxyCore& core) { time = core.slowest_notice_ms; });
    return time;
}

}  // namespace parley::faults
