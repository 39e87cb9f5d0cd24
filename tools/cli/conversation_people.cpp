// Conversation: who is there, what people say of themselves, and whom one does not want to hear.
#include <algorithm>

#include "cli/conversation.hpp"

namespace parley::cli {

ShownPerson Conversation::shown_person(const Profile& profile, Presence presence) const {
    ShownPerson shown{profile.account.str(), profile.nick.str(), presence};
    shown.status = profile.status.str();
    shown.blocked = state().has_blocked(profile.user);
    return shown;
}

Conversation::Step Conversation::who(const Command& command) {
    const auto* room = find_room(command.room);
    if (room == nullptr) return no_room(command);
    if (!progress_.answered) {
        if (progress_.request == 0) progress_.request = client_.chat().list_members(room->id);
        return Step::waits;
    }
    std::vector<ShownPerson> people;
    for (const auto& [user, presence] : room->members) {
        const auto* profile = state().person(user);
        people.push_back(profile != nullptr ? shown_person(*profile, presence) : ShownPerson{"?", {}, presence});
    }
    std::sort(people.begin(), people.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    printer_.people(title(room->id), people);
    return Step::finished;
}

Conversation::Step Conversation::status(const Command& command) {
    if (progress_.op)
        return say_when_done(command.text.empty() ? "Your status is cleared." : "Your status is now: " + command.text);
    if (command.text.size() > limits::kStatus)
        return refuse(command, name_of(Refusal::status_not_allowed), sentence_of(Refusal::status_not_allowed));
    auto until = Timestamp{};
    if (command.minutes != 0 && !command.text.empty()) {
        until = state().server_time(native::NativeClient::now().wall);
        until.milliseconds += static_cast<std::int64_t>(command.minutes) * 60'000;
    }
    return change(client_.chat().set_status(command.text, until), command);
}

Conversation::Step Conversation::availability(const Command& command) {
    if (progress_.op) return progress_.settled ? Step::finished : Step::waits;
    const auto chosen = command.kind == Command::Kind::away             ? Availability::away
                        : command.kind == Command::Kind::do_not_disturb ? Availability::do_not_disturb
                        : command.kind == Command::Kind::invisible      ? Availability::invisible
                                                                        : Availability::automatic;
    return change(client_.chat().set_availability(chosen), command);
}

Conversation::Step Conversation::block(const Command& command) {
    if (progress_.op) return progress_.settled ? Step::finished : Step::waits;
    const auto* who = person_in(command.to);
    if (who == nullptr) return refuse(command, name_of(Refusal::no_such_person), sentence_of(Refusal::no_such_person));
    return change(client_.chat().block(who->user, command.kind == Command::Kind::ignore), command);
}

Conversation::Step Conversation::person(const Command& command) {
    const auto* who = person_in(command.to);
    if (who == nullptr) return refuse(command, name_of(Refusal::no_such_person), sentence_of(Refusal::no_such_person));
    if (!progress_.answered) {
        if (progress_.request == 0) progress_.request = client_.chat().look_up(who->user);
        return Step::waits;
    }
    const auto found = state().seen.find(who->user);
    const auto seen = found != state().seen.end() ? found->second : client::SeenPerson{};
    auto shown = shown_person(*who, seen.presence);
    shown.last_seen = seen.last_seen;
    if (who->status_until != Timestamp{}) shown.status_until = who->status_until;
    if (who->user == state().self) shown.availability = state().availability;
    printer_.person(shown);
    return Step::finished;
}

}  // namespace parley::cli
