// parley-cli against the real server: what people choose for themselves, seen by others, by their other devices, and by
// who comes after a restart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

#include "served/cli_process.hpp"
#include "served/server_process.hpp"
#include "support/temporary_directory.hpp"

namespace parley::served {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class CliPeople : public testing::Test {
  protected:
    CliPeople() {
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
    static std::string person(CliProcess& cli, const std::string& name) {
        cli.say(R"({"do":"person","to":")" + name + "\"}");
        return cli.next_with({R"("event":"person")"}).value_or("");
    }

    support::TemporaryDirectory directory_{support::TemporaryDirectory::Where::memory};
    std::unique_ptr<ServerProcess> server_;
};

TEST_F(CliPeople, AStatusAndAChoiceAreSeenByOthersAndOnTheOtherDevice) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*ana, R"({"do":"status","text":"at lunch 🍜","minutes":30})", "1");
    have(*ana, R"({"do":"dnd"})", "2");
    EXPECT_THAT(person(*bo, "ana"), AllOf(HasSubstr("at lunch 🍜"), HasSubstr("status_until"), HasSubstr(R"("dnd")"),
                                          Not(HasSubstr("availability")), Not(HasSubstr("last_seen"))));
    auto two = client("ana", false);
    EXPECT_THAT(person(*two, "ana"), HasSubstr(R"("availability":"dnd")"));
    have(*two, R"({"do":"invisible"})", "3");
    have(*two, R"({"do":"status"})", "4");
    EXPECT_THAT(person(*bo, "ana"), AllOf(HasSubstr(R"("offline")"), HasSubstr("last_seen"), Not(HasSubstr("lunch"))));
    EXPECT_THAT(person(*ana, "ana"), HasSubstr(R"("availability":"invisible")"));
    EXPECT_EQ(server_->end(SIGTERM), 0);
    start_server();
    auto cy = client("cy");
    EXPECT_THAT(person(*cy, "ana"), AllOf(HasSubstr(R"("offline")"), HasSubstr("last_seen")));
}

TEST_F(CliPeople, WhoeverIsIgnoredIsRefusedInDirectMessagesAlone) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*bo, R"({"do":"dm","to":"ana","text":"hello"})", "1");
    have(*ana, R"({"do":"ignore","to":"bo"})", "2");
    EXPECT_THAT(person(*ana, "bo"), HasSubstr(R"("blocked":true)"));
    bo->say(R"({"do":"dm","to":"ana","text":"are you there?","op":"3"})");
    EXPECT_TRUE(bo->next_with({R"("refused")", R"("takes_no_messages")", "does not take direct messages from you"}));
    have(*bo, R"({"do":"post","room":"general","text":"to all"})", "4");
    EXPECT_TRUE(ana->next_with({R"("event":"message")", "to all"}));
    have(*ana, R"({"do":"unignore","to":"bo"})", "5");
    have(*bo, R"({"do":"dm","to":"ana","text":"at last"})", "6");
    ana->say(R"({"do":"ignore","to":"ana","op":"7"})");
    EXPECT_TRUE(ana->next_with({R"("refused")", R"("cannot_block_yourself")"}));
    ana->say(R"({"do":"ignore","to":"nobody","op":"8"})");
    EXPECT_TRUE(ana->next_with({R"("refused")", R"("no_such_person")"}));
}

}  // namespace
}  // namespace parley::served
