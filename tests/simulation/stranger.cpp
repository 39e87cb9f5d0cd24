#include "simulation/stranger.hpp"

#include <algorithm>
#include <limits>

namespace parley::simulation {

namespace {

using namespace std::chrono_literals;

// No server is silent for so long.
constexpr auto kPatience = 60s;

constexpr std::uint16_t code_of(CloseCode code) {
    return static_cast<std::uint16_t>(code);
}

}  // namespace

Stranger::Stranger(Surroundings& around, Person person, Token token, const std::vector<RoomId>& known_rooms)
    : around_(around),
      person_(std::move(person)),
      token_(token),
      known_rooms_(known_rooms),
      outbox_(around.dice.id()) {}

Stranger::~Stranger() = default;

void Stranger::violated(const char* check, std::string what) {
    around_.violations.push_back({check, "the stranger: " + std::move(what)});
}

void Stranger::tell(const std::string& what) const {
    if (around_.chronicle.is_told()) around_.chronicle.tell("stranger " + what);
}

// --- the connection

void Stranger::act() {
    if (!line_) return connect();
    if (around_.dice.one_in(12)) return leave();
    switch (stage_) {
        case Stage::greeted:
            return speak_as_nobody();
        case Stage::getting_in:
            return around_.dice.one_in(3) ? get_in() : speak_as_member();
        case Stage::inside:
            return speak_as_member();
        default:
            return;  // nothing to say before the server has spoken
    }
}

void Stranger::connect() {
    around_.chronicle.count(Fault::hostile_peer);
    stage_ = Stage::opening;
    line_ = around_.network.open(*this);
    gives_up_ = around_.clock.now + kPatience;
}

void Stranger::leave() {
    tell("goes");
    if (around_.dice.one_in(2)) {
        around_.network.vanish(*line_);
    } else {
        around_.network.close(*line_, code_of(CloseCode::normal), "enough");
    }
    forget_connection();
}

void Stranger::forget_connection() {
    line_.reset();
    debts_.close();
    last_request_ = 0;
}

// A connection that was never greeted, or never let in, is closed by the server in its time.
void Stranger::settle() {
    is_quiet_ = true;
}

void Stranger::time_passed() {
    tell("has heard nothing for long");
    around_.network.close(*line_, code_of(CloseCode::mute_peer), "nothing was heard");
    forget_connection();
}

void Stranger::socket_opened() {
    if (is_quiet_) return leave();
    if (around_.dice.one_in(12)) {
        stage_ = Stage::mute;
        debts_.owe({.frame = "no frame", .only_close = true});
    } else if (around_.dice.one_in(6)) {
        stage_ = Stage::before_hello;
        speak_before_hello();
    } else {
        greet();
    }
}

void Stranger::socket_received(std::span<const std::byte> message) {
    gives_up_ = around_.clock.now + kPatience;
    const auto decoded = decode_server(message);
    if (!decoded.ok()) return violated("protocol_error", "received what cannot be decoded");
    around_.chronicle.counts.add_received(decoded);
    tell("<- " + std::string(name_of(decoded.message)));
    if (const auto wrong = debts_.pay(decoded.message)) violated("let_in", *wrong);
    read(decoded.message);
}

void Stranger::socket_closed(std::uint16_t code, const std::string& reason) {
    tell("socket closed " + std::to_string(code) + " " + reason);
    const bool for_cause = code == code_of(CloseCode::protocol_error) || code == code_of(CloseCode::too_big) ||
                           code == code_of(CloseCode::wrong_version) || code == code_of(CloseCode::login_too_slow);
    const bool is_owed = debts_.owe_the_end();
    const bool was_slow = code == code_of(CloseCode::login_too_slow) && stage_ != Stage::inside;
    if (code == code_of(CloseCode::internal_error) || (for_cause && !is_owed && !was_slow))
        violated("protocol_error", "was closed with " + std::to_string(code) + " " + reason);
    forget_connection();
}

void Stranger::read(const ServerMessage& message) {
    if (const auto* welcome = std::get_if<Welcome>(&message)) {
        if (welcome->user != person_.user) violated("let_in", "is taken for somebody else");
        stage_ = Stage::inside;
        if (welcome->token) token_ = welcome->token;
        if (!welcome->rooms.empty()) first_room_ = welcome->rooms.front().id;
    } else if (const auto* events = std::get_if<RoomEvents>(&message)) {
        for (const auto& event : events->events) {
            const auto* posted = std::get_if<MessagePosted>(&event.body);
            if (posted && posted->author != person_.user && heard_.size() < 100) heard_.push_back(posted->op);
        }
    } else if (const auto* done = std::get_if<Done>(&message)) {
        read_done(*done);
    } else if (const auto* subscribed = std::get_if<Subscribed>(&message)) {
        // What was before it came, or what comes after the end.
        if (is_quiet_) return;
        if (around_.dice.one_in(2)) say(SyncRoom{next_request(), subscribed->room, Sequence(0)});
        const SyncRoom at_the_end{next_request(), subscribed->room, subscribed->head};
        if (around_.dice.one_in(4))
            say(at_the_end, {.frame = "SyncRoom", .request = at_the_end.request, .is_off = true});
    } else if (const auto* account = std::get_if<AccountEvents>(&message)) {
        for (const auto& event : account->events) {
            if (const auto* removed = std::get_if<RoomRemoved>(&event.body)) debts_.forget_room(removed->room);
        }
    } else if (std::holds_alternative<LoggedOut>(message)) {
        token_.reset();
        leave();  // what it had asked for before is nobody's now
    }
}

void Stranger::read_done(const Done& done) {
    const auto found = std::find_if(written_.begin(), written_.end(),
                                    [&](const auto& written) { return written.first.op == done.op; });
    if (found != written_.end()) found->second = true;
    around_.ledger.stranger_was_told(person_.user, {done.op, done.room, done.sequence, done.ordinal});
}

}  // namespace parley::simulation
