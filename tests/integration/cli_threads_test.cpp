// parley-cli against the real server: what is said about a message in a thread of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

#include "served/cli_process.hpp"
#include "served/server_process.hpp"
#include "support/temporary_directory.hpp"

namespace parley::served {
namespace {

class CliThreads : public testing::Test {
  protected:
    CliThreads() {
        std::ofstream(path("pw")) << "correct horse\n";
        start_server();
    }
    void start_server() {
        const auto port = server_ ? server_->port() : std::uint16_t{0};
        server_ = std::make_unique<ServerProcess>(
            ServerProcess::Start{PARLEY_SERVER_BINARY, directory_.path() / "data", port, {"--profile", "bench"}});
    }
    [[nodiscard]] std::string path(const std::string& name) const { return (directory_.path() / name).string(); }
    [[nodiscard]] std::unique_ptr<CliProcess> client(const std::string& name, bool registers = true) const {
        std::vector<std::string> words{
            PARLEY_CLI_BINARY, "--url", server_->socket_url(), "--name", name, "--password-file", path("pw"), "--json"};
        if (registers) words.emplace_back("--register");
        auto cli = std::make_unique<CliProcess>(words);
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

TEST_F(CliThreads, AnAnswerInAThreadIsHeardByWhoFollowsItAlsoAfterARestart) {
    auto ana = client("ana");
    auto bo = client("bo");
    auto cy = client("cy");
    have(*ana, R"({"do":"post","room":"general","text":"what shall we plant?"})", "1");
    ASSERT_TRUE(bo->next_with({R"("event":"message")", "plant"}));
    have(*bo, R"({"do":"thread","room":"general","n":1,"text":"roses"})", "2");
    EXPECT_TRUE(ana->next_with({R"("event":"message")", R"("room":"general/1")", "roses"}));
    EXPECT_TRUE(cy->next_with({R"("event":"thread")", R"("room":"general")", R"("n":1)", R"("replies":1)"}));
    have(*ana, R"({"do":"post","room":"general/1","text":"tulips"})", "3");
    EXPECT_TRUE(bo->next_with({R"("event":"message")", R"("room":"general/1")", "tulips"}));
    EXPECT_EQ(server_->end(SIGTERM), 0);
    start_server();
    auto two = client("bo", false);
    two->say(R"({"do":"history","room":"general/1"})");
    EXPECT_TRUE(two->next_with({R"("event":"history")", "roses", "tulips"}));
    two->say(R"({"do":"history","room":"general"})");
    EXPECT_TRUE(two->next_with({R"("event":"history")", R"("replies":2)"}));
}

TEST_F(CliThreads, WhatIsNotThereIsRefusedAndOneThatIsLeftIsHeardNoMore) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*ana, R"({"do":"post","room":"general","text":"hello"})", "1");
    bo->say(R"({"do":"thread","room":"general","n":7,"op":"2"})");
    EXPECT_TRUE(bo->next_with({R"("refused")", R"("no_such_message")"}));
    bo->say(R"({"do":"post","room":"general/1","text":"x","op":"3"})");
    EXPECT_TRUE(bo->next_with({R"("refused")", R"("op":"3")"}));
    have(*bo, R"({"do":"thread","room":"general","n":1})", "4");
    bo->say(R"({"do":"thread","room":"general/1","n":1,"op":"5"})");
    EXPECT_TRUE(bo->next_with({R"("refused")"}));
    have(*bo, R"({"do":"leave","room":"general/1"})", "6");
    have(*ana, R"({"do":"thread","room":"general","n":1,"text":"anybody?"})", "7");
    have(*ana, R"({"do":"post","room":"general","text":"over here then"})", "8");
    const auto next = bo->next_with({R"("event":"message")"});
    EXPECT_THAT(next.value_or(""), testing::HasSubstr("over here then"));
}

}  // namespace
}  // namespace parley::served
