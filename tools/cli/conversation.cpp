#include "cli/conversation.hpp"

#include <algorithm>

#include "cli/command_words.hpp"
#include "cli/room_names.hpp"
#include "text/day.hpp"

namespace parley::cli {

namespace {

constexpr std::size_t kWaitingCommands = 256;  // read ahead of the one that is carried out

std::string_view without_hash(std::string_view room) {
    return room.substr(room.starts_with('#') ? 1 : 0);
}

std::string one_of(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& word : words) all += (all.empty() ? "" : " or ") + word;
    return all;
}

}  // namespace

Conversation::Conversation(native::NativeClient& client, Printer& printer, std::string name, bool json,
                           std::function<void(int)> finished)
    : client_(client), printer_(printer), name_(std::move(name)), json_(json), finished_(std::move(finished)) {}

void Conversation::happened(const client::Notice& notice) {
    if (over_) return;
    if (recorder_ != nullptr) recorder_->happened(notice, state());
    std::visit([this](const auto& what) { on(what); }, notice);
    say_ready_when_it_is();
    work();
}

void Conversation::interrupt() {
    if (!over_) finish(everything_is_sent() ? 0 : 1);
}

// --- input

void Conversation::take_line(std::string_view line) {
    auto command = json_ ? parse_json_command(line) : parse_plain_command(line);
    if (!command) return printer_.error("bad_command", command.error());
    waiting_.push_back(std::move(*command));
    work();
}

void Conversation::line_was_too_long() {
    printer_.error("bad_command", "a line was longer than " + std::to_string(kLongestLine) + " bytes and was dropped");
}

void Conversation::input_ended() {
    waiting_.push_back(Command{});  // quit
    work();
}

bool Conversation::takes_more() const {
    return !over_ && waiting_.size() < kWaitingCommands;
}

void Conversation::work() {
    bool worked = false;
    while (ready_ && !over_ && !waiting_.empty() && carry_out(waiting_.front()) == Step::finished) {
        waiting_.pop_front();
        progress_ = {};
        worked = true;
    }
    if (worked && room_for_more_) room_for_more_();
}

// --- commands

Conversation::Step Conversation::carry_out(const Command& command) {
    switch (command.kind) {
        case Command::Kind::join:
            return join(command);
        case Command::Kind::post:
            return post_to_named(command);
        case Command::Kind::history:
            return history(command);
        case Command::Kind::dm:
            return direct(command);
        case Command::Kind::who:
            return who(command);
        case Command::Kind::rooms:
            return rooms();
        case Command::Kind::create:
            return create(command);
        case Command::Kind::leave:
            return leave(command);
        case Command::Kind::nick:
            return nick(command);
        case Command::Kind::read:
            return read(command);
        case Command::Kind::unread:
            return unread(command);
        case Command::Kind::typing:
            return typing(command);
        case Command::Kind::quit:
            return quit();
        case Command::Kind::pins:
            return pins(command);
        case Command::Kind::thread:
            return thread(command);
        case Command::Kind::help:
            return help();
        case Command::Kind::show_topic:
            return show_topic(command);
        case Command::Kind::topic:
        case Command::Kind::rename:
        case Command::Kind::make_private:
        case Command::Kind::newcomers:
        case Command::Kind::archive:
        case Command::Kind::unarchive:
        case Command::Kind::posting:
        case Command::Kind::favourite:
        case Command::Kind::unfavourite:
            return change_room(command);
        case Command::Kind::invite:
        case Command::Kind::let_post:
        case Command::Kind::stop_posting:
            return take_in(command);
        case Command::Kind::status:
            return status(command);
        case Command::Kind::online:
        case Command::Kind::away:
        case Command::Kind::do_not_disturb:
        case Command::Kind::invisible:
            return availability(command);
        case Command::Kind::ignore:
        case Command::Kind::unignore:
            return block(command);
        case Command::Kind::person:
            return person(command);
        case Command::Kind::reply:
        case Command::Kind::edit:
        case Command::Kind::remove:
        case Command::Kind::react:
        case Command::Kind::unreact:
        case Command::Kind::pin:
        case Command::Kind::unpin:
            return change_message(command);
    }
    return Step::finished;
}

// Already in it, or found in the directory by name, joined, and heard. A private room that somebody has brought her
// into does not hide an open one of its name.
Conversation::Step Conversation::join(const Command& command) {
    if (progress_.op) return enter_when_heard();
    const auto name = without_hash(command.room);
    const auto* room = find_room(name);
    const bool may_hide_another = room != nullptr && room->is_private() && room->name.view() == name;
    if (may_hide_another || (room == nullptr && namesakes(state(), name).empty())) {
        if (directory_first() == Step::waits) return Step::waits;
        for (const auto& entry : state().directory)
            if (entry.name.view() == name) return change(client_.chat().join_room(entry.id), command);
        if (room == nullptr) return refuse(command, name_of(Refusal::no_such_room), sentence_of(Refusal::no_such_room));
    }
    return room == nullptr ? no_room(command) : enter(command, *room);
}

