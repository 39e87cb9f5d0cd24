#include "served/server_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace parley::served {

namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> all;
    for (auto& word : words) all.push_back(word.data());
    all.push_back(nullptr);
    return all;
}

pid_t spawn(const ServerProcess::Start& start, int output) {
    auto words = start.through;
    words.insert(words.end(), {start.binary.string(), "serve", "--listen", "127.0.0.1:" + std::to_string(start.port),
                               "--data", start.data.string(), "--log-level", "error"});
    words.insert(words.end(), start.more.begin(), start.more.end());
    std::vector<std::string> environment = start.environment;
    for (char** entry = environ; *entry != nullptr; ++entry) environment.emplace_back(*entry);
    const auto arguments = pointers(words);
    const auto variables = pointers(environment);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (!start.errors.empty())
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, start.errors.c_str(), O_CREAT | O_WRONLY | O_APPEND,
                                         0600);
    pid_t pid = -1;
    const int failed = posix_spawn(&pid, arguments[0], &actions, nullptr, arguments.data(), variables.data());
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("cannot start " + start.binary.string());
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
    pid_ = spawn(start, ends[1]);
    close(ends[1]);
    output_ = ends[0];
    if (!start.waits || wait_until_it_listens()) return;
    const int code = end(0);
    close(output_);
    throw std::runtime_error("parley-server ended with " + std::to_string(code) + " before it listened: " + printed_);
}

bool ServerProcess::wait_until_it_listens() {
    if (port_ == 0) port_ = wait_for_port(output_, printed_);
    return port_ != 0;
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
