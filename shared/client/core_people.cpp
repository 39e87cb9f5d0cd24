// Core: who is logged in, and how; what is known of others.
#include <algorithm>

#include "client/core.hpp"

namespace parley::client {

void Core::log_in_when_possible() {
    if (!link.is_greeted() || link.is_connected() || login.is_asked()) return;
    if (const auto* wish = std::get_if<RegisterWish>(&login.current_wish())) {
        login.asked(next_request());
        out.send(Register{wish->op, wish->account, wish->password, wish->invite});
    } else if (const auto* log_in = std::get_if<LogInWish>(&login.current_wish())) {
        const auto request = next_request();
        login.asked(request);
        out.send(LogIn{request, log_in->account, log_in->password});
    } else if (login.session()) {
        send_resume(*login.session());
    }
}

void Core::send_resume(const SavedSession& session) {
    Resume resume;
    resume.request = next_request();
    resume.token = session.token;
    resume.profiles = profiles;
    for (const auto& entry : state.rooms) {
        resume.positions.push_back(RoomPosition{entry.first, entry.second.applied});
        work(entry.first).resumed = true;
    }
    login.asked(resume.request);
    out.send(resume);
    link.await_answer(now);
}

// A login that replaces one that is under way or done begins with a connection of its own.
void Core::begin_login() {
    if (login.is_asked() || link.is_connected()) rest("signing in anew");
    link.wake();
}

void Core::want(Login::Wish wish) {
    begin_login();
    login.wish(std::move(wish));
    log_in_when_possible();
}

void Core::want(const SavedSession& session) {
    begin_login();
    login.resume(session);
    log_in_when_possible();
}

// Her own wish to leave: nothing of hers is kept for whoever comes next.
void Core::log_out() {
    drop_outboxes();
    if (settings.keeps_operations) out.want(ForgetOthers{UserId()});
    if (!link.is_connected()) return end_session("Signed out.");
    ask(Query{}, [](RequestId request) { return LogOut{request}; });
    login.forget();
    save_session();
}

void Core::refuse_wish(Refusal reason) {
    out.tell(LoginRefused{reason, std::string(sentence_of(reason)), 0});
}

void Core::login_refused(const Refused& refused) {
    const bool by_session = !login.has_wish();
    // A person is told that she tried too often; whatever else passes is tried again for her.
    const bool passes = is_retryable(refused.reason) && (by_session || refused.reason != Refusal::login_too_often);
    if (passes) {
        const auto least =
            dice.up_to(milliseconds_of(limits::kReconnectFirst)) + milliseconds_of(limits::kReconnectFirst);
        return login.retry_at(now.monotonic_ms + std::max<std::int64_t>(refused.retry_after_ms, least));
    }
    if (by_session) return end_session(refused.sentence.str());
    login.forget();
    out.tell(LoginRefused{refused.reason, refused.sentence.str(), refused.retry_after_ms});
}

void Core::end_session(const std::string& why) {
    login.forget();
    save_session();
    if (settings.keeps_operations) out.want(ForgetView{});
    forget_person();
    rest(why);
    out.tell(SessionEnded{why});
}

// What she has not sent stays: it goes out when she comes back, and is dropped when somebody else comes.
void Core::forget_person() {
    state.self = UserId();
    said.clear();
    state.rooms.clear();
    state.people.clear();
    state.directory.clear();
    state.directory_complete = false;
    works.clear();
    catch_up.forget_all();
    reads_due.clear();
    typing_ends.reset();
    status_ends.reset();
    state.seen.clear();
    state.blocked.clear();
    state.availability = Availability::automatic;
    profiles = ProfileRevision();
    account = AccountSequence();
}

// --- others, and what she has chosen for her account

void Core::take_profile(const Profile& profile) {
    const auto known = state.people.find(profile.user);
    if (known != state.people.end()) {
        if (profile.revision > known->second.revision) known->second = profile;
    } else if (state.people.size() < limits::kClientPeople) {
        state.people.emplace(profile.user, profile);
    }
}

// A look at everybody, so only when somebody's time may be up; within the hour, since this device's clock may be set.
// Before the first Welcome nobody knows what time it is.
void Core::expire_statuses() {
    constexpr auto kLookAgain = milliseconds_of(std::chrono::hours(1));
    status_ends.reset();
    const auto at_server = state.server_time(now.wall);
    for (auto& entry : state.people) {
        auto& person = entry.second;
        if (person.status_until == Timestamp{}) continue;
        if (person.status_until <= at_server) {
            person.status = {};
            person.status_until = {};
            out.changed();
            continue;
        }
        const auto left = std::min(person.status_until.milliseconds - at_server.milliseconds, kLookAgain);
        status_ends = std::min(status_ends.value_or(now.monotonic_ms + left), now.monotonic_ms + left);
    }
}

void Core::take_settings(const AccountSettings& settings_now) {
    state.availability = settings_now.availability;
    state.blocked = std::set<UserId>(settings_now.blocked.begin(), settings_now.blocked.end());
    out.changed();
}

void Core::remember_seen(UserId person, const SeenPerson& seen) {
    if (state.seen.size() >= limits::kPeopleSeen) state.seen.clear();
    state.seen[person] = seen;
}

// What was missed while a room was not watched is in its list of members.
void Core::watch(std::vector<RoomId> rooms) {
    if (rooms.size() > limits::kRoomsWatched) rooms.resize(limits::kRoomsWatched);
    if (rooms == watched) return;
    watched = std::move(rooms);
    if (link.is_connected()) tell_watched();
}

void Core::tell_watched() {
    WatchRooms message;
    for (const auto id : watched) message.rooms.push_back(id);
    out.send(message);
    for (auto& entry : state.rooms) {
        auto& of = entry.second;
        const bool before = of.watched;
        of.watched = std::find(watched.begin(), watched.end(), of.id) != watched.end();
        if (of.watched && !before && of.members_loaded) ask_members(of.id);
        if (!of.watched && of.kind != RoomKind::direct) of.typing_until.clear();
    }
}

void Core::save_session() {
    out.want(SaveSession{login.session()});
}

}  // namespace parley::client
