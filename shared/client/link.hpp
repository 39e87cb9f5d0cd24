// The life of the connection: when a socket is wanted, opened, given up, and when the next is tried. It does not know
// who logs in. Owned by Core. Every call that ends a connection leaves the forgetting of its other state to Core.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client/jitter.hpp"
#include "client/outputs.hpp"

namespace parley::client {

class Link {
  public:
    Link(ChatState& state, Outputs& out, Dice& dice) : state_(state), out_(out), dice_(dice) {}

    void start(Now now);
    void stop();    // closes with 1000; only start() comes back
    void opened();  // the greeting is still to come, within limits::kOpeningTime of the try
    void closed(Now now, const std::string& why);                // by itself: the next try is due after a back-off
    void fail(Now now, CloseCode code, const std::string& why);  // closed by us, then as closed()
    void rest(CloseCode code, const std::string& why);           // closed if open; only wake() comes back
    void socket_is_gone() { socket_ = false; }                   // before rest(): there is nothing left to close
    void wake();  // somebody wants to log in: connect at the next time_passed
    void heard(Now now);
    void await_answer(Now now);  // to a resume: the wait for it is short, whatever was heard before
    void greeted() { greeted_ = true; }
    void welcomed(Now now);
    void network_returned(Now now);
    // True: the server has been silent for too long; Core calls fail().
    [[nodiscard]] bool time_passed(Now now);
    [[nodiscard]] std::optional<std::int64_t> deadline() const;

    [[nodiscard]] bool started() const { return started_; }
    [[nodiscard]] bool has_socket() const { return socket_; }
    [[nodiscard]] bool is_open() const { return open_; }
    [[nodiscard]] bool is_greeted() const { return open_ && greeted_; }
    [[nodiscard]] bool is_connected() const { return state_.connection == ConnectionState::connected; }

  private:
    void open_socket(Now now);
    void retry_later(Now now, const std::string& why);
    [[nodiscard]] std::int64_t longest_wait(Now now) const;
    void forget_socket();
    void enter(ConnectionState next, const std::string& why, std::int64_t retry_in_ms = 0);

    ChatState& state_;
    Outputs& out_;
    Dice& dice_;
    BackOff back_off_{limits::kReconnectFirst, limits::kReconnectLongest};
    bool started_ = false;
    bool socket_ = false;  // OpenSocket was asked for and nothing has ended it
    bool open_ = false;
    bool greeted_ = false;
    std::optional<std::int64_t> next_try_;
    std::int64_t silent_until_ = 0;
    std::optional<std::int64_t> connected_at_;
    std::optional<std::int64_t> away_since_;  // the end of the last connection that was welcomed
};

}  // namespace parley::client
