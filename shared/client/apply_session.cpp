// What the server says about the session itself: greeting, login, answers, the account stream.
#include <utility>

#include "client/apply.hpp"

namespace parley::client {

void apply(Core& core, const Greeting& greeting) {
    core.state.connection_id = greeting.connection;
    core.state.server_build = greeting.build.str();
    core.state.registration = greeting.registration;
    core.state.registration_known = true;
    core.out.changed();
    core.link.greeted();
    core.log_in_when_possible();
}

namespace {

void replace_rooms(Core& core, const Welcome& welcome) {
    std::set<RoomId> listed;
    for (const auto& summary : welcome.rooms) {
        core.add_or_update(summary);
        listed.insert(summary.id);
    }
    std::vector<RoomId> gone;
    for (const auto& known : core.state.rooms)
        if (listed.count(known.first) == 0) gone.push_back(known.first);
    for (const auto id : gone) core.remove(id);
}

// But the profiles: those of this login have come already, and everybody may see all of them.
void forget_other_person(Core& core) {
    auto people = std::move(core.state.people);
    core.forget_person();
    core.state.people = std::move(people);
}

void confirm_registration(Core& core) {
    const auto* registration = std::get_if<RegisterWish>(&core.login.current_wish());
    if (registration == nullptr || !core.settings.auto_confirm) return;
    core.out.send(ConfirmResults{registration->op.outbox, registration->op.number});
}

}  // namespace

void apply(Core& core, const Welcome& welcome) {
    if (!core.login.is_asked()) return core.fail(CloseCode::protocol_error, "a welcome that nobody asked for");
    if (core.state.self.names_something() && core.state.self != welcome.user) forget_other_person(core);
    core.own_the_outbox(welcome.user);
    core.state.self = welcome.user;
    core.account = welcome.account;
    core.profiles = welcome.profiles;
    confirm_registration(core);
    if (core.login.succeeded(welcome.token)) core.save_session();
    core.take_settings(std::exchange(core.settings_to_come, {}));
    core.state.server_ahead_ms = welcome.now.milliseconds - core.now.wall.milliseconds;
    core.status_ends.reset();
    core.expire_statuses();
    replace_rooms(core, welcome);
    core.link.welcomed(core.now);
    core.out.tell(LoggedIn{welcome.user});
    core.out.tell(RoomsChanged{});
    if (core.presence != Presence::online) core.out.send(ReportPresence{core.presence});
    if (!core.watched.empty()) core.tell_watched();
    core.flush_reads();
    core.pump();
}

void apply(Core& core, const LoggedOut&) {
    if (core.login.session() || core.state.logged_in()) core.end_session("You have been signed out.");
}

void apply(Core&, const Beat&) {}  // any frame says that the server lives

void apply(Core& core, const Done& done) {
    core.settled(done.op, done.room, done.sequence, done.ordinal);
}

void apply(Core& core, const Refused& refused) {
    if (core.login.is_answered_by(refused)) return core.login_refused(refused);
    if (refused.op) return core.operation_refused(*refused.op, refused);
    if (refused.reason == Refusal::wrong_version) {
        core.state.must_reload = true;
        return core.rest(std::string(sentence_of(Refusal::wrong_version)));
    }
    core.query_refused(refused);
}

void apply(Core& core, const AccountEvents& events) {
    for (const auto& event : events.events) {
        if (event.sequence <= core.account) continue;  // Welcome held it
        core.account = event.sequence;
        std::visit([&](const auto& body) { apply_account_event(core, body); }, event.body);
    }
    core.out.changed();
}

void apply_account_event(Core&, const UnknownAccountEvent&) {}

void apply_account_event(Core& core, const RoomAdded& event) {
    auto& room = core.add_or_update(event.room);
    core.out.tell(RoomsChanged{});
    if (event.by.names_something()) core.out.tell(Invited{room.id, core.state.self, event.by});
    const auto early = core.early.find(room.id);
    if (early == core.early.end()) return;
    const auto [subscribed, seen] = early->second;
    core.early.erase(early);
    begin_subscription(core, room, subscribed);
    room.head = std::max(room.head, seen);
    core.fill_hole(room);
}

void apply_account_event(Core& core, const RoomRemoved& event) {
    core.early.erase(event.room);
    core.remove(event.room);
    core.out.tell(RoomsChanged{});
}

void apply_account_event(Core& core, const FavouriteChanged& event) {
    if (auto* room = core.room(event.room)) room->favourite = event.on;
}

void apply_account_event(Core& core, const ReadMoved& event) {
    core.read_moved(event);
}

void apply_account_event(Core& core, const AvailabilityChanged& event) {
    core.state.availability = event.availability;
}

void apply_account_event(Core& core, const BlockChanged& event) {
    if (!event.on) {
        core.state.blocked.erase(event.person);
    } else if (core.state.blocked.size() < limits::kBlockedPeople) {
        core.state.blocked.insert(event.person);
        for (auto& entry : core.state.rooms) entry.second.typing_until.erase(event.person);
    }
}

}  // namespace parley::client
