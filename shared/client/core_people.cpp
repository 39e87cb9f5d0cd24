// Core: who is logged in, and how.
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
    if (settings.keeps_operations) out.effects.push_back(ForgetOthers{UserId()});
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
    if (settings.keeps_operations) out.effects.push_back(ForgetView{});
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
    profiles = ProfileRevision();
    account = AccountSequence();
}

void Core::save_session() {
    out.effects.push_back(SaveSession{login.session()});
}

}  // namespace parley::client
