#include "ui/presence.hpp"

namespace parley::ui {

namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

std::string ago(std::int64_t count, std::string_view unit) {
    return std::to_string(count) + " " + std::string(unit) + (count == 1 ? " ago" : "s ago");
}

}  // namespace

std::string_view word_of(Presence presence) {
    switch (presence) {
        case Presence::online:
            return "Online";
        case Presence::away:
            return "Away";
        case Presence::do_not_disturb:
            return "Do not disturb";
        default:
            return "Offline";
    }
}

std::string_view word_of(Availability availability) {
    switch (availability) {
        case Availability::away:
            return "Away";
        case Availability::do_not_disturb:
            return "Do not disturb";
        case Availability::invisible:
            return "Invisible";
        default:
            return "Online";
    }
}

Presence shown_as(const client::ChatState& chat) {
    if (chat.connection != client::ConnectionState::connected) return Presence::offline;
    switch (chat.availability) {
        case Availability::away:
            return Presence::away;
        case Availability::do_not_disturb:
            return Presence::do_not_disturb;
        case Availability::invisible:
            return Presence::offline;
        default:
            return Presence::online;
    }
}

std::string last_seen_words(const Scene& scene, Timestamp last_seen) {
    const auto age = std::max<std::int64_t>(0, scene.around.time.milliseconds - last_seen.milliseconds);
    if (age < kDay) scene.changes_in(age < kHour ? kMinute - age % kMinute : kHour - age % kHour);
    if (age < kMinute) return "just now";
    if (age < kHour) return ago(age / kMinute, "minute");
    if (age < kDay) return ago(age / kHour, "hour");
    return scene.calendar.day_title(last_seen) + ", " + scene.calendar.time(last_seen);
}

std::string presence_words(const Scene& scene, UserId person) {
    const auto& chat = scene.chat;
    if (person == chat.self) return std::string(word_of(chat.availability));
    const auto presence = chat.presence_of(person);
    if (presence && *presence != Presence::offline) return std::string(word_of(*presence));
    const auto found = chat.seen.find(person);
    if (found == chat.seen.end()) {
        scene.want(intent::LookUp{person});
        return std::string(presence ? word_of(*presence) : std::string_view());
    }
    const auto& seen = found->second;
    if (!seen.last_seen) return std::string(word_of(seen.presence));
    return "Last seen " + last_seen_words(scene, *seen.last_seen);
}

std::string_view status_of(const Scene& scene, UserId person) {
    const auto* profile = scene.chat.person(person);
    return profile != nullptr ? profile->status.view() : std::string_view();
}

}  // namespace parley::ui
