#include "cli/printer.hpp"

#include <array>
#include <ctime>
#include <nlohmann/json.hpp>

namespace parley::cli {

namespace {

// In the order in which the fields are put in, which is how people read them.
using Json = nlohmann::ordered_json;

std::string text_of(const Json& object) {
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void add_place(Json& object, Sequence sequence, Ordinal ordinal) {
    if (sequence != Sequence()) object["seq"] = sequence.value();
    if (ordinal != Ordinal()) object["n"] = ordinal.value();
}

Json json_of(const ShownMessage& shown) {
    Json object;
    object["seq"] = shown.message.sequence.value();
    object["n"] = shown.message.ordinal.value();
    object["author"] = shown.author;
    object["text"] = shown.message.text.str();
    object["time"] = iso_time(shown.message.time);
    const auto& message = shown.message;
    if (message.reply_to != Ordinal()) object["reply_to"] = message.reply_to.value();
    if (message.edited) object["edited"] = iso_time(*message.edited);
    if (message.deleted) object["deleted"] = true;
    if (message.pinned) object["pinned"] = true;
    if (message.thread) object["replies"] = message.thread->replies;
    for (const auto& [emoji, people] : shown.reactions) object["reactions"][emoji] = people;
    return object;
}

Json json_of(const ShownRoom& room) {
    Json object{{"name", room.name}};
    if (room.members != 0) object["members"] = room.members;
    object["joined"] = room.joined;
    object["unread"] = room.unread;
    object["mentions"] = room.mentions;
    if (!room.topic.empty()) object["topic"] = room.topic;
    if (room.is_private) object["private"] = true;
    if (room.favourite) object["favourite"] = true;
    if (room.archived) object["archived"] = true;
    return object;
}

// What the event is called, what else it says, and how a person reads it.
struct ChangeWords {
    std::string_view event;
    Json more;
    std::string plain;
};
ChangeWords words_of(const MessageEdited& event) {
    return {"edited", Json{{"text", event.text.str()}, {"time", iso_time(event.time)}},
            "now says: " + event.text.str()};
}
ChangeWords words_of(const MessageDeleted& event) {
    return {"deleted", Json{{"time", iso_time(event.time)}}, "was deleted"};
}
ChangeWords words_of(const ReactionChanged& event) {
    return {"reaction", Json{{"emoji", event.emoji.str()}, {"on", event.on}},
            event.emoji.str() + (event.on ? "" : " taken back")};
}
ChangeWords words_of(const PinChanged& event) {
    return {"pin", Json{{"on", event.on}, {"time", iso_time(event.time)}}, event.on ? "was pinned" : "was unpinned"};
}

ChangeWords words_of(const ThreadChanged& event) {
    return {"thread", Json{{"replies", event.thread.replies}, {"time", iso_time(event.thread.latest)}},
            "has " + std::to_string(event.thread.replies) + " in its thread"};
}

ChangeWords words_of(const TopicChanged& event) {
    return {"topic", Json{{"topic", event.topic.str()}, {"time", iso_time(event.time)}},
            event.topic.empty() ? "took the topic away" : "set the topic: " + event.topic.str()};
}
ChangeWords words_of(const RoomRenamed& event) {
    return {"renamed", Json{{"name", event.name.str()}, {"time", iso_time(event.time)}},
            "named the room " + event.name.str()};
}
ChangeWords words_of(const RoomSettingsChanged& event) {
    const bool is_private = event.settings.access == RoomAccess::by_invitation;
    const std::string read = event.settings.newcomers == NewcomersRead::all ? "all" : "new";
    const std::string who = event.settings.posts == WhoPosts::everybody ? "all" : "some";
    const Json more{{"private", is_private},
                    {"newcomers", read},
                    {"posting", who},
                    {"archived", event.settings.archived},
                    {"time", iso_time(event.time)}};
    return {"settings", more,
            std::string("made the room ") + (is_private ? "private" : "open") + ", newcomers read " +
                (read == "all" ? "all of it" : "what is new") + (who == "all" ? "" : ", only some may write") +
                (event.settings.archived ? ", archived" : "")};
}
ChangeWords words_of(const PosterChanged& event) {
    return {"poster", Json{{"on", event.on}, {"time", iso_time(event.time)}},
            event.on ? "lets post: " : "no longer lets post: "};
}

std::string plain(std::string_view room, const ShownMessage& shown) {
    const auto& message = shown.message;
    const auto answers = message.reply_to == Ordinal() ? "" : "(to " + std::to_string(message.reply_to.value()) + ") ";
    return iso_time(message.time).substr(11, 5) + " " + std::string(room) + " " +
           std::to_string(message.ordinal.value()) + " <" + shown.author + "> " + answers +
           (message.deleted ? "(deleted)" : message.text.str());
}

std::string_view word_for(client::ConnectionState state) {
    switch (state) {
        case client::ConnectionState::offline:
            return "offline";
        case client::ConnectionState::connecting:
            return "connecting";
        case client::ConnectionState::logging_in:
            return "logging_in";
        case client::ConnectionState::connected:
            return "connected";
        case client::ConnectionState::reconnecting:
            return "reconnecting";
    }
    return "offline";
}

std::string_view word_for(Presence presence) {
    switch (presence) {
        case Presence::online:
            return "online";
        case Presence::away:
            return "away";
        case Presence::do_not_disturb:
            return "dnd";
        default:
            return "offline";
    }
}

std::string_view word_for(Availability availability) {
    switch (availability) {
        case Availability::away:
            return "away";
        case Availability::do_not_disturb:
            return "dnd";
        case Availability::invisible:
            return "invisible";
        default:
            return "online";
    }
}

Json json_of(const ShownPerson& person) {
    Json object{{"name", person.name}, {"nick", person.nick}, {"presence", word_for(person.presence)}};
    if (!person.status.empty()) object["status"] = person.status;
    if (person.status_until) object["status_until"] = iso_time(*person.status_until);
    if (person.blocked) object["blocked"] = true;
    if (person.last_seen) object["last_seen"] = iso_time(*person.last_seen);
    if (person.availability) object["availability"] = word_for(*person.availability);
    return object;
}

std::string words_of(const ShownPerson& person) {
    auto words = person.name + " (" + person.nick + ") " + std::string(word_for(person.presence));
    if (!person.status.empty()) words += ", " + person.status;
    if (person.blocked) words += ", blocked";
    if (person.last_seen) words += ", last seen " + iso_time(*person.last_seen);
    return words;
}

}  // namespace

std::string iso_time(Timestamp time) {
    auto seconds = static_cast<std::time_t>(time.milliseconds / 1'000);
    auto rest = time.milliseconds % 1'000;
    if (rest < 0) {
        rest += 1'000;
        --seconds;
    }
    std::tm parts{};
    if (gmtime_r(&seconds, &parts) == nullptr) return "1970-01-01T00:00:00.000Z";
    std::array<char, 64> buffer{};
    const auto size = std::strftime(buffer.data(), buffer.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    auto text = std::string(buffer.data(), size) + "." + std::to_string(1'000 + rest).substr(1) + "Z";
    return text;
}

std::string safe_for_a_terminal(std::string_view text) {
    std::string safe(text);
    for (std::size_t i = 0; i < safe.size(); ++i) {
        const auto byte = static_cast<unsigned char>(safe[i]);
        const bool c1 = byte == 0xC2 && i + 1 < safe.size() && static_cast<unsigned char>(safe[i + 1]) < 0xA0;
        if ((byte < 0x20 && safe[i] != '\n' && safe[i] != '\t') || byte == 0x7F || c1) safe[i] = '?';
        if (c1) safe[i + 1] = '?';
    }
    return safe;
}

void Printer::line(const std::string& text) {
    const auto whole = (json_ ? text : safe_for_a_terminal(text)) + "\n";
    std::fwrite(whole.data(), 1, whole.size(), out_);
    std::fflush(out_);
}

void Printer::ready(std::string_view name, const std::vector<std::string>& rooms, std::uint64_t connection) {
    if (json_)
        return line(text_of(Json{{"event", "ready"}, {"name", name}, {"rooms", rooms}, {"connection", connection}}));
    std::string all;
    for (const auto& room : rooms) all += " " + room;
    line("You are " + std::string(name) + ", in" + (all.empty() ? " no room" : all) +
         ".  /join ROOM, /dm NAME TEXT, /who, /list, /quit; /help shows all");
}

void Printer::message(std::string_view room, const ShownMessage& shown) {
    if (!json_) return line(plain(room, shown));
    Json object{{"event", "message"}, {"room", room}};
    object.update(json_of(shown));
    line(text_of(object));
}

void Printer::changed(std::string_view room, const ShownChange& shown) {
    const auto words = std::visit([](const auto& change) { return words_of(change); }, shown.change);
    const auto ordinal = std::visit([](const auto& change) { return change.ordinal.value(); }, shown.change);
    if (!json_)
        return line(std::string(room) + " " + std::to_string(ordinal) + " " +
                    (shown.author.empty() ? std::string() : "<" + shown.author + "> ") + words.plain);
    Json object{{"event", words.event}, {"room", room}, {"seq", shown.sequence.value()}, {"n", ordinal}};
    if (!shown.author.empty()) object["author"] = shown.author;
    object.update(words.more);
    line(text_of(object));
}

void Printer::room_changed(std::string_view room, const ShownRoomChange& shown) {
    const auto words = std::visit([](const auto& change) { return words_of(change); }, shown.change);
    if (!json_) return line(std::string(room) + " <" + shown.author + "> " + words.plain + shown.person);
    Json object{{"event", words.event}, {"room", room}, {"seq", shown.sequence.value()}, {"author", shown.author}};
    if (!shown.person.empty()) object["name"] = shown.person;
    object.update(words.more);
    line(text_of(object));
}

void Printer::invited(std::string_view room, std::string_view who, std::string_view by) {
    if (!json_) return line(std::string(room) + " <" + std::string(by) + "> invited " + std::string(who));
    line(text_of(Json{{"event", "invited"}, {"room", room}, {"name", who}, {"by", by}}));
}

void Printer::history(std::string_view room, const std::vector<ShownMessage>& all) {
    messages("history", room, all);
}
void Printer::pins(std::string_view room, const std::vector<ShownMessage>& all) {
    messages("pins", room, all);
}

void Printer::messages(std::string_view event, std::string_view room, const std::vector<ShownMessage>& all) {
    if (!json_) {
        for (const auto& shown : all) line(plain(room, shown));
        return line("(" + std::to_string(all.size()) + " messages)");
    }
    Json object{{"event", event}, {"room", room}, {"messages", Json::array()}};
    for (const auto& shown : all) object["messages"].push_back(json_of(shown));
    line(text_of(object));
}

void Printer::done(std::string_view op, std::string_view room, Sequence sequence, Ordinal ordinal) {
    if (!json_) return;  // people see the message itself
    Json object{{"event", "done"}};
    if (!op.empty()) object["op"] = op;
    if (!room.empty()) object["room"] = room;
    add_place(object, sequence, ordinal);
    line(text_of(object));
}

void Printer::pending(std::string_view op, std::string_view room, bool kept) {
    if (!json_) return;
    Json object{{"event", "pending"}};
    if (!op.empty()) object["op"] = op;
    if (!room.empty()) object["room"] = room;
    object["kept"] = kept;
    line(text_of(object));
}

void Printer::refused_earlier(std::string_view room, std::string_view reason, std::string_view sentence,
                              std::string_view text) {
    if (!json_)
        return line("! Not sent to " + std::string(room) + ": " + std::string(sentence) + "  " + std::string(text));
    line(
        text_of(Json{{"event", "refused"}, {"room", room}, {"reason", reason}, {"message", sentence}, {"text", text}}));
}

void Printer::refused(std::string_view op, std::string_view room, std::string_view reason, std::string_view sentence) {
    if (!json_) return line("! " + std::string(sentence));
    Json object{{"event", "refused"}};
    if (!op.empty()) object["op"] = op;
    if (!room.empty()) object["room"] = room;
    object["reason"] = reason;
    object["message"] = sentence;
    line(text_of(object));
}

void Printer::error(std::string_view reason, std::string_view sentence) {
    if (!json_) return line("! " + std::string(sentence));
    line(text_of(Json{{"event", "error"}, {"reason", reason}, {"message", sentence}}));
}

void Printer::note(const std::string& sentence) {
    if (!json_) line(sentence);
}

void Printer::connection(client::ConnectionState state, std::string_view why, std::int64_t retry_in_ms,
                         std::uint64_t connection) {
    const auto word = word_for(state);
    if (!json_) {
        if (state == client::ConnectionState::logging_in ||
            (state == client::ConnectionState::reconnecting && why.empty()))
            return;
        return line("(" + std::string(word) + (why.empty() ? "" : ": " + std::string(why)) + ")");
    }
    Json object{{"event", "connection"}, {"state", word}};
    if (!why.empty()) object["why"] = why;
    if (retry_in_ms != 0) object["retry_in_ms"] = retry_in_ms;
    if (connection != 0) object["connection"] = connection;
    line(text_of(object));
}

void Printer::reset(std::string_view room) {
    if (json_) return line(text_of(Json{{"event", "reset"}, {"room", room}}));
    line("(" + std::string(room) + ": too much was missed to show it all, see /history)");
}

void Printer::people(std::string_view room, const std::vector<ShownPerson>& people) {
    if (json_) {
        Json object{{"event", "who"}, {"room", room}, {"people", Json::array()}};
        for (const auto& person : people) object["people"].push_back(json_of(person));
        return line(text_of(object));
    }
    for (const auto& person : people) line(words_of(person));
}

void Printer::person(const ShownPerson& person) {
    if (!json_) return line(words_of(person));
    auto object = json_of(person);
    object["event"] = "person";
    line(text_of(object));
}

void Printer::rooms(const std::vector<ShownRoom>& rooms) {
    if (json_) {
        Json object{{"event", "rooms"}, {"rooms", Json::array()}};
        for (const auto& room : rooms) object["rooms"].push_back(json_of(room));
        return line(text_of(object));
    }
    for (const auto& room : rooms)
        line(room.name +
             (room.joined ? " (joined" + (room.unread != 0 ? ", " + std::to_string(room.unread) + " unread)" : ")")
                          : "") +
             (room.topic.empty() ? "" : ": " + room.topic));
}

}  // namespace parley::cli
