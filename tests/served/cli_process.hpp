// The real parley-cli as a process of its own: lines in, lines out. Ended with its object.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace parley::served {

class CliProcess {
  public:
    // The first word is the binary. What it says on standard error comes among its lines.
    explicit CliProcess(const std::vector<std::string>& words);
    ~CliProcess();
    CliProcess(const CliProcess&) = delete;
    CliProcess& operator=(const CliProcess&) = delete;

    void say(const std::string& line) const;
    // The next line that holds all of these; nothing if it ends, or stays silent for long, before one comes.
    [[nodiscard]] std::optional<std::string> next_with(const std::vector<std::string>& parts);
    [[nodiscard]] const std::vector<std::string>& heard() const { return heard_; }
    // Sends the signal (0: only closes its input) and waits for the end: the exit code, or minus the signal.
    int end(int signal);

  private:
    [[nodiscard]] std::optional<std::string> next();

    pid_t pid_ = -1;
    int input_ = -1;
    int output_ = -1;
    std::string unread_;
    std::vector<std::string> heard_;
};

}  // namespace parley::served
