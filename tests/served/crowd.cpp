#include "served/crowd.hpp"

#include <asio/io_context.hpp>

namespace parley::served {

namespace {

using namespace std::chrono_literals;
constexpr auto kGiveUpAfter = 60s;
constexpr auto kPassword = "correct horse battery";

native::Url url_or_throw(const std::string& text) {
    auto url = native::parse_url(text);
    if (!url) throw std::runtime_error("the URL of a test is wrong: " + text);
    return *url;
}

}  // namespace

Person::Person(asio::io_context& io, const std::string& url, std::string name)
    : name_(std::move(name)), native_(std::make_unique<native::NativeClient>(io, url_or_throw(url))) {
    native_->on_notice([this](const client::Notice& notice) { note(notice); });
}

void Person::register_and_start(std::string_view password) {
    native_->chat().register_account(name_, password);
    native_->start();
}

void Person::note(const client::Notice& notice) {
    if (const auto* arrived = std::get_if<client::MessageArrived>(&notice)) {
        heard_[arrived->room].push_back(arrived->message.text.str());
        in_order_ = in_order_ && arrived->message.sequence > last_[arrived->room];
        last_[arrived->room] = arrived->message.sequence;
    } else if (const auto* done = std::get_if<client::OperationDone>(&notice)) {
        done_.emplace(done->op, *done);
    } else if (const auto* refused = std::get_if<client::OperationRefused>(&notice)) {
        refused_.emplace(refused->op, *refused);
    } else if (const auto* loaded = std::get_if<client::HistoryLoaded>(&notice)) {
        history_ = loaded->messages;
        ++history_pages_;
    } else if (const auto* changed = std::get_if<client::ConnectionChanged>(&notice)) {
        if (changed->state != client::ConnectionState::reconnecting) return;
        if (connections_lost_++ == 0) first_loss_ = changed->why;
    }
}

Crowd::Crowd(std::string url) : url_(std::move(url)), io_(std::make_unique<asio::io_context>()) {}
Crowd::~Crowd() = default;

Person& Crowd::add(const std::string& name) {
    people_.push_back(std::make_unique<Person>(*io_, url_, name));
    auto& person = *people_.back();
    person.register_and_start(kPassword);
    if (!until([&] {
            return person.state().logged_in() && person.state().connection == client::ConnectionState::connected;
        }))
        throw std::runtime_error(name + " could not register");
    return person;
}

void Crowd::add_many(const std::string& prefix, std::size_t count) {
    const auto first = people_.size();
    for (std::size_t i = 0; i < count; ++i) {
        people_.push_back(std::make_unique<Person>(*io_, url_, prefix + std::to_string(i)));
        people_.back()->register_and_start(kPassword);
    }
    const bool all = until([&] {
        for (std::size_t i = first; i < people_.size(); ++i) {
            const auto& state = people_[i]->state();
            const auto* general = state.room_named("general");
            if (!state.logged_in() || !general || !general->subscribed) return false;
        }
        return true;
    });
    if (!all) throw std::runtime_error("a crowd could not register");
}

bool Crowd::until(const std::function<bool()>& claim) {
    const auto give_up = std::chrono::steady_clock::now() + kGiveUpAfter;
    while (!claim()) {
        if (std::chrono::steady_clock::now() > give_up) return false;
        turn();
    }
    return true;
}

void Crowd::turn() {
    io_->restart();
    io_->run_for(10ms);
}

std::vector<Message> Crowd::whole_history(Person& reader, RoomId room) {
    std::vector<Message> all;
    Ordinal before{};
    while (true) {
        const auto pages = reader.history_pages();
        if (reader.chat().load_history(room, HistoryDirection::before, before, limits::kHistoryPage) == 0)
            throw std::runtime_error("history cannot be asked for");
        if (!until([&] { return reader.history_pages() > pages; })) throw std::runtime_error("no history came");
        if (reader.history().empty()) return all;
        all.insert(all.begin(), reader.history().begin(), reader.history().end());
        before = all.front().ordinal;
        if (before == Ordinal(1)) return all;
    }
}

}  // namespace parley::served
