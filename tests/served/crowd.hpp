// Many real clients over real sockets on one thread, each with a record of what it heard: who sent what, in which
// order, and what was acknowledged. Waiting is always for something to become true, with a bound that only a failure
// reaches.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "client_native/native_client.hpp"

namespace asio {
class io_context;
}

namespace parley::served {

class Person {
  public:
    Person(asio::io_context& io, const std::string& url, std::string name);

    [[nodiscard]] client::Client& chat() { return native_->chat(); }
    [[nodiscard]] const client::ChatState& state() const { return native_->state(); }
    [[nodiscard]] const std::string& name() const { return name_; }
    void register_and_start(std::string_view password);
    void stop() { native_->stop(); }

    // The texts of a room as they arrived, live or by catching up.
    [[nodiscard]] const std::vector<std::string>& heard(RoomId room) { return heard_[room]; }
    [[nodiscard]] bool heard_anything_of(RoomId room) const { return heard_.contains(room); }
    // Whether the Sequences of every room rose without a step back.
    [[nodiscard]] bool in_order() const { return in_order_; }
    [[nodiscard]] const std::map<OpId, client::OperationDone>& done() const { return done_; }
    [[nodiscard]] const std::map<OpId, client::OperationRefused>& refused() const { return refused_; }
    [[nodiscard]] std::size_t connections_lost() const { return connections_lost_; }
    // Why the first connection that was lost ended: close code and reason.
    [[nodiscard]] const std::string& first_loss() const { return first_loss_; }
    [[nodiscard]] bool is_connected() const { return state().connection == client::ConnectionState::connected; }
    [[nodiscard]] const std::vector<Message>& history() const { return history_; }
    [[nodiscard]] std::size_t history_pages() const { return history_pages_; }

  private:
    void note(const client::Notice& notice);

    std::string name_;
    std::unique_ptr<native::NativeClient> native_;
    std::map<RoomId, std::vector<std::string>> heard_;
    std::map<RoomId, Sequence> last_;
    std::map<OpId, client::OperationDone> done_;
    std::map<OpId, client::OperationRefused> refused_;
    std::vector<Message> history_;
    std::string first_loss_;
    std::size_t history_pages_ = 0;
    std::size_t connections_lost_ = 0;
    bool in_order_ = true;
};

class Crowd {
  public:
    explicit Crowd(std::string url);
    ~Crowd();

    // Registered, signed in, in `general`.
    Person& add(const std::string& name);
    void add_many(const std::string& prefix, std::size_t count);
    [[nodiscard]] std::vector<std::unique_ptr<Person>>& people() { return people_; }
    // Runs the clients until the claim holds. False: it did not within a bound far above what is needed.
    [[nodiscard]] bool until(const std::function<bool()>& claim);
    // Runs a little, for what must not happen.
    void turn();
    // The whole history of a room as one of its members loads it, page by page.
    [[nodiscard]] std::vector<Message> whole_history(Person& reader, RoomId room);

  private:
    std::string url_;
    std::unique_ptr<asio::io_context> io_;
    std::vector<std::unique_ptr<Person>> people_;
};

}  // namespace parley::served
