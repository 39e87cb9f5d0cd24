#include "served/cli_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace parley::served {

namespace {
constexpr int kLongSilenceMs = 30'000;
}

CliProcess::CliProcess(const std::vector<std::string>& words) {
    int in[2];
    int out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    auto copies = words;
    std::vector<char*> arguments;
    for (auto& word : copies) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDERR_FILENO);
    const int failed = posix_spawn(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    input_ = in[1];
    output_ = out[0];
    if (failed != 0) throw std::runtime_error("cannot start " + words[0]);
}

CliProcess::~CliProcess() {
    end(SIGKILL);
    close(output_);
}

void CliProcess::say(const std::string& line) const {
    const auto whole = line + "\n";
    if (::write(input_, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size()))
        throw std::runtime_error("parley-cli takes no more");
}

std::optional<std::string> CliProcess::next_with(const std::vector<std::string>& parts) {
    while (auto line = next()) {
        const bool holds_all = std::all_of(
            parts.begin(), parts.end(), [&](const std::string& part) { return line->find(part) != std::string::npos; });
        if (holds_all) return line;
    }
    return std::nullopt;
}

std::optional<std::string> CliProcess::next() {
    for (;;) {
        const auto end_of_line = unread_.find('\n');
        if (end_of_line != std::string::npos) {
            heard_.push_back(unread_.substr(0, end_of_line));
            unread_.erase(0, end_of_line + 1);
            return heard_.back();
        }
        pollfd waiting{output_, POLLIN, 0};
        if (poll(&waiting, 1, kLongSilenceMs) <= 0) return std::nullopt;
        char bytes[4096];
        const auto count = read(output_, bytes, sizeof bytes);
        if (count <= 0) return std::nullopt;
        unread_.append(bytes, static_cast<std::size_t>(count));
    }
}

int CliProcess::end(int signal) {
    if (input_ >= 0) close(input_);
    input_ = -1;
    if (pid_ < 0) return 0;
    if (signal != 0) kill(pid_, signal);
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace parley::served
