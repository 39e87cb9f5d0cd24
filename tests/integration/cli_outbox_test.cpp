// parley-cli with a file for what is not sent, killed where it hurts, against the real server.
#include <csignal>

#include "served_cli.hpp"

namespace parley::served {
namespace {

using testing::HasSubstr;

class CliOutbox : public ServedCli {
  protected:
    [[nodiscard]] CliProcess ana(bool registers) const {
        auto all = words("ana", registers);
        all.insert(all.end(), {"--outbox", path("outbox")});
        return CliProcess(all);
    }
    static std::string post(int number) {
        const auto words = std::to_string(number);
        return R"({"do":"post","room":"general","text":"number )" + words + R"(.","op":")" + words + "\"}";
    }
    // Every text of #general, oldest first.
    [[nodiscard]] std::vector<std::string> stored() const {
        CliProcess reader(words("bo" + std::to_string(++readers_), true));
        EXPECT_TRUE(reader.next_with({"\"ready\""}));
        reader.say(R"({"do":"history","room":"general","limit":100})");
        const auto line = reader.next_with({"\"history\""}).value_or("");
        std::vector<std::string> texts;
        static constexpr std::string_view kBefore = R"("text":")";
        for (auto at = line.find(kBefore); at != std::string::npos; at = line.find(kBefore, at + 1)) {
            const auto start = at + kBefore.size();
            texts.push_back(line.substr(start, line.find('"', start) - start));
        }
        return texts;
    }
    static std::vector<std::string> numbers(int from, int to) {
        std::vector<std::string> all;
        for (int number = from; number <= to; ++number) all.push_back("number " + std::to_string(number) + ".");
        return all;
    }
    mutable int readers_ = 0;
};

TEST_F(CliOutbox, WhatWaitsWithoutAServerSurvivesTheKillOfTheProgramAndArrivesOnceInOrder) {
    {
        auto cli = ana(true);
        ASSERT_TRUE(cli.next_with({"\"ready\""}));
        server_->end(SIGKILL);
        ASSERT_TRUE(cli.next_with({"\"reconnecting\""}));
        for (int number = 1; number <= 20; ++number) cli.say(post(number));
        for (int number = 1; number <= 20; ++number)
            ASSERT_TRUE(
                cli.next_with({R"("event":"pending","op":")" + std::to_string(number) + "\"", R"("kept":true)"}));
        EXPECT_EQ(cli.end(SIGKILL), -SIGKILL);
    }
    start_server();
    auto cli = ana(false);
    ASSERT_TRUE(cli.next_with({"\"ready\""}));
    cli.say(post(21));
    EXPECT_TRUE(cli.next_with({R"("event":"done","op":"21")"}));
    EXPECT_EQ(cli.end(0), 0);
    EXPECT_EQ(stored(), numbers(1, 21));
}

TEST_F(CliOutbox, KilledInTheMiddleOfSendingLosesAndDoublesNothing) {
    bool registers = true;
    int said = 0;
    for (int round = 0; round < 4; ++round) {
        auto cli = ana(registers);
        registers = false;
        ASSERT_TRUE(cli.next_with({"\"ready\""}));
        const int last = said + 20;
        for (int number = said + 1; number <= last; ++number) cli.say(post(number));
        ASSERT_TRUE(cli.next_with({R"("event":"pending","op":")" + std::to_string(last) + "\""}));
        said = last;
        EXPECT_EQ(cli.end(SIGKILL), -SIGKILL);
    }
    auto cli = ana(false);
    EXPECT_TRUE(cli.next_with({"\"ready\""}));
    EXPECT_EQ(cli.end(0), 0);  // which waits for what is not settled
    EXPECT_EQ(stored(), numbers(1, said));
}

TEST_F(CliOutbox, ASecondOneWithTheSameFileIsRefusedInWords) {
    auto first = ana(true);
    ASSERT_TRUE(first.next_with({"\"ready\""}));
    auto second = ana(false);
    EXPECT_TRUE(second.next_with({"in use"}));
    EXPECT_EQ(second.end(0), 2);
    auto of_another = words("bo", true);
    first.end(SIGKILL);
    of_another.insert(of_another.end(), {"--outbox", path("outbox")});
    CliProcess bo(of_another);
    EXPECT_TRUE(bo.next_with({"belongs to", "ana ws://"}));
    EXPECT_EQ(bo.end(0), 2);
}

TEST_F(CliOutbox, WithoutTheOptionNothingIsSaidOfKeeping) {
    CliProcess cli(words("ana", true));
    ASSERT_TRUE(cli.next_with({"\"ready\""}));
    cli.say(post(1));
    ASSERT_TRUE(cli.next_with({R"("event":"done","op":"1")"}));
    for (const auto& line : cli.heard()) EXPECT_THAT(line, testing::Not(HasSubstr("\"pending\"")));
    EXPECT_EQ(cli.end(0), 0);
}

}  // namespace
}  // namespace parley::served
