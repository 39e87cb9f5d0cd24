#include "handlers/signed_in.hpp"

#include <algorithm>

#include "observe/log.hpp"

namespace parley::handlers {

SignedIn::SignedIn(Context here, Identity identity, Known known, session::Reply reply)
    : here_(here), identity_(std::move(identity)), known_(std::move(known)), reply_(std::move(reply)) {
    here_.services.rooms.enter(here_.session.connection(), identity_.user);
    here_.services.people.attach(identity_.user, here_.device(), *this, identity_.token_hash, known_.profiles);
}

SignedIn::~SignedIn() {
    here_.services.people.detach(identity_.user, here_.device());
    here_.services.rooms.leave(here_.session.connection());
}

void SignedIn::arrived(const people::Arrival& arrival) {
    send_profiles(arrival.profiles);
    send_welcome(arrival.person, arrival.profiles.revision);
    reply_.settled();
    const auto& applied = known_.positions;
    for (const auto& room : arrival.person.rooms) {
        const auto position =
            std::find_if(applied.begin(), applied.end(), [&](const auto& known) { return known.room == room.id; });
        subscribe(room.id, position == applied.end() ? std::nullopt : std::optional(position->applied));
    }
    known_ = {};
}

void SignedIn::send_profiles(const store::ProfilesRecord& record) {
    std::span<const Profile> left = record.profiles;
    while (!left.empty()) {
        Profiles message;
        for (const auto& profile : left.first(std::min(left.size(), limits::kProfilesPerFrame)))
            message.profiles.push_back(profile);
        left = left.subspan(message.profiles.size());
        here_.session.connection().send(net::make_frame(message));
    }
}

void SignedIn::send_welcome(const store::PersonRecord& person, ProfileRevision profiles) {
    Welcome welcome{
        person.profile.user, person.account, profiles, here_.session.shard().wall_clock(), identity_.fresh_token, {}};
    for (const auto& room : person.rooms) welcome.rooms.push_back(room);
    here_.session.connection().send(net::make_frame(welcome));
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
    here_.session.connection().send(frame);
    for (const auto& event : events) {
        if (const auto* added = std::get_if<RoomAdded>(&event.body)) subscribe(added->room.id, std::nullopt);
        if (const auto* removed = std::get_if<RoomRemoved>(&event.body))
            here_.services.rooms.unsubscribe(removed->room, here_.session.connection());
    }
}

void SignedIn::profiles_changed(const net::SharedFrame& frame) {
    here_.session.connection().send(frame);
}
void SignedIn::take_rate_share(double share) {
    here_.session.take_rate_share(share);
}

void SignedIn::dismissed(std::string_view why) {
    observe::info("dismissed", {{"conn", net::number_of(here_.session.connection().id())}, {"why", why}});
    auto& connection = here_.session.connection();
    connection.send(net::make_frame(LoggedOut{0}));
    here_.session.log_out();  // destroys this
    connection.close(CloseCode::normal, "signed out");
}

void SignedIn::subscribe(RoomId room, std::optional<Sequence> applied) {
    here_.services.rooms.on_room(room, [services = &here_.services, listener = here_.listener(), room,
                                        applied](std::expected<rooms::RoomContext, Refusal> found) {
        if (!found || found->room().why_not_read(listener.user)) return;
        found->subscribe(listener);
        if (applied && *applied != found->room().head())
            found->send_events(listener, {*applied, {}}, catch_up_step(*services, listener, room));
    });
}

rooms::CaughtUpStep SignedIn::catch_up_step(Services& services, const rooms::ListenerRef& listener, RoomId room) {
    return [services = &services, listener, room](rooms::CaughtUp progress) {
        // The devices of the people are ours: nothing else implements people::Device here.
        auto* device = services->people.devices(listener.shard).find(listener.connection);
        if (device) static_cast<SignedIn*>(device)->caught_up(room, progress);
    };
}

void SignedIn::caught_up(RoomId room, rooms::CaughtUp progress) {
    if (progress.failed)
        return here_.session.connection().close(CloseCode::try_again_later, "the store cannot be read");
    if (progress.left.after >= progress.left.until) return;
    const CatchUp left{room, progress.left};
    if (here_.session.connection().queued_bytes() > limits::kReadPauseAbove) {
        if (waiting_.size() >= limits::kRoomsPerPerson)
            return here_.session.connection().close(CloseCode::try_again_later, "too many rooms are being caught up");
        waiting_.push_back(left);
    } else {
        catch_up(left);
    }
}

void SignedIn::catch_up(const CatchUp& left) {
    here_.services.rooms.on_room(left.room, [services = &here_.services, listener = here_.listener(),
                                             left](std::expected<rooms::RoomContext, Refusal> found) {
        if (found) found->send_events(listener, left.missing, catch_up_step(*services, listener, left.room));
    });
}

void SignedIn::drained() {
    for (const auto& left : std::exchange(waiting_, {})) catch_up(left);
}

}  // namespace parley::handlers
