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
    };
    // Returns once it listens. Throws std::runtime_error with what it printed if it ends instead.
    explicit ServerProcess(const Start& start);
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

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
    std::uint16_t port_ = 0;
};

}  // namespace parley::served
