#include <algorithm>
#include <asio/io_context.hpp>
#include <optional>
#include <vector>

#include "client_native/native_client.hpp"
#include "event_log/recorder.hpp"
#include "load/crowd.hpp"

namespace parley::load {

namespace {

class ParleyCrowd;

// One client: signs in (or registers), joins its room, listens.
class Member {
  public:
    Member(ParleyCrowd& crowd, std::size_t index);
    void come_in();
    void post(const std::string& text);
    void go() { client_.stop(); }
    void look() { client_.chat().watch({room_}); }
    void come_or_go();
    [[nodiscard]] native::NativeClient::Received received() const { return client_.received(); }

  private:
    void happened(const client::Notice& notice);
    void on(const client::LoginRefused& refused);
    void on(const client::LoggedIn&) { join_when_possible(); }
    void on(const client::RoomsChanged&) { find_room(); }
    void on(const client::DirectoryLoaded&) { join_from_directory(); }
    void on(const client::RoomSubscribed& subscribed);
    void on(const client::MessageArrived& arrived);
    void on(const client::OperationDone&) { join_when_possible(); }
    void on(const client::OperationRefused& refused);
    void on(const client::ConnectionChanged& changed);
    void on(const client::RoomWasReset&);
    void on(const client::SessionEnded& ended);
    template <class Other>
    void on(const Other&) {}

    void find_room();
    void join_when_possible();
    void join_from_directory();
    [[nodiscard]] std::string account() const;

    ParleyCrowd& crowd_;
    std::size_t index_;
    native::NativeClient client_;
    std::optional<event_log::Recorder> recorder_;
    RoomId room_;
    bool in_ = false;
    bool created_ = false;
    bool joining_ = false;
    bool away_ = false;
    bool restless_ = false;
};

class ParleyCrowd final : public Crowd {
  public:
    ParleyCrowd(asio::io_context& io, const Options& options, CrowdEvents& events, event_log::EventLog* log)
        : io_(io), options_(options), events_(events), log_(log) {}

    void come_in() override {
        members_.reserve(options_.clients);
        for (std::size_t i = 0; i < options_.clients; ++i) members_.push_back(std::make_unique<Member>(*this, i));
        // The first of each room makes it, before the others look for it.
        while (coming_ < std::min(options_.connecting, members_.size())) next();
    }
    void post(std::size_t client, const std::string& text) override { members_[client]->post(text); }
    void go() override {
        for (auto& member : members_) member->go();
    }
    void look(std::size_t client) override { members_[client]->look(); }
    void come_or_go(std::size_t client) override { members_[client]->come_or_go(); }
    [[nodiscard]] native::NativeClient::Received received(std::size_t client) const override {
        return members_[client]->received();
    }

    void next() { members_[coming_++]->come_in(); }
    void one_is_in() {
        ++in_;
        if (coming_ < members_.size()) next();
        if (in_ == members_.size()) events_.everybody_is_in();
    }
    [[nodiscard]] std::string room_of(std::size_t index) const {
        if (options_.rooms == 1) return "general";
        return options_.prefix + "room-" + std::to_string(index % options_.rooms + 1);
    }
    [[nodiscard]] bool makes_its_room(std::size_t index) const { return options_.rooms > 1 && index < options_.rooms; }

    asio::io_context& io_;
    const Options& options_;
    CrowdEvents& events_;
    event_log::EventLog* const log_;

  private:
    std::vector<std::unique_ptr<Member>> members_;
    std::size_t coming_ = 0;
    std::size_t in_ = 0;
};

client::Settings lean_settings() {
    client::Settings settings;
    settings.client_name = "parley-load";
    settings.keep_people = false;
    settings.timeline_messages = 0;
    return settings;
}

Member::Member(ParleyCrowd& crowd, std::size_t index)
    : crowd_(crowd), index_(index), client_(crowd.io_, crowd.options_.url, lean_settings()) {
    if (crowd_.log_ != nullptr) recorder_.emplace(*crowd_.log_, account());
    client_.on_notice([this](const client::Notice& notice) { happened(notice); });
}

std::string Member::account() const {
    return crowd_.options_.prefix + std::to_string(index_ + 1);
}

void Member::come_in() {
    if (crowd_.options_.registers) {
        client_.chat().register_account(account(), crowd_.options_.password);
    } else {
        client_.chat().log_in(account(), crowd_.options_.password);
    }
    client_.start();
}

void Member::post(const std::string& text) {
    const auto op = client_.chat().post(room_, text);
    if (!op) return crowd_.events_.posting_failed(index_, "its outbox is full");
    if (recorder_) recorder_->posted(*op, room_);
}

void Member::come_or_go() {
    restless_ = true;
    away_ = !away_;
    if (away_)
        client_.stop();
    else
        client_.start();
}

void Member::happened(const client::Notice& notice) {
    if (recorder_) recorder_->happened(notice, client_.state());
    std::visit([this](const auto& what) { on(what); }, notice);
}

void Member::on(const client::LoginRefused& refused) {
    // Registered in an earlier run.
    if (refused.reason == Refusal::name_taken) return client_.chat().log_in(account(), crowd_.options_.password);
    crowd_.events_.gave_up(account() + " may not sign in: " + refused.sentence);
}

void Member::on(const client::SessionEnded& ended) {
    crowd_.events_.gave_up(account() + " was signed out: " + ended.why);
}

void Member::find_room() {
    const auto* room = client_.state().room_named(crowd_.room_of(index_));
    if (room == nullptr) return;
    room_ = room->id;
    if (!room->subscribed || in_) return;
    in_ = true;
    crowd_.one_is_in();
}

void Member::on(const client::RoomSubscribed&) {
    find_room();
}

void Member::join_when_possible() {
    find_room();
    if (room_.names_something() || joining_) return;
    if (crowd_.makes_its_room(index_) && !created_) {
        created_ = true;
        (void)client_.chat().create_room(crowd_.room_of(index_));
        return;
    }
    (void)client_.chat().list_rooms();
}

// A room that its maker has not made yet is looked for again.
void Member::join_from_directory() {
    if (room_.names_something() || joining_) return;
    for (const auto& entry : client_.state().directory) {
        if (entry.name.view() != crowd_.room_of(index_)) continue;
        joining_ = client_.chat().join_room(entry.id).has_value();
        return;
    }
    (void)client_.chat().list_rooms();
}

void Member::on(const client::MessageArrived& arrived) {
    if (arrived.room == room_) crowd_.events_.heard(index_, arrived.message.text.view());
}

void Member::on(const client::OperationRefused& refused) {
    if (refused.reason == Refusal::room_name_taken) return join_when_possible();
    crowd_.events_.posting_failed(index_, refused.sentence);
}

void Member::on(const client::ConnectionChanged& changed) {
    if (restless_ && changed.state == client::ConnectionState::connected)
        client_.chat().typing(room_, native::NativeClient::now());
    if (changed.state == client::ConnectionState::reconnecting && !changed.why.empty() && in_)
        crowd_.events_.reconnected(index_);
}

void Member::on(const client::RoomWasReset&) {
    crowd_.events_.posting_failed(index_, "it fell too far behind and was reset");
}

}  // namespace

std::unique_ptr<Crowd> parley_crowd(asio::io_context& io, const Options& options, CrowdEvents& events,
                                    event_log::EventLog* log) {
    return std::make_unique<ParleyCrowd>(io, options, events, log);
}

}  // namespace parley::load