Conversation::Step Conversation::enter(const Command& command, const client::Room& room) {
    current_ = room.id;
    if (!progress_.op) printer_.done(command.op, title(room.id), Sequence(), Ordinal());
    return Step::finished;
}

// The room that was just joined or made.
Conversation::Step Conversation::enter_when_heard() {
    if (!progress_.settled) return Step::waits;
    if (!progress_.room.names_something()) return Step::finished;  // refused
    const auto* room = room_once_heard();
    if (room == nullptr) return Step::waits;
    current_ = room->id;
    return Step::finished;
}

// The one that the command has led into, once what is said there comes. Where her list has changed and is without it,
// it may be still to come, or be left again already on another device: who is in it may read its history, so that this
// is asked until one of the two is sure. A refusal ends the command.
const client::Room* Conversation::room_once_heard() {
    const auto* room = state().room(progress_.room);
    if (room != nullptr) return room->subscribed ? room : nullptr;
    if (progress_.rooms_changed && (progress_.request == 0 || progress_.answered)) {
        progress_.answered = progress_.rooms_changed = false;
        progress_.request = client_.chat().load_history(progress_.room, HistoryDirection::before, Ordinal(), 1);
    }
    return nullptr;
}

Conversation::Step Conversation::directory_first() {
    if (progress_.answered) return Step::finished;
    if (progress_.request == 0) progress_.request = client_.chat().list_rooms();
    return Step::waits;
}

Conversation::Step Conversation::post_to_named(const Command& command) {
    const auto* room = find_room(command.room);
    return room == nullptr ? no_room(command) : post(command, room->id);
}

Conversation::Step Conversation::post(const Command& command, RoomId room) {
    if (command.text.size() > limits::kMessageText)
        return refuse(command, "too_long", "A message has at most " + std::to_string(limits::kMessageText) + " bytes.");
    current_ = room;
    const auto op = client_.chat().post(room, command.text);
    if (!op) return Step::waits;  // the outbox is full: go on when one is settled
    if (recorder_ != nullptr) recorder_->posted(*op, room);
    tags_[*op] = Tag{command.op, room};
    return Step::finished;
}

Conversation::Step Conversation::history(const Command& command) {
    const auto* room = find_room(command.room);
    if (room == nullptr) return no_room(command);
    if (!progress_.answered) {
        if (progress_.request == 0)
            progress_.request =
                command.day ? client_.chat().load_history_at(room->id, {*command.day * text::kDayMs}, command.limit)
                            : client_.chat().load_history(room->id, HistoryDirection::before, Ordinal(command.n),
                                                          command.limit);
        return Step::waits;
    }
    std::vector<ShownMessage> messages;
    for (const auto& message : history_) messages.push_back(shown(message));
    printer_.history(title(room->id), messages);
    return Step::finished;
}

Conversation::Step Conversation::in_chat(const Command& command, const client::Room& room) {
    return command.text.empty() ? enter(command, room) : post(command, room.id);
}

Conversation::Step Conversation::direct(const Command& command) {
    if (command.to.find(',') != std::string::npos) return group(command);
    const auto account = command.to.substr(command.to.starts_with('@') ? 1 : 0);
    if (const auto* room = state().direct_with(account)) return in_chat(command, *room);
    if (progress_.op) return progress_.settled && !progress_.room.names_something() ? Step::finished : Step::waits;
    const auto* person = state().person_named(account);
    if (person == nullptr)
        return refuse(command, name_of(Refusal::no_such_person), sentence_of(Refusal::no_such_person));
    auto opening = command;
    if (!command.text.empty()) opening.op.clear();  // the tag belongs to the message
    return change(client_.chat().open_direct_chat(person->user), opening);
}

Conversation::Step Conversation::create(const Command& command) {
    if (progress_.op) return enter_when_heard();
    if (command.room.size() > limits::kRoomName)
        return refuse(command, name_of(Refusal::room_name_not_allowed), sentence_of(Refusal::room_name_not_allowed));
    const auto name = without_hash(command.room);
    const auto access = command.is_private ? RoomAccess::by_invitation : RoomAccess::open;
    return change(client_.chat().create_room(name, access), command);
}

// Carried out when her list is without it, too: the next command may name another room of that name.
Conversation::Step Conversation::leave(const Command& command) {
    if (progress_.op) {
        const bool is_gone = state().room(progress_.room) == nullptr || progress_.rooms_changed;
        return progress_.settled && is_gone ? Step::finished : Step::waits;
    }
    const auto* room = find_room(command.room);
    if (room == nullptr) return no_room(command);
    const auto op = client_.chat().leave_room(room->id);
    if (op && recorder_ != nullptr) recorder_->leaves(*op, room->id);
    return change(op, command);
}

