#include "handlers/signed_in.hpp"

#include <algorithm>

#include "handlers/welcome_frame.hpp"
#include "observe/log.hpp"

namespace parley::handlers {

SignedIn::SignedIn(Context here, Identity identity, Known known, session::Reply reply)
    : here_(here),
      identity_(std::move(identity)),
      known_(std::move(known)),
      reply_(std::move(reply)),
      allowance_(1.0, {}, here.session.shard().now()) {
    here_.services.rooms.enter(here_.session.connection(), identity_.user);
    here_.services.people.attach(identity_.user, here_.device(), *this, identity_.token_hash, known_.profiles);
}

SignedIn::~SignedIn() {
    const auto left = allowance_.left(here_.session.shard().now());
    here_.services.people.detach(identity_.user, here_.device(), left);
    here_.services.rooms.leave(here_.session.connection());
}

void SignedIn::arrived(const people::Arrival& arrival) {
    arrival_ = std::make_unique<people::Arrival>(arrival);
    go_on_arriving();
}

void SignedIn::go_on_arriving() {
    while (profiles_sent_ < arrival_->profiles.profiles.size()) {
        if (is_behind()) return;  // drained() goes on
        send_profiles_page();
    }
    finish_arriving();
}

void SignedIn::send_profiles_page() {
    const auto left = std::span(arrival_->profiles.profiles).subspan(profiles_sent_);
    Profiles message;
    for (const auto& profile : left.first(std::min(left.size(), limits::kProfilesPerFrame)))
        message.profiles.push_back(profile);
    profiles_sent_ += message.profiles.size();
    here_.session.connection().send(net::make_frame(message));
}

void SignedIn::finish_arriving() {
    const auto arrival = std::move(arrival_);
    send_welcome(arrival->person, arrival->profiles.revision);
    reply_.settled();
    const auto applied = std::exchange(known_.positions, {});
    for (const auto& room : arrival->person.rooms) {
        const auto position =
            std::find_if(applied.begin(), applied.end(), [&](const auto& known) { return known.room == room.id; });
        subscribe(room, position == applied.end() ? std::nullopt : std::optional(position->applied));
    }
    for (const auto& change : std::exchange(held_, {})) account_changed(change.events, change.frame);
}

void SignedIn::send_welcome(const store::PersonRecord& person, ProfileRevision profiles) {
    Welcome welcome{
        person.profile.user, person.account, profiles, here_.session.shard().wall_clock(), identity_.fresh_token, {}};
    for (const auto& room : person.rooms) welcome.rooms.push_back(room);
    AccountSettings settings{person.availability, {}};
    for (const auto blocked : person.blocked) settings.blocked.push_back(blocked);
    availability_ = person.availability;
    here_.session.connection().send(net::make_frame(settings));
    here_.session.connection().send(net::make_frame(within_a_frame(std::move(welcome))));
    identity_.fresh_token.reset();
    observe::info("signed_in", {{"conn", net::number_of(here_.session.connection().id())},
                                {"user", person.profile.user.value()},
                                {"account", person.profile.account.view()}});
}

void SignedIn::could_not_arrive(Refusal why) {
    reply_.refuse(why);
    here_.session.log_out();  // destroys this
}

void SignedIn::account_changed(std::span<const AccountEvent> events, const net::SharedFrame& frame) {
    if (arrival_) {
        if (held_.size() >= limits::kEventsPerFrame)
            return here_.session.connection().close(CloseCode::try_again_later, "too much changed during the login");
        held_.push_back({{events.begin(), events.end()}, frame});
        return;
    }
    here_.session.connection().send(frame);
    for (const auto& event : events) {
        if (const auto* added = std::get_if<RoomAdded>(&event.body)) subscribe(added->room, std::nullopt);
        if (const auto* chosen = std::get_if<AvailabilityChanged>(&event.body)) availability_ = chosen->availability;
        if (const auto* removed = std::get_if<RoomRemoved>(&event.body))
            here_.services.rooms.unsubscribe(removed->room, here_.session.connection());
    }
}

void SignedIn::profiles_changed(const net::SharedFrame& frame) {
    here_.session.connection().send(frame);
}
void SignedIn::lend(const people::Tokens& tokens) {
    allowance_.add(tokens, here_.session.shard().now());
}
void SignedIn::take_rate_share(double share) {
    allowance_.take_share(share, here_.session.shard().now());
}
std::chrono::milliseconds SignedIn::take_token(RateKind kind) {
    return allowance_.take(kind, here_.session.shard().now());
}

void SignedIn::dismissed(std::string_view why) {
    observe::info("dismissed", {{"conn", net::number_of(here_.session.connection().id())}, {"why", why}});
    auto& connection = here_.session.connection();
    connection.send(net::make_frame(LoggedOut{0}));
    here_.session.log_out();  // destroys this
    connection.close(CloseCode::normal, "signed out");
}

bool SignedIn::is_behind() const {
    return here_.session.connection().queued_bytes() > limits::kReadPauseAbove;
}

// The list may be newer than what the room has published: then a leaving that the list knows of is still to come there,
// and would end the subscription of who has come back.
void SignedIn::subscribe(const RoomSummary& listed, std::optional<Sequence> applied) {
    auto begin = [services = &here_.services, listener = here_.listener(), applied](rooms::RoomContext room) {
        if (!room.room().is_in(listener.user)) return;  // where she is on her way back in, that list comes too
        room.subscribe(listener);
        if (applied && *applied != room.room().head())
            want(*services, listener, room.room().id(), {*applied, room.room().head()});
    };
    here_.services.rooms.on_room(
        listed.id, [services = &here_.services, listener = here_.listener(), head = listed.head,
                    begin = std::move(begin)](std::expected<rooms::RoomContext, Refusal> found) mutable {
            if (found ? found->when_published(head, std::move(begin)) : !is_retryable(found.error())) return;
            // Without this room she would hear nothing and not know it: let her come back.
            services->sessions.on_session({listener.shard, listener.connection}, [](session::Session& at) {
                at.connection().close(CloseCode::try_again_later, "a room cannot be opened now");
            });
        });
}

// The devices of the people are ours: nothing else implements people::Device here.
SignedIn* SignedIn::find(Services& services, const rooms::ListenerRef& listener) {
    return static_cast<SignedIn*>(services.people.devices(listener.shard).find(listener.connection));
}

void SignedIn::want(Services& services, const rooms::ListenerRef& listener, RoomId room, rooms::Missing missing) {
    services.shards.post_to(listener.shard, [&services, listener, room, missing] {
        auto* here = find(services, listener);
        if (!here) return;
        if (here->asked_again(room, missing)) return here->go_on_catching_up();
        if (here->waiting_.size() >= limits::kRoomsListed)
            return here->here_.session.connection().close(CloseCode::try_again_later,
                                                          "too much is to be caught up with");
        here->waiting_.push_back({room, missing});
        here->go_on_catching_up();
    });
}

// A room that waits for its turn already is sent once, however often it is asked for.
bool SignedIn::asked_again(RoomId room, rooms::Missing missing) {
    const auto waiting =
        std::find_if(waiting_.begin(), waiting_.end(), [room](const auto& wanted) { return wanted.room == room; });
    if (waiting == waiting_.end()) return false;
    waiting->missing.after = std::min(waiting->missing.after, missing.after);
    waiting->missing.until = std::max(waiting->missing.until, missing.until);
    return true;
}

void SignedIn::go_on_catching_up() {
    while (pages_under_way_ < limits::kCatchingUpAtOnce && !waiting_.empty() && !is_behind()) {
        const auto wanted = waiting_.front();
        waiting_.pop_front();
        ++pages_under_way_;
        start_page(wanted);
    }
}

void SignedIn::start_page(const CatchUp& wanted) {
    here_.services.rooms.on_room(wanted.room, [services = &here_.services, listener = here_.listener(),
                                               wanted](std::expected<rooms::RoomContext, Refusal> found) {
        auto step = [services, listener, room = wanted.room](rooms::CaughtUp progress) {
            if (auto* here = find(*services, listener)) here->caught_up(room, progress);
        };
        if (found) return found->send_events(listener, wanted.missing, std::move(step));
        services->shards.post_to(listener.shard, [step, wanted]() mutable { step({wanted.missing, true}); });
    });
}

void SignedIn::caught_up(RoomId room, rooms::CaughtUp progress) {
    --pages_under_way_;
    if (progress.failed)
        return here_.session.connection().close(CloseCode::try_again_later, "the store cannot be read");
    if (progress.left.after < progress.left.until) waiting_.push_front({room, progress.left});
    go_on_catching_up();
}

void SignedIn::mark_read(RoomId room, ReadPosition read) {
    if (late_reads_.empty() && here_.session.may_notify(RateKind::mark))
        return here_.services.people.mark_read(identity_.user, room, read);
    if (late_reads_.size() >= limits::kRoomsListed && !late_reads_.contains(room)) return;
    const bool is_first = late_reads_.empty();
    late_reads_[room] = std::max(late_reads_[room], read);
    if (is_first) mark_late_reads();
}

void SignedIn::mark_late_reads() {
    while (!late_reads_.empty() && here_.session.may_notify(RateKind::mark)) {
        const auto first = late_reads_.extract(late_reads_.begin());
        here_.services.people.mark_read(identity_.user, first.key(), first.mapped());
    }
    if (late_reads_.empty()) return;
    here_.session.shard().call_after(limits::kMarkReadEvery, [services = &here_.services, listener = here_.listener()] {
        if (auto* there = find(*services, listener)) there->mark_late_reads();
    });
}

void SignedIn::drained() {
    if (arrival_) go_on_arriving();
    go_on_catching_up();
}

}  // namespace parley::handlers
