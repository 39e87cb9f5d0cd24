#include "client/client.hpp"

#include <algorithm>
#include <utility>

#include "client/core.hpp"

namespace parley::client {

Client::Client(Settings settings, std::uint64_t seed) : core_(std::make_unique<Core>(std::move(settings), seed)) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

// --- what happened

void Client::start(Now now) {
    core_->now = now;
    core_->link.start(now);
}

void Client::stop(Now now) {
    core_->now = now;
    core_->link.stop();
    core_->forget_connection();
}

void Client::socket_opened(Now now) {
    core_->now = now;
    if (!core_->link.has_socket() || core_->link.is_open()) return;
    core_->link.opened();
    core_->out.send(Hello{kOurVersions, Text<limits::kClientName>::cut(core_->settings.client_name)});
}

void Client::socket_closed(Now now, std::uint16_t code, std::string_view reason) {
    core_->now = now;
    core_->lost(code, reason);
}

void Client::frame_received(Now now, std::span<const std::byte> frame) {
    core_->now = now;
    core_->frame(frame);
}

void Client::time_passed(Now now) {
    core_->now = now;
    core_->time_passed();
}

void Client::network_returned(Now now) {
    core_->now = now;
    core_->link.network_returned(now);
}

std::optional<std::int64_t> Client::next_deadline() const {
    return core_->deadline();
}

// --- the host's storage

void Client::operation_kept(OpId op) {
    core_->operation_kept(op);
}
void Client::operation_not_kept(OpId op, std::string_view why) {
    core_->operation_not_kept(op, why);
}
void Client::operation_forgotten(OpId op) {
    core_->operation_forgotten(op);
}
bool Client::restore(const SavedView& view) {
    return core_->restore(view);
}
Adoption Client::adopt(const SavedOutbox& orphan) {
    return core_->adopt(orphan);
}
std::optional<SavedView> Client::view_to_save() const {
    return core_->view_to_save();
}

// --- what the person wants

void Client::register_account(std::string_view account, std::string_view password, std::string_view invite) {
    RegisterWish wish;
    const auto name = AccountName::from(account);
    const auto secret = Password::from(password);
    const auto code = Text<limits::kInviteCode>::from(invite);
    if (!name) return core_->refuse_wish(Refusal::name_not_allowed);
    if (!secret) return core_->refuse_wish(Refusal::malformed);
    if (!code) return core_->refuse_wish(Refusal::invite_needed);
    wish.op = OpId{OutboxId(core_->dice.next_not_zero()), 1};
    wish.account = *name;
    wish.password = *secret;
    wish.invite = *code;
    core_->want(Login::Wish(std::move(wish)));
}

void Client::log_in(std::string_view account, std::string_view password) {
    LogInWish wish;
    const auto name = AccountName::from(account);
    const auto secret = Password::from(password);
    if (!name || !secret) return core_->refuse_wish(Refusal::wrong_name_or_password);
    wish.account = *name;
    wish.password = *secret;
    core_->want(Login::Wish(std::move(wish)));
}

void Client::resume(const SavedSession& session) {
    core_->want(session);
}

void Client::log_out() {
    core_->log_out();
}

std::optional<OpId> Client::post(RoomId room, std::string_view text) {
    return core_->post(room, text, Ordinal());
}

std::optional<OpId> Client::reply(RoomId room, Ordinal to, std::string_view text) {
    return core_->post(room, text, to);
}

std::optional<OpId> Client::edit(RoomId room, Ordinal message, std::string_view text) {
    auto bounded = MessageText::from(text);
    if (!bounded) return std::nullopt;
    return core_->change_message(EditText{OpId(), room, message, std::move(*bounded)});
}

std::optional<OpId> Client::remove(RoomId room, Ordinal message) {
    return core_->change_message(DeleteMessage{OpId(), room, message});
}

std::optional<OpId> Client::react(RoomId room, Ordinal message, std::string_view emoji, bool on) {
    auto bounded = Emoji::from(emoji);
    if (!bounded) return std::nullopt;
    return core_->change_message(SetReaction{OpId(), room, message, std::move(*bounded), on});
}

std::optional<OpId> Client::pin(RoomId room, Ordinal message, bool on) {
    return core_->change_message(SetPin{OpId(), room, message, on});
}

std::optional<OpId> Client::create_room(std::string_view name, RoomAccess access) {
    auto bounded = RoomName::from(name);
    if (!bounded) return std::nullopt;
    return core_->change(CreateRoom{OpId(), std::move(*bounded), access});
}

std::optional<OpId> Client::join_room(RoomId room) {
    return core_->change(JoinRoom{OpId(), room});
}
std::optional<OpId> Client::leave_room(RoomId room) {
    return core_->change(LeaveRoom{OpId(), room});
}
std::optional<OpId> Client::invite(RoomId room, UserId person) {
    return core_->change(InviteToRoom{OpId(), room, person});
}

std::optional<OpId> Client::set_topic(RoomId room, std::string_view topic) {
    auto bounded = RoomTopic::from(topic);
    if (!bounded) return std::nullopt;
    return core_->change(SetTopic{OpId(), room, std::move(*bounded)});
}

std::optional<OpId> Client::rename_room(RoomId room, std::string_view name) {
    auto bounded = RoomName::from(name);
    if (!bounded) return std::nullopt;
    return core_->change(RenameRoom{OpId(), room, std::move(*bounded)});
}

std::optional<OpId> Client::make_private(RoomId room) {
    return core_->change(ChangeRoomSettings{OpId(), room, RoomAccess::by_invitation, std::nullopt});
}

std::optional<OpId> Client::let_newcomers_read(RoomId room, NewcomersRead what) {
    return core_->change(ChangeRoomSettings{OpId(), room, std::nullopt, what});
}

std::optional<OpId> Client::let_post(RoomId room, WhoPosts who) {
    return core_->change(ChangeRoomSettings{OpId(), room, std::nullopt, std::nullopt, who});
}

std::optional<OpId> Client::set_poster(RoomId room, UserId person, bool on) {
    return core_->change(SetPoster{OpId(), room, person, on});
}

std::optional<OpId> Client::archive(RoomId room, bool on) {
    return core_->change(ChangeRoomSettings{OpId(), room, std::nullopt, std::nullopt, std::nullopt, on});
}

std::optional<OpId> Client::set_favourite(RoomId room, bool on) {
    return core_->change(SetFavourite{OpId(), room, on});
}

std::optional<OpId> Client::open_direct_chat(UserId person) {
    return core_->change(OpenDirectChat{OpId(), person});
}

std::optional<OpId> Client::open_group_chat(const std::vector<UserId>& people) {
    OpenGroupChat ask;
    for (const auto person : people)
        if (!ask.people.push_back(person)) return std::nullopt;
    return core_->change(std::move(ask));
}

std::optional<OpId> Client::open_thread(RoomId room, Ordinal message) {
    return core_->change(OpenThread{OpId(), room, message});
}

std::optional<OpId> Client::set_nick(std::string_view nick) {
    auto bounded = Nick::from(nick);
    if (!bounded) return std::nullopt;
    return core_->change(SetNick{OpId(), std::move(*bounded)});
}

std::optional<OpId> Client::set_status(std::string_view status, Timestamp until) {
    auto bounded = StatusText::from(status);
    if (!bounded) return std::nullopt;
    return core_->change(SetStatus{OpId(), std::move(*bounded), until});
}

std::optional<OpId> Client::set_availability(Availability availability) {
    return core_->change(SetAvailability{OpId(), availability});
}
std::optional<OpId> Client::block(UserId person, bool on) {
    return core_->change(SetBlock{OpId(), person, on});
}

std::optional<OpId> Client::retry(OpId failed) {
    return core_->retry(failed);
}

bool Client::discard(OpId failed) {
    return core_->discard(failed);
}

RequestId Client::load_history(RoomId room, HistoryDirection direction, Ordinal at, std::uint16_t limit) {
    return core_->ask_history(Query::Kind::history, room, direction, at, limit);
}

RequestId Client::load_history_at(RoomId room, Timestamp time, std::uint16_t limit) {
    return core_->ask(Query{Query::Kind::history, room}, [&](RequestId request) {
        return LoadHistoryAt{request, room, time, limit};
    });
}

RequestId Client::load_latest(RoomId room) {
    return core_->ask_timeline(Query::Kind::latest, room, HistoryDirection::before, Ordinal());
}

RequestId Client::load_older(RoomId room) {
    const auto* of = core_->room(room);
    if (of == nullptr || of->timeline.empty()) return load_latest(room);
    if (of->timeline.reaches_first()) return 0;
    return core_->ask_timeline(Query::Kind::older, room, HistoryDirection::before,
                               of->timeline.messages().front().ordinal);
}

RequestId Client::load_newer(RoomId room) {
    const auto* of = core_->room(room);
    if (of == nullptr || of->timeline.empty()) return load_latest(room);
    if (of->timeline.reaches_head()) return 0;
    return core_->ask_timeline(Query::Kind::newer, room, HistoryDirection::after,
                               of->timeline.messages().back().ordinal);
}

RequestId Client::load_around(RoomId room, Ordinal at) {
    return core_->ask_timeline(Query::Kind::around, room, HistoryDirection::around, at);
}

RequestId Client::load_at(RoomId room, Timestamp time) {
    return core_->ask_timeline_at(room, time);
}

RequestId Client::load_messages(RoomId room, std::vector<Ordinal> messages) {
    return core_->ask_messages(room, std::move(messages));
}

RequestId Client::list_pins(RoomId room) {
    return core_->ask_pins(room);
}

RequestId Client::list_rooms() {
    for (const auto& entry : core_->queries)
        if (entry.second.kind == Query::Kind::directory) return 0;
    core_->directory.clear();
    return core_->ask(Query{Query::Kind::directory, RoomId()}, [](RequestId request) {
        return ListRooms{request, RoomName()};
    });
}

RequestId Client::look_up(UserId person) {
    return core_->ask_person(person);
}

RequestId Client::list_members(RoomId room) {
    return core_->ask_members(room);
}

void Client::typing(RoomId room, Now now) {
    core_->now = now;
    if (!core_->link.is_connected() || core_->room(room) == nullptr) return;
    auto& told_at = core_->work(room).typing_told_at;
    if (told_at != 0 && now.monotonic_ms < told_at + limits::kTypingEvery / std::chrono::milliseconds(1)) return;
    told_at = now.monotonic_ms;
    core_->out.send(ReportTyping{room});
}

void Client::mark_read(RoomId room, Ordinal read) {
    core_->mark_read(room, read);
}

void Client::mark_unread(RoomId room, Ordinal first) {
    core_->mark_unread(room, first);
}

void Client::report_presence(Presence presence) {
    if (presence == Presence::offline || presence == core_->presence) return;
    core_->presence = presence;
    if (core_->link.is_connected()) core_->out.send(ReportPresence{presence});
}

void Client::watch(std::vector<RoomId> rooms) {
    core_->watch(std::move(rooms));
}

// --- results

const ChatState& Client::state() const {
    return core_->state;
}
std::uint64_t Client::state_version() const {
    return core_->out.version;
}
std::vector<Effect> Client::take_effects() {
    return std::exchange(core_->out.effects, {});
}
std::vector<Notice> Client::take_notices() {
    return std::exchange(core_->out.notices, {});
}
std::size_t Client::unsettled_operations() const {
    return core_->outboxes.unsettled();
}
bool Client::has_unsent_reads() const {
    return !core_->reads_due.empty();
}

}  // namespace parley::client