Conversation::Step Conversation::nick(const Command& command) {
    if (progress_.op) return say_when_done("You are now called " + command.text + ".");
    if (command.text.size() > limits::kNick)
        return refuse(command, name_of(Refusal::nick_not_allowed), sentence_of(Refusal::nick_not_allowed));
    return change(client_.chat().set_nick(command.text), command);
}

Conversation::Step Conversation::read(const Command& command) {
    const auto* room = find_room(command.room);
    if (room == nullptr) return no_room(command);
    client_.chat().mark_read(room->id, Ordinal(command.n));
    return Step::finished;
}

Conversation::Step Conversation::unread(const Command& command) {
    const auto* room = find_room(command.room);
    if (room == nullptr) return no_room(command);
    if (Ordinal(command.n) > room->last_ordinal)
        return refuse(command, name_of(Refusal::no_such_message), sentence_of(Refusal::no_such_message));
    client_.chat().mark_unread(room->id, Ordinal(command.n));
    return Step::finished;
}

Conversation::Step Conversation::typing(const Command& command) {
    const auto* room = find_room(command.room);
    if (room == nullptr) return no_room(command);
    client_.chat().typing(room->id, native::NativeClient::now());
    return Step::finished;
}

Conversation::Step Conversation::help() {
    for (const auto& line : help_lines()) printer_.note(line);
    return Step::finished;
}

Conversation::Step Conversation::quit() {
    if (!everything_is_sent()) return Step::waits;
    finish(0);
    return Step::finished;
}

bool Conversation::everything_is_sent() const {
    const auto& chat = client_.chat();
    return chat.unsettled_operations() == 0 && !chat.has_unsent_reads();
}

Conversation::Step Conversation::change(std::optional<OpId> op, const Command& command) {
    if (!op) return Step::waits;  // the outbox is full
    progress_.op = op;
    tags_[*op] = Tag{command.op, RoomId()};
    return Step::waits;
}

// A refusal has been printed by then.
Conversation::Step Conversation::say_when_done(const std::string& sentence) {
    if (progress_.done) printer_.note(sentence);
    return progress_.settled ? Step::finished : Step::waits;
}

Conversation::Step Conversation::refuse(const Command& command, std::string_view reason, std::string_view sentence) {
    printer_.refused(command.op, command.room, reason, sentence);
    return Step::finished;
}

Conversation::Step Conversation::no_room(const Command& command) {
    const auto name = without_hash(command.room);
    if (const auto all = namesakes(state(), name.substr(0, name.find('/'))); !all.empty())
        return refuse(command, "several_rooms", "More than one room of yours has this name. Say " + one_of(all) + ".");
    return refuse(command, name_of(Refusal::not_a_member), sentence_of(Refusal::not_a_member));
}

const client::Room* Conversation::find_room(std::string_view name) const {
    if (name.empty()) return state().room(current_);
    if (const auto slash = name.rfind('/'); slash != std::string_view::npos) {
        const auto* around = slash == 0 ? state().room(current_) : find_room(name.substr(0, slash));
        const auto message = number_in(name.substr(slash + 1));
        return around != nullptr && message ? state().thread_of(around->id, Ordinal(*message)) : nullptr;
    }
    if (name.find(',') != std::string::npos) {
        const auto people = people_in(name);
        return people ? state().group_of(*people) : nullptr;
    }
    if (name.starts_with('@')) return state().direct_with(name.substr(1));
    return room_meant(state(), without_hash(name));
}

// From the first moment on that nothing said in her rooms is missed.
void Conversation::say_ready_when_it_is() {
    if (ready_ || over_ || state().connection != client::ConnectionState::connected) return;
    const auto& rooms = state().rooms;
    if (!std::all_of(rooms.begin(), rooms.end(), [](const auto& entry) { return entry.second.subscribed; })) return;
    ready_ = true;
    std::vector<std::string> names;
    for (const auto& [id, room] : rooms) names.push_back(title(id));
    if (const auto* general = state().room_named("general")) current_ = general->id;
    if (!current_.names_something() && !rooms.empty()) current_ = rooms.begin()->first;
    printer_.ready(name_, names, state().connection_id);
}

void Conversation::finish(int code) {
    over_ = true;
    client_.stop();
    finished_(code);
}

std::string Conversation::title(RoomId id) const {
    const auto* room = state().room(id);
    if (room == nullptr) return {};
    if (room->is_thread()) return title(room->root.room) + "/" + std::to_string(room->root.ordinal.value());
    if (room->is_chat()) return "@" + state().title_of(*room);
    return room_called(state(), room->name.view(), id);
}

// A room that is new here may not have its name yet: its command does.
std::string Conversation::title_in(const Command& command, RoomId id) const {
    const bool names_it = command.kind == Command::Kind::create || command.kind == Command::Kind::join;
    return names_it ? room_called(state(), without_hash(command.room), id) : command.room;
}

std::string Conversation::account(UserId user) const {
    const auto* profile = state().person(user);
    return profile != nullptr ? profile->account.str() : "?";
}

}  // namespace parley::cli
