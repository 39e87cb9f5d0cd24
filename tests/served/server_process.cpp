#include "served/server_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace parley::served {

namespace {

pid_t spawn(std::vector<std::string> words, int output) {
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    pid_t pid = -1;
    const int failed = posix_spawn(&pid, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("cannot start " + words[0]);
    return pid;
}

// Reads until the line "listening on http://ADDRESS:PORT" or the end; 0 if there was none.
std::uint16_t wait_for_port(int output, std::string& printed) {
    char byte = 0;
    while (read(output, &byte, 1) == 1) {
        printed += byte;
        const auto at = printed.find("listening on http://");
        if (byte != '\n' || at == std::string::npos) continue;
        return static_cast<std::uint16_t>(std::stoi(printed.substr(printed.rfind(':') + 1)));
    }
    return 0;
}

}  // namespace

ServerProcess::ServerProcess(const Start& start) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    std::vector<std::string> words{
        start.binary.string(), "serve",       "--listen", "127.0.0.1:" + std::to_string(start.port), "--data",
        start.data.string(),   "--log-level", "error"};
    words.insert(words.end(), start.more.begin(), start.more.end());
    pid_ = spawn(std::move(words), ends[1]);
    close(ends[1]);
    output_ = ends[0];
    std::string printed;
    port_ = wait_for_port(output_, printed);
    if (port_ == 0) {
        const int code = end(0);
        throw std::runtime_error("parley-server ended with " + std::to_string(code) +
                                 " before it listened: " + printed);
    }
}

ServerProcess::~ServerProcess() {
    end(SIGKILL);
    close(output_);
}

void ServerProcess::send(int signal) {
    if (pid_ >= 0) kill(pid_, signal);
}

bool ServerProcess::has_ended() {
    siginfo_t info{};
    return pid_ < 0 ||
           (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid_);
}

int ServerProcess::end(int signal) {
    if (pid_ < 0) return 0;
    if (signal != 0) send(signal);
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace parley::served
