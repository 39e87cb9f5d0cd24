#include "simulation/device.hpp"

#include <algorithm>

namespace parley::simulation {

namespace {

std::string text_of(const ReadPosition& read) {
    return std::to_string(read.read.value()) + " in turn " + std::to_string(read.turn.value());
}

std::string text_of(OpId op) {
    return std::to_string(op.outbox.value() % 100'000) + ":" + std::to_string(op.number);
}

// What a line of the trace needs beside the name of the message.
std::string details_of(const ServerMessage& message) {
    const auto room_of = [](RoomId room) { return " room " + std::to_string(room.value() % 100'000); };
    if (const auto* events = std::get_if<RoomEvents>(&message)) {
        auto text = room_of(events->room);
        for (const auto& event : events->events) {
            const auto* posted = std::get_if<MessagePosted>(&event.body);
            text += " " + std::to_string(event.sequence.value()) +
                    (posted ? "/" + std::to_string(posted->ordinal.value()) : "-" + std::to_string(event.body.index()));
        }
        return text;
    }
    if (const auto* subscribed = std::get_if<Subscribed>(&message))
        return room_of(subscribed->room) + " head " + std::to_string(subscribed->head.value()) + "/" +
               std::to_string(subscribed->last_ordinal.value());
    if (const auto* account = std::get_if<AccountEvents>(&message)) {
        std::string text;
        for (const auto& event : account->events) {
            text += " " + std::to_string(event.sequence.value());
            if (const auto* added = std::get_if<RoomAdded>(&event.body))
                text += " added" + room_of(added->room.id) + " head " + std::to_string(added->room.head.value());
            if (const auto* removed = std::get_if<RoomRemoved>(&event.body))
                text += " removed" + room_of(removed->room);
            if (const auto* read = std::get_if<ReadMoved>(&event.body))
                text += " read" + room_of(read->room) + " " + text_of(read->read) + " unread " +
                        std::to_string(read->unread);
        }
        return text;
    }
    if (const auto* welcome = std::get_if<Welcome>(&message)) {
        auto text = " account " + std::to_string(welcome->account.value());
        for (const auto& room : welcome->rooms)
            text += room_of(room.id) + " head " + std::to_string(room.head.value()) + "/" +
                    std::to_string(room.last_ordinal.value()) + " read " + text_of(room.read) + " unread " +
                    std::to_string(room.unread);
        return text;
    }
    return {};
}

}  // namespace

Device::Device(Surroundings& around, Person& person, Browser& browser, std::string name, client::Settings settings)
    : around_(around), person_(&person), browser_(browser), name_(std::move(name)), settings_(std::move(settings)) {
    settings_.keeps_operations = browser_.storage != nullptr;
    make_client();
}

Device::~Device() = default;

void Device::make_client() {
    client_ = std::make_unique<client::Client>(settings_, around_.dice.next());
    outboxes_.clear();
    orphans_.clear();
    order_.ended();
    has_looked_for_orphans_ = false;
    saved_version_ = 0;
    wants_in_ = false;
    due_.reset();
    witnesses_.push_back(std::make_unique<Witness>(name_ + "#" + std::to_string(++incarnation_), around_.violations));
}

client::Now Device::now() const {
    const auto& clock = around_.clock;
    return {std::chrono::duration_cast<std::chrono::milliseconds>(clock.now.time_since_epoch()).count(), clock.wall()};
}

// What was seen last is shown before the socket is asked for.
void Device::start() {
    is_running_ = true;
    bool shown = false;
    if (browser_.saved) {
        client_->resume(*browser_.saved);
        wants_in_ = true;
        shown = restore_view();
    }
    client_->start(now());
    if (shown) look_for_orphans();
    if (!wants_in_) return log_in();
    settle();
}

void Device::log_in() {
    log_in_with(person_->password);
}

void Device::log_in_with(const std::string& password) {
    wants_in_ = true;
    client_->log_in(person_->account, password);
    settle();
}

void Device::register_account(const Person& person) {
    is_running_ = true;
    wants_in_ = true;
    client_->start(now());
    client_->register_account(person.account, person.password);
    settle();
}

// Its socket breaks as the kernel breaks it; what its core had not sent and its browser does not keep is gone with it.
void Device::end() {
    if (around_.chronicle.is_told()) tell("ends");
    is_running_ = false;
    if (line_) around_.network.vanish(*line_);
    line_.reset();
    give_up_what_is_not_kept();
    make_client();
}

void Device::forget_operations() {
    for (const auto outbox : outboxes_) around_.ledger.give_up(outbox);
}

void Device::time_passed() {
    client_->time_passed(now());
    settle();
}

void Device::network_returned() {
    if (!is_running_) return;
    client_->network_returned(now());
    settle();
}

bool Device::is_settled() const {
    if (browser_.storage && !browser_.storage->is_idle()) return false;
    if (!wants_in_) return !person_->user.names_something();  // somebody who never got an account
    if (!is_connected() || client_->unsettled_operations() > 0) return false;
    return std::all_of(state().rooms.begin(), state().rooms.end(), [](const auto& entry) {
        const auto& room = entry.second;
        return room.subscribed && room.applied >= room.head && !room.timeline.loading_newer() &&
               !room.timeline.loading_older();
    });
}

void Device::socket_opened() {
    client_->socket_opened(now());
    settle();
}

// A server may split the events of a room as it likes: sometimes they come one by one.
void Device::socket_received(std::span<const std::byte> message) {
    const auto decoded = decode_server(message);
    const auto* events = std::get_if<RoomEvents>(&decoded.message);
    if (!events || events->events.size() < 2 || !around_.dice.one_in(3)) return frame_received(message);
    for (const auto& event : events->events) {
        if (line_) frame_received(encode(RoomEvents{events->room, {event}}));
    }
}

void Device::frame_received(std::span<const std::byte> message) {
    count(message);
    client_->frame_received(now(), message);
    settle();
}

void Device::socket_closed(std::uint16_t code, const std::string& reason) {
    if (around_.chronicle.is_told()) tell("socket closed " + std::to_string(code) + " " + reason);
    line_.reset();
    if (code == 1002 || code == 1003 || code == 1008 || code == 1009 || code == 1011)
        around_.violations.push_back(
            {"protocol_error", name_ + " was closed with " + std::to_string(code) + " " + reason});
    client_->socket_closed(now(), code, reason);
    settle();
}

void Device::count(std::span<const std::byte> frame) {
    const auto decoded = decode_server(frame);
    if (!decoded.ok()) {
        around_.violations.push_back({"protocol_error", name_ + " received what cannot be decoded"});
        return;
    }
    around_.chronicle.counts.add_received(decoded);
    const auto* refused = std::get_if<Refused>(&decoded.message);
    if (refused && refused->reason == Refusal::busy) around_.chronicle.count(Fault::store_queue_full);
    if (around_.chronicle.is_told()) {
        tell("<- " + std::string(name_of(decoded.message)) +
             (refused ? " " + std::string(parley::name_of(refused->reason)) : std::string()) +
             details_of(decoded.message));
    }
    witnesses_.back()->about_to_receive(decoded.message);
}

void Device::settle() {
    for (auto effects = client_->take_effects(); !effects.empty(); effects = client_->take_effects()) {
        released_.clear();
        for (auto& effect : effects) std::visit([this](auto& kind) { perform(kind); }, effect);
    }
    for (const auto& notice : client_->take_notices()) read(notice);
    witnesses_.back()->look_at(client_->state());
    save_view();
    const auto deadline = client_->next_deadline();
    due_ = deadline ? std::optional(Time(std::chrono::milliseconds(*deadline))) : std::nullopt;
    if (std::exchange(has_come_in_, false) && around_.dice.one_in(2)) load_what_is_shown();
}

// As a page does when it is back: before it has heard what it has missed.
void Device::load_what_is_shown() {
    for (const auto& [id, room] : state().rooms) (void)client_->load_latest(id);
    settle();
}

void Device::perform(client::OpenSocket&) {
    line_ = around_.network.open(*this);
}

void Device::perform(client::CloseSocket& effect) {
    if (effect.code == CloseCode::protocol_error)
        around_.violations.push_back({"protocol_error", name_ + " gave up: " + effect.reason});
    if (line_) around_.network.close(*line_, static_cast<std::uint16_t>(effect.code), effect.reason);
    line_.reset();
}

void Device::perform(client::SendFrame& effect) {
    if (around_.chronicle.is_told()) {
        const auto decoded = decode_client(effect.bytes);
        const auto op = op_of(decoded.message);
        tell("-> " + std::string(name_of(decoded.message)) + (op ? " " + text_of(*op) : ""));
    }
    if (line_) around_.network.send(*line_, effect.bytes);
}

void Device::perform(client::SaveSession& effect) {
    browser_.saved = effect.session;
}

void Device::read(const client::Notice& notice) {
    if (const auto* arrived = std::get_if<client::MessageArrived>(&notice)) {
        witnesses_.back()->told(*arrived);
        around_.chronicle.fold(arrived->message.sequence.value());
    } else if (const auto* changed = std::get_if<client::MessageChanged>(&notice)) {
        const auto message = std::visit([](const auto& change) { return change.ordinal; }, changed->change);
        witnesses_.back()->look_at(state(), changed->room, message);
        around_.chronicle.fold(changed->sequence.value());
    } else if (const auto* reset = std::get_if<client::RoomWasReset>(&notice)) {
        around_.chronicle.count(Fault::fell_far_behind);
        if (!around_.falls_far_behind)
            around_.violations.push_back({"reset", name_ + " was told to begin a room anew, and was not far behind"});
        witnesses_.back()->told(*reset);
    } else if (const auto* done = std::get_if<client::OperationDone>(&notice)) {
        read_done(*done);
    } else if (const auto* refused = std::get_if<client::OperationRefused>(&notice)) {
        read_refused(*refused);
    } else if (const auto* ended = std::get_if<client::SessionEnded>(&notice)) {
        wants_in_ = false;
        has_looked_for_orphans_ = false;
        witnesses_.back()->signed_out();
        if (around_.chronicle.is_told()) tell("session ended: " + ended->why);
    } else if (const auto* welcomed = std::get_if<client::LoggedIn>(&notice)) {
        if (!person_->user.names_something()) person_->user = welcomed->self;
        has_come_in_ = true;
        look_for_orphans();
    } else if (const auto* pending = std::get_if<client::OperationPending>(&notice)) {
        if (pending->kept && !browser_.storage->holds(pending->op))
            around_.violations.push_back({"kept", name_ + " shows " + text_of(pending->op) + " and has not kept it"});
    } else if (const auto* login = std::get_if<client::LoginRefused>(&notice)) {
        wants_in_ = false;
        if (around_.chronicle.is_told()) tell("login refused: " + login->sentence);
    } else if (const auto* history = std::get_if<client::HistoryLoaded>(&notice)) {
        histories[history->request] = history->messages;
        for (const auto& message : history->messages)
            witnesses_.back()->look_at(state(), history->room, message.ordinal);
    } else if (const auto* query = std::get_if<client::QueryRefused>(&notice)) {
        refused_requests.insert(query->request);
    }
}

// A client that is told again what an earlier one was told already, is told the same. Where the server has forgotten
// the result (it was confirmed), or the message was heard before, it is not told where.
void Device::read_done(const client::OperationDone& done) {
    ++around_.chronicle.counts.operations_done;
    around_.chronicle.fold(done.op.number);
    if (around_.chronicle.is_told()) tell("done " + text_of(done.op));
    auto* asked = around_.ledger.find(done.op);
    if (!asked) return around_.violations.push_back({"phantom", name_ + " was told of an operation nobody asked for"});
    const auto* room = state().room(done.room);
    // She may have been let go of a thread by following others, and come back.
    const bool may_be_outside = around_.ledger.has_left(asked->user, done.room) || (room && room->is_thread());
    if (room && room->subscribed && room->head < done.sequence && !may_be_outside)
        around_.violations.push_back({"overtaken", name_ + " was answered before it heard of " + text_of(done.op)});
    note_settled(*asked, done.op);
    if (!done.room.names_something() && asked->is_settled()) return;
    const bool is_other = asked->done && asked->done->room.names_something() &&
                          (asked->done->room != done.room || asked->done->sequence != done.sequence);
    if (is_other || asked->refused)
        around_.violations.push_back({"resend", name_ + " was answered otherwise for " + text_of(done.op)});
    asked->done = done;
}

void Device::note_settled(Asked& asked, OpId op) {
    const auto& client = witnesses_.back()->name();
    if (asked.told == client)
        around_.violations.push_back({"resend", name_ + " was answered twice for " + text_of(op)});
    asked.told = client;
    order_.settled(op);
}

void Device::read_refused(const client::OperationRefused& refused) {
    ++around_.chronicle.counts.operations_refused;
    if (around_.chronicle.is_told())
        tell("refused " + text_of(refused.op) + " " + std::string(parley::name_of(refused.reason)));
    auto* asked = around_.ledger.find(refused.op);
    if (!asked) return around_.violations.push_back({"phantom", name_ + " was refused what nobody asked for"});
    note_settled(*asked, refused.op);
    if (refused.reason == Refusal::op_expired) return read_expired(*asked, refused.op);
    if (asked->done || (asked->refused && *asked->refused != refused.reason))
        around_.violations.push_back({"resend", name_ + " was refused otherwise " + text_of(refused.op)});
    asked->refused = refused.reason;
    const bool never = refused.reason == Refusal::op_conflict || refused.reason == Refusal::malformed ||
                       refused.reason == Refusal::unknown_message;
    if (never)
        around_.violations.push_back({"resend", name_ + " was refused " + text_of(refused.op) + ": " +
                                                    std::string(parley::name_of(refused.reason))});
}

// It was settled, and whether as done or as refused is forgotten: done once or not at all.
void Device::read_expired(Asked& asked, OpId op) {
    if (asked.is_settled()) return;  // an earlier client was told
    if (!around_.results_expire)
        around_.violations.push_back({"resend", name_ + " was not told of " + text_of(op) + " before it expired"});
    asked.given_up = true;
}

void Device::tell(const std::string& what) const {
    around_.chronicle.tell(name_ + " " + what);
}

}  // namespace parley::simulation
