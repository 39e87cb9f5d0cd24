// The load of every fault test: writers that keep posting and readers that only listen, real clients over real sockets,
// all of whose doings go into one event log. Writers and readers are spread over a few rooms and are all in `general`.
// One thread; waiting is always for something to become true, with a bound that only a failure reaches.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "client_native/native_client.hpp"
#include "event_log/recorder.hpp"

namespace asio {
class io_context;
}

namespace parley::faults {

using namespace std::chrono_literals;

class Talkers;

// From the moment somebody noticed that her connection was lost until she was connected again.
struct Return {
    std::chrono::steady_clock::time_point noticed;
    std::chrono::steady_clock::time_point back;
};

class Talker {
  public:
    Talker(Talkers& all, std::size_t index, std::string name);

    [[nodiscard]] client::Client& chat() { return native_.chat(); }
    [[nodiscard]] const client::ChatState& state() const { return native_.state(); }
    [[nodiscard]] bool is_connected() const { return state().connection == client::ConnectionState::connected; }
    [[nodiscard]] bool is_in(std::size_t rooms) const;  // connected, and so many rooms are heard
    [[nodiscard]] const std::string& name() const { return name_; }
    void start();
    void stop() { native_.stop(); }
    void post(RoomId room);
    // As many posts under way as the load says, in its rooms by turns.
    void top_up();
    void post_once();  // in the next of its rooms

    std::uint64_t acknowledged = 0;
    std::uint64_t refused = 0;
    std::uint64_t seen = 0;
    std::uint64_t connections_lost = 0;
    std::uint64_t resets = 0;
    std::string last_loss;  // close code and reason
    std::vector<Return> returns;

  private:
    void happened(const client::Notice& notice);
    void lost(const std::string& why);

    Talkers& all_;
    std::size_t index_;
    std::string name_;
    native::NativeClient native_;
    event_log::Recorder recorder_;
    std::uint64_t posts_ = 0;
    std::chrono::steady_clock::time_point noticed_;
    bool was_connected_ = false;
};

class Talkers {
  public:
    struct Load {
        std::size_t writers = 50;
        std::size_t readers = 50;
        std::size_t rooms = 5;      // beside general; 0: posts go to general alone
        std::size_t under_way = 4;  // posts of each writer that are not settled
        std::size_t text_bytes = 60;
        std::string prefix = "w";  // of the account names
        // Known already, each in one room where it posts: they resume instead of registering, and make no rooms.
        std::vector<client::SavedSession> sessions = {};
    };
    Talkers(const std::string& url, const std::filesystem::path& log, Load load);
    ~Talkers();

    // Everybody registered, in her rooms, told of everything. Throws std::runtime_error if that does not come about.
    void come_in();
    void talk(bool on);
    // Runs the clients until the claim holds. False: it did not in time.
    [[nodiscard]] bool until(const std::function<bool()>& claim, std::chrono::milliseconds bound = 120s);
    [[nodiscard]] bool until_acknowledged(std::uint64_t more, std::chrono::milliseconds bound = 120s);
    // Stops talking, and waits until everybody is connected, has nothing unsettled and has seen what all have seen; the
    // log is then whole.
    [[nodiscard]] bool settle(std::chrono::milliseconds bound = 120s);
    // What these others have seen by now, settle() waits for here too, in the rooms that both are in.
    void expect_what(const Talkers& others) { expected_ = others.heads(); }
    // As if the network had just come back: nobody waits for her next try.
    void reconnect_now();
    void leave();                              // everybody goes, and the log is closed; after settle()
    void run(std::chrono::milliseconds time);  // for load that lasts, or what must not happen

    [[nodiscard]] std::uint64_t acknowledged() const { return acknowledged_; }
    [[nodiscard]] std::uint64_t connections_lost() const;
    [[nodiscard]] bool all_connected() const;
    [[nodiscard]] bool none_connected() const;
    [[nodiscard]] std::vector<std::unique_ptr<Talker>>& people() { return people_; }
    [[nodiscard]] event_log::EventLog& log() { return log_; }
    [[nodiscard]] RoomId general() const;
    [[nodiscard]] const std::filesystem::path& log_file() const { return log_file_; }
    [[nodiscard]] asio::io_context& io() { return *io_; }

  private:
    friend class Talker;
    void open_rooms();
    [[nodiscard]] std::map<RoomId, Sequence> heads() const;  // the furthest that anybody knows of
    [[nodiscard]] bool all_have_seen_all() const;

    native::Url url_;
    Load load_;
    std::filesystem::path log_file_;
    event_log::EventLog log_;
    std::unique_ptr<asio::io_context> io_;
    std::vector<std::unique_ptr<Talker>> people_;
    std::vector<RoomId> rooms_;  // general first
    std::map<RoomId, Sequence> expected_;
    std::uint64_t acknowledged_ = 0;
    bool talking_ = false;
};

}  // namespace parley::faults
