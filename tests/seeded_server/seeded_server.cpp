#include "seeded_server/seeded_server.hpp"

#include <algorithm>
#include <stdexcept>

#include "auth/tokens.hpp"
#include "rooms/home.hpp"

namespace parley::support {

namespace {

// A server frame without its WebSocket header (RFC 6455 section 5.2; never masked, never fragmented).
std::span<const std::byte> payload_of(std::span<const std::byte> frame) {
    const auto length = std::to_integer<unsigned>(frame[1]);
    if (length < 126) return frame.subspan(2);
    return frame.subspan(length == 126 ? 4 : 10);
}

}  // namespace

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
    : shards_(shard_count, seed),
      sessions_(shards_),
      chance_(seed ^ 0x5eed),
      store_(std::make_unique<SeededStore>(backend, shards_, *this, seed + 1)),
      passwords_(auth::least_cost(), 1) {
    rooms_.emplace(shards_, *store_);
    people_.emplace(shards_, *store_, *this);
    services_.emplace(handlers::Services{
        shards_, *store_, *rooms_, *people_, sessions_, passwords_, login_limits_, {}, "test", true});
    rules_ = {&shards_, &sessions_, true, [this](session::Session& session, const ClientMessage& message) {
                  handlers::dispatch({session, *services_}, message);
              }};
}

SeededServer::~SeededServer() {
    peers_.clear();
    sessions_.close();
}

void SeededServer::on_room_events(shard::ShardId here, RoomId room, std::span<const RoomEvent> events) {
    rooms_->publish(here, room, events);
}
void SeededServer::on_account_events(shard::ShardId here, UserId user, std::span<const AccountEvent> events) {
    people_->account_changed(here, user, events);
}
void SeededServer::on_profiles(shard::ShardId, std::span<const Profile> profiles) {
    people_->profiles_changed(profiles);
}
void SeededServer::presence_changed(RoomId room, UserId user, Presence presence) {
    rooms_->on_room(room, [user, presence](std::expected<rooms::RoomContext, Refusal> found) {
        if (found) found->set_presence(user, presence);
    });
}

MemoryConnection& SeededServer::connect() {
    const shard::ShardId shard{static_cast<std::uint32_t>(chance_() % shards_.count())};
    auto connection = std::make_unique<MemoryConnection>(shard, net::ConnectionId{++last_connection_});
    auto session = std::make_unique<session::Session>(*connection, rules_);
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

void SeededServer::drained(MemoryConnection& connection) {
    shards_.post_to(connection.shard(), [this, &connection] {
        if (auto& peer = peer_of(connection); peer.session) peer.session->on_drained();
    });
}

bool SeededServer::run_one() {
    const bool store_first = chance_() % 4 == 0;
    if (store_first && store_->has_work()) return store_->run_one(), true;
    if (shards_.run_one()) return true;
    if (!store_->has_work()) return false;
    return store_->run_one(), true;
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
        count += rooms_->home(shard::ShardId{index}).live_rooms();
    return count;
}

Token SeededServer::make_account(std::string_view name) {
    const auto token = auth::new_token();
    const UserId user(++last_account_ * 1000 + 7);
    const OpId op{OutboxId(user.value()), 1};
    store_->submit(store::RegisterAccount{op, user, *AccountName::from(name), "no password", false, Timestamp{1}},
                   shard::ShardId{0}, [](const store::Outcome& outcome) {
                       if (!outcome.done()) throw std::runtime_error("the account of a test was refused");
                   });
    store_->submit(store::AddToken{user, auth::hash_of(token), Timestamp{1}, Timestamp{std::int64_t{1} << 60}},
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

}  // namespace parley::support
