// The real parley-server as a process of its own, on a free port of loopback. Ended with its object.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace parley::served {

class ServerProcess {
  public:
    struct Start {
        std::filesystem::path binary;
        std::filesystem::path data;
        std::uint16_t port = 0;  // 0: a free one
        std::vector<std::string> more;
        std::vector<std::string> environment = {};  // NAME=VALUE, beside ours
        std::vector<std::string> through = {};      // words before the binary's, of a program that ends in running it
        std::filesystem::path errors = {};          // what it prints as errors is added to this file; empty: to ours
        bool waits = true;
    };
    // Returns once it listens; at once with `waits` off. Throws std::runtime_error with what it printed if it ends
    // instead.
    explicit ServerProcess(const Start& start);
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    // False: it ended before it listened; printed() says what it said.
    [[nodiscard]] bool wait_until_it_listens();
    [[nodiscard]] const std::string& printed() const { return printed_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string socket_url() const { return "ws://127.0.0.1:" + std::to_string(port_) + "/ws"; }
    [[nodiscard]] pid_t pid() const { return pid_; }
    // Sends the signal and waits for the end: the exit code, or minus the signal that ended it.
    int end(int signal);
    void send(int signal);
    [[nodiscard]] bool has_ended();  // never waits

  private:
    pid_t pid_ = -1;
    int output_ = -1;
    std::string printed_;
    std::uint16_t port_ = 0;
};

}  // namespace parley::served
