// A server of its own for parley-cli, and clients that speak JSON lines with it. What is there survives a new start of
// the server.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "served/cli_process.hpp"
#include "served/server_process.hpp"
#include "support/temporary_directory.hpp"

namespace parley::served {

class ServedCli : public testing::Test {
  protected:
    ServedCli() {
        std::ofstream(path("pw")) << "correct horse\n";
        start_server();
    }
    void start_server() {
        const auto port = server_ ? server_->port() : std::uint16_t{0};
        server_ = std::make_unique<ServerProcess>(
            ServerProcess::Start{PARLEY_SERVER_BINARY, directory_.path() / "data", port, {"--profile", "bench"}});
    }
    [[nodiscard]] std::string path(const std::string& name) const { return (directory_.path() / name).string(); }
    [[nodiscard]] std::vector<std::string> words(const std::string& name, bool registers) const {
        std::vector<std::string> all{
            PARLEY_CLI_BINARY, "--url", server_->socket_url(), "--name", name, "--password-file", path("pw"), "--json"};
        if (registers) all.emplace_back("--register");
        return all;
    }
    [[nodiscard]] std::unique_ptr<CliProcess> client(const std::string& name, bool registers = true) const {
        auto cli = std::make_unique<CliProcess>(words(name, registers));
        EXPECT_TRUE(cli->next_with({"\"ready\""}));
        return cli;
    }
    // What is said is done before this returns.
    static void have(CliProcess& cli, const std::string& line, const std::string& op) {
        cli.say(line.substr(0, line.size() - 1) + R"(,"op":")" + op + "\"}");
        EXPECT_TRUE(cli.next_with({R"("done")", R"("op":")" + op + "\""})) << line;
    }

    support::TemporaryDirectory directory_{support::TemporaryDirectory::Where::memory};
    std::unique_ptr<ServerProcess> server_;
};

}  // namespace parley::served
