#include "client/core.hpp"

#include <algorithm>

#include "client/apply.hpp"

namespace parley::client {

Core::Core(Settings client_settings, std::uint64_t seed)
    : settings(std::move(client_settings)),
      dice(seed),
      link(state, out, dice),
      outboxes(OutboxId(dice.next_not_zero())) {}

// --- the connection

void Core::frame(std::span<const std::byte> bytes) {
    if (!link.is_open()) return;
    link.heard(now);
    const auto decoded = decode_server(bytes);
    if (decoded.error == DecodeError::unknown_tag) return;  // of a later version: not for us
    if (!decoded.ok())
        return fail(CloseCode::protocol_error, "a frame that cannot be read: " + std::string(name_of(decoded.error)));
    std::visit([this](const auto& message) { apply(*this, message); }, decoded.message);
}

void Core::lost(std::uint16_t code, std::string_view reason) {
    if (!link.has_socket()) return;
    const auto why = std::to_string(code) + (reason.empty() ? "" : " ") + std::string(reason);
    if (code == static_cast<std::uint16_t>(CloseCode::wrong_version)) state.must_reload = true;
    // Nobody is logging in: an idle form need not hold a connection.
    const bool idle = code == static_cast<std::uint16_t>(CloseCode::login_too_slow) && !login.wants_in();
    if (state.must_reload || idle) {
        link.socket_is_gone();
        link.rest(CloseCode::normal, why);
    } else {
        link.closed(now, why);
    }
    forget_connection();
    if (state.logged_in() && !login.wants_in()) end_session("Signed out.");  // the answer to LogOut was lost with it
}

void Core::fail(CloseCode code, const std::string& why) {
    link.fail(now, code, why);
    forget_connection();
}

void Core::rest(const std::string& why) {
    link.rest(CloseCode::normal, why);
    forget_connection();
}

void Core::forget_connection() {
    login.connection_lost();
    outboxes.connection_lost();
    catch_up.forget_all();
    early.clear();
    queries.clear();
    directory.clear();
    typing_ends.reset();
    state.seen.clear();
    for (auto& entry : state.rooms) {
        auto& room = entry.second;
        room.subscribed = false;
        room.watched = false;
        room.members_loaded = false;
        room.typing_until.clear();
        editor(room).connection_lost();
        auto& of_room = work(room.id);
        of_room.resumed = false;
        of_room.members_request = 0;
        of_room.changes.clear();
    }
    out.changed();
}

void Core::time_passed() {
    if (link.time_passed(now)) fail(CloseCode::mute_peer, "the server has been silent for too long");
    const auto login_due = login.deadline();
    if (login_due && now.monotonic_ms >= *login_due) log_in_when_possible();
    expire_typing();
    if (status_ends && now.monotonic_ms >= *status_ends) expire_statuses();
    give_up_on_storage();
    if (!link.is_connected()) return;
    while (const auto overdue = catch_up.take_overdue(now.monotonic_ms)) {
        auto* behind = room(*overdue);
        if (behind != nullptr) fill_hole(*behind);
        if (behind == nullptr || behind->applied >= behind->head) catch_up.forget(*overdue);
    }
    flush_reads();
    pump();
}

// Whoever has stopped waits for nothing: a program that ends would else stay for the end of somebody's status.
std::optional<std::int64_t> Core::deadline() const {
    if (!link.started()) return std::nullopt;
    std::optional<std::int64_t> first;
    const auto consider = [&first](std::optional<std::int64_t> due) {
        if (due) first = std::min(first.value_or(*due), *due);
    };
    consider(link.deadline());
    consider(login.deadline());
    consider(typing_ends);
    consider(status_ends);
    consider(answers.deadline());
    if (link.is_connected()) {
        consider(outboxes.deadline());
        consider(catch_up.deadline());
        if (!reads_due.empty()) consider(next_read_at);
    }
    return first;
}

// --- queries

RequestId Core::next_request() {
    do ++last_request;
    while (last_request == 0 || queries.count(last_request) != 0);
    return last_request;
}

RequestId Core::ask_history(Query::Kind kind, RoomId id, HistoryDirection direction, Ordinal at, std::uint16_t limit) {
    return ask(Query{kind, id}, [&](RequestId request) { return LoadHistory{request, id, direction, at, limit}; });
}

RequestId Core::ask_timeline(Query::Kind kind, RoomId id, HistoryDirection direction, Ordinal at) {
    return ask_timeline(kind, id, [&](RequestId request) {
        return LoadHistory{request, id, direction, at, limits::kHistoryPage};
    });
}

RequestId Core::ask_timeline_at(RoomId id, Timestamp time) {
    return ask_timeline(Query::Kind::around, id, [&](RequestId request) {
        return LoadHistoryAt{request, id, time, limits::kHistoryPage};
    });
}

template <class Make>
RequestId Core::ask_timeline(Query::Kind kind, RoomId id, Make make) {
    auto* of = room(id);
    if (of == nullptr || settings.timeline_messages == 0) return 0;
    const bool older = kind == Query::Kind::older;
    if (older ? of->timeline.loading_older() : of->timeline.loading_newer()) return 0;
    const auto request = ask(Query{kind, id}, make);
    if (request == 0) return 0;
    static_assert(static_cast<int>(HistoryKind::latest) + 1 == static_cast<int>(Query::Kind::latest));
    editor(*of).asked(static_cast<HistoryKind>(static_cast<int>(kind) - 1), request);
    out.changed();
    return request;
}

RequestId Core::ask_members(RoomId id) {
    if (room(id) == nullptr || work(id).members_request != 0) return 0;
    const auto request = ask(Query{Query::Kind::members, id}, [&](RequestId number) {
        return ListMembers{number, id};
    });
    work(id).members_request = request;
    return request;
}

RequestId Core::ask_person(UserId person) {
    const bool is_asked = std::any_of(queries.begin(), queries.end(), [person](const auto& query) {
        return query.second.kind == Query::Kind::person && query.second.person == person;
    });
    if (is_asked) return 0;
    return ask(Query{Query::Kind::person, RoomId(), {}, person}, [person](RequestId number) {
        return LookUpPerson{number, person};
    });
}

std::optional<Query> Core::answered(RequestId request, Query::Kind kind) {
    const auto found = queries.find(request);
    if (found == queries.end() || found->second.kind != kind) return std::nullopt;
    auto query = found->second;
    queries.erase(found);
    return query;
}

void Core::query_refused(const Refused& refused) {
    const auto found = queries.find(refused.request);
    if (found != queries.end()) {
        const auto query = found->second;
        queries.erase(found);
        if (query.kind == Query::Kind::directory) directory.clear();
        if (query.kind == Query::Kind::person) remember_seen(query.person, {});
        if (query.kind == Query::Kind::members) work(query.room).members_request = 0;
        if (query.kind == Query::Kind::sync && is_retryable(refused.reason)) {
            const auto wait = std::max<std::int64_t>(refused.retry_after_ms, milliseconds_of(limits::kReconnectFirst));
            catch_up.refused(query.room, now.monotonic_ms + wait);
        }
        if (auto* of = room(query.room)) editor(*of).refused(refused.request);
    }
    out.tell(QueryRefused{refused.request, refused.reason, refused.sentence.str()});
}

}  // namespace parley::client
