#include "faults/talkers.hpp"

#include <algorithm>
#include <asio/io_context.hpp>
#include <stdexcept>

namespace parley::faults {

namespace {

constexpr auto kPassword = "correct horse battery";
constexpr auto kComingIn = 600s;

template <class Value>
Value or_throw(std::expected<Value, std::string> value) {
    if (!value) throw std::runtime_error(value.error());
    return *std::move(value);
}

client::Settings lean_settings() {
    client::Settings settings;
    settings.client_name = "parley-faults";
    settings.keep_people = false;
    settings.timeline_messages = 0;
    return settings;
}

}  // namespace

// --- one of them

Talker::Talker(Talkers& all, std::size_t index, std::string name)
    : all_(all),
      index_(index),
      name_(std::move(name)),
      native_(*all.io_, all.url_, lean_settings()),
      recorder_(all.log_, name_) {
    native_.on_notice([this](const client::Notice& notice) { happened(notice); });
}

void Talker::start() {
    if (const auto& sessions = all_.load_.sessions; !sessions.empty()) {
        chat().resume(sessions.at(index_));
    } else {
        chat().register_account(name_, kPassword);
    }
    native_.start();
}

bool Talker::is_in(std::size_t rooms) const {
    const auto& all = state().rooms;
    return is_connected() && all.size() >= rooms &&
           std::all_of(all.begin(), all.end(), [](const auto& entry) { return entry.second.subscribed; });
}

void Talker::post(RoomId room) {
    auto text = name_ + ":" + std::to_string(++posts_) + " ";
    if (text.size() < all_.load_.text_bytes) text.append(all_.load_.text_bytes - text.size(), '.');
    if (const auto op = chat().post(room, text)) recorder_.posted(*op, room);
}

void Talker::top_up() {
    if (!all_.talking_ || index_ >= all_.load_.writers) return;
    while (chat().unsettled_operations() < all_.load_.under_way) post_once();
}

void Talker::post_once() {
    if (!all_.load_.sessions.empty()) return post(state().rooms.begin()->first);
    const bool to_all = all_.load_.rooms == 0 || posts_ % 4 == 3;
    post(to_all ? all_.rooms_.front() : all_.rooms_.at(1 + index_ % all_.load_.rooms));
}

void Talker::happened(const client::Notice& notice) {
    recorder_.happened(notice, state());
    if (std::holds_alternative<client::MessageArrived>(notice)) {
        ++seen;
    } else if (const auto* done = std::get_if<client::OperationDone>(&notice)) {
        if (done->ordinal == Ordinal()) return;
        ++acknowledged;
        ++all_.acknowledged_;
        top_up();
    } else if (const auto* no = std::get_if<client::OperationRefused>(&notice)) {
        ++refused;
        chat().discard(no->op);
        top_up();
    } else if (std::holds_alternative<client::RoomWasReset>(notice)) {
        ++resets;
    } else if (const auto* changed = std::get_if<client::ConnectionChanged>(&notice)) {
        const bool is_connected_now = changed->state == client::ConnectionState::connected;
        if (changed->state == client::ConnectionState::reconnecting && was_connected_) lost(changed->why);
        if (is_connected_now && !was_connected_ && connections_lost > returns.size())
            returns.push_back({noticed_, std::chrono::steady_clock::now()});
        was_connected_ = is_connected_now;
    }
}

void Talker::lost(const std::string& why) {
    ++connections_lost;
    last_loss = why;
    noticed_ = std::chrono::steady_clock::now();
}

// --- all of them

Talkers::Talkers(const std::string& url, const std::filesystem::path& log, Load load)
    : url_(or_throw(native::parse_url(url))),
      load_(std::move(load)),
      log_file_(log),
      log_(or_throw(event_log::EventLog::create(log))),
      io_(std::make_unique<asio::io_context>()) {
    for (std::size_t i = 0; i < load_.writers + load_.readers; ++i)
        people_.push_back(std::make_unique<Talker>(*this, i, load_.prefix + "-" + std::to_string(i)));
}

Talkers::~Talkers() = default;

void Talkers::come_in() {
    for (auto& person : people_) person->start();
    const auto all_are_in = [&] {
        return std::all_of(people_.begin(), people_.end(), [](const auto& person) { return person->is_in(1); });
    };
    if (!until(all_are_in, kComingIn)) throw std::runtime_error("the talkers could not come in");
    if (!load_.sessions.empty()) return;
    rooms_.push_back(general());
    open_rooms();
}

RoomId Talkers::general() const {
    const auto* room = people_.front()->state().room_named("general");
    if (room == nullptr) throw std::runtime_error("nobody is in general");
    return room->id;
}

void Talkers::open_rooms() {
    for (std::size_t r = 0; r < load_.rooms; ++r) {
        const auto name = load_.prefix + "-room-" + std::to_string(r);
        (void)people_[r]->chat().create_room(name);
        const client::Room* room = nullptr;
        if (!until([&] { return (room = people_[r]->state().room_named(name)) != nullptr && room->subscribed; }))
            throw std::runtime_error("a room could not be made");
        rooms_.push_back(room->id);
    }
    for (std::size_t i = load_.rooms; load_.rooms != 0 && i < people_.size(); ++i)
        (void)people_[i]->chat().join_room(rooms_[1 + i % load_.rooms]);
    const std::size_t each = load_.rooms == 0 ? 1u : 2u;
    const bool all = until([&] {
        return std::all_of(people_.begin(), people_.end(), [&](const auto& person) { return person->is_in(each); });
    });
    if (!all) throw std::runtime_error("the talkers could not join");
}

void Talkers::talk(bool on) {
    talking_ = on;
    for (auto& person : people_) person->top_up();
}

bool Talkers::until(const std::function<bool()>& claim, std::chrono::milliseconds bound) {
    const auto give_up = std::chrono::steady_clock::now() + bound;
    while (!claim()) {
        if (std::chrono::steady_clock::now() > give_up) return false;
        io_->restart();
        io_->run_for(5ms);
    }
    return true;
}

bool Talkers::until_acknowledged(std::uint64_t more, std::chrono::milliseconds bound) {
    const auto wanted = acknowledged_ + more;
    return until([&] { return acknowledged_ >= wanted; }, bound);
}

void Talkers::run(std::chrono::milliseconds time) {
    (void)until([] { return false; }, time);
}

bool Talkers::settle(std::chrono::milliseconds bound) {
    talking_ = false;
    const bool settled = until(
        [&] {
            return all_connected() &&
                   std::all_of(people_.begin(), people_.end(),
                               [](const auto& person) { return person->chat().unsettled_operations() == 0; }) &&
                   all_have_seen_all();
        },
        bound);
    if (settled) log_.whole();
    return settled;
}

std::map<RoomId, Sequence> Talkers::heads() const {
    auto heads = expected_;
    for (const auto& person : people_)
        for (const auto& [id, room] : person->state().rooms) heads[id] = std::max(heads[id], room.head);
    return heads;
}

bool Talkers::all_have_seen_all() const {
    const auto heads = this->heads();
    return std::all_of(people_.begin(), people_.end(), [&](const auto& person) {
        const auto& rooms = person->state().rooms;
        return std::all_of(rooms.begin(), rooms.end(), [&](const auto& entry) {
            return entry.second.subscribed && entry.second.applied == heads.at(entry.first);
        });
    });
}

void Talkers::reconnect_now() {
    for (auto& person : people_) person->chat().network_returned(native::NativeClient::now());
}

void Talkers::leave() {
    for (auto& person : people_) person->stop();
    if (const auto finished = log_.finish(); !finished) throw std::runtime_error(finished.error());
}

std::uint64_t Talkers::connections_lost() const {
    std::uint64_t lost = 0;
    for (const auto& person : people_) lost += person->connections_lost;
    return lost;
}

bool Talkers::all_connected() const {
    return std::all_of(people_.begin(), people_.end(), [](const auto& person) { return person->is_connected(); });
}
bool Talkers::none_connected() const {
    return std::none_of(people_.begin(), people_.end(), [](const auto& person) { return person->is_connected(); });
}

}  // namespace parley::faults
