#include "seeded_server/seeded_server.hpp"

#include <algorithm>
#include <stdexcept>

#include "auth/tokens.hpp"
#include "rooms/home.hpp"
#include "seeded_server/server_modules.hpp"

namespace parley::support {

namespace {

// A server frame without its WebSocket header (RFC 6455 section 5.2; never masked, never fragmented).
std::span<const std::byte> payload_of(std::span<const std::byte> frame) {
    const auto length = std::to_integer<unsigned>(frame[1]);
    if (length < 126) return frame.subspan(2);
    return frame.subspan(length == 126 ? 4 : 10);
}

}  // namespace

struct SeededServer::Peer {
    std::unique_ptr<MemoryConnection> connection;
    std::unique_ptr<session::Session> session;
};

MemoryConnection::MemoryConnection(shard::ShardId shard, net::ConnectionId id) : shard_(shard), id_(id) {}
MemoryConnection::~MemoryConnection() = default;

template <AlternativeOf<ServerMessage> Message>
std::vector<Message> MemoryConnection::all() const {
    std::vector<Message> found;
    for (const auto& message : received) {
        if (const auto* body = std::get_if<Message>(&message)) found.push_back(*body);
    }
    return found;
}

void MemoryConnection::send(net::SharedFrame frame) {
    if (gone) throw std::runtime_error("a frame was sent to a connection that is gone");
    if (closed) return;
    auto decoded = decode_server(payload_of(frame->bytes()));
    if (!decoded.ok()) throw std::runtime_error("the server sent a frame that cannot be decoded");
    received.push_back(std::move(decoded.message));
}

void MemoryConnection::close(CloseCode code, std::string_view) {
    if (!closed) closed = code;
}

SeededServer::SeededServer(store::Backend& backend, std::uint64_t seed, std::size_t shard_count)
    : shards_(shard_count, seed), chance_(seed ^ 0x5eed) {
    modules_ = std::make_unique<ServerModules>(backend, shards_, seed + 1, ServerModules::Rules{});
}

SeededServer::~SeededServer() {
    modules_->close();
    peers_.clear();
}

MemoryConnection& SeededServer::connect() {
    const shard::ShardId shard{static_cast<std::uint32_t>(chance_() % shards_.count())};
    auto connection = std::make_unique<MemoryConnection>(shard, net::ConnectionId{++last_connection_});
    auto session = modules_->open(*connection);
    peers_.push_back({std::move(connection), std::move(session)});
    return *peers_.back().connection;
}

SeededServer::Peer& SeededServer::peer_of(MemoryConnection& connection) {
    return *std::find_if(peers_.begin(), peers_.end(),
                         [&](const Peer& peer) { return peer.connection.get() == &connection; });
}

void SeededServer::disconnect(MemoryConnection& connection) {
    auto& peer = peer_of(connection);
    connection.closed = connection.closed.value_or(CloseCode::normal);
    if (peer.session) peer.session->on_closed(1006, "the test cut it");
    peer.session.reset();
    connection.gone = true;
}

// As its own shard would: the call is a task there.
void SeededServer::say_bytes(MemoryConnection& connection, std::span<const std::byte> frame) {
    shards_.post_to(connection.shard(), [this, &connection, bytes = std::vector(frame.begin(), frame.end())] {
        auto& peer = peer_of(connection);
        if (peer.session && !connection.closed) peer.session->on_frame(bytes);
    });
}

void SeededServer::say(MemoryConnection& connection, const ClientMessage& message) {
    say_bytes(connection, encode(message));
}

template <AlternativeOf<ClientMessage> Message>
void SeededServer::say(MemoryConnection& connection, const Message& message) {
    say(connection, ClientMessage(message));
}

void SeededServer::limit_rates() {
    modules_->limit_rates();
}
store::Store& SeededServer::store() {
    return modules_->store();
}
const store::StoreCounts& SeededServer::counts() {
    return modules_->store().counts();
}

void SeededServer::drained(MemoryConnection& connection) {
    shards_.post_to(connection.shard(), [this, &connection] {
        if (auto& peer = peer_of(connection); peer.session) peer.session->on_drained();
    });
}

bool SeededServer::run_one() {
    const bool store_first = chance_() % 4 == 0;
    if (store_first && modules_->store().has_work()) return run_store(), true;
    if (shards_.run_one()) return true;
    if (!modules_->store().has_work()) return false;
    return run_store(), true;
}

void SeededServer::run_store() {
    auto& here = modules_->store();
    here.run_one();
    if (here.has_ended()) throw std::runtime_error("the store of a test is at its end");
}

void SeededServer::run_until_idle() {
    while (run_one()) {
    }
}

void SeededServer::run_steps(std::size_t count) {
    while (count-- > 0 && run_one()) {
    }
}

void SeededServer::advance(std::chrono::nanoseconds time) {
    run_until_idle();
    shards_.advance(time);
    run_until_idle();
}

std::size_t SeededServer::live_rooms() {
    std::size_t count = 0;
    for (std::uint32_t index = 0; index < shards_.count(); ++index)
        count += modules_->rooms().home(shard::ShardId{index}).live_rooms();
    return count;
}

Token SeededServer::make_account(std::string_view name) {
    const auto token = auth::new_token();
    const UserId user(++last_account_ * 1000 + 7);
    const OpId op{OutboxId(user.value()), 1};
    store().submit(store::RegisterAccount{op, user, *AccountName::from(name), "no password", false, Timestamp{1}},
                   shard::ShardId{0}, [](const store::Outcome& outcome) {
                       if (!outcome.done()) throw std::runtime_error("the account of a test was refused");
                   });
    store().submit(store::AddToken{user, auth::hash_of(token), Timestamp{1}, Timestamp{std::int64_t{1} << 60}},
                   shard::ShardId{0}, [](const store::Outcome&) {});
    run_until_idle();
    return token;
}

MemoryConnection& SeededServer::sign_in(const Token& token, Resume resume) {
    auto& connection = connect();
    say(connection, Hello{});
    resume.token = token;
    say(connection, resume);
    run_until_idle();
    return connection;
}

namespace {

template <class Type>
using One = std::type_identity<Type>;

[[maybe_unused, gnu::used]] constexpr auto kSaying =
    for_each_alternative(One<ClientMessage>{}, []<class Message>(One<Message>) {
        return static_cast<void (SeededServer::*)(MemoryConnection&, const Message&)>(&SeededServer::say<Message>);
    });
[[maybe_unused, gnu::used]] constexpr auto kTaking = for_each_alternative(
    One<ServerMessage>{}, []<class Message>(One<Message>) { return &MemoryConnection::all<Message>; });

}  // namespace

}  // namespace parley::support
