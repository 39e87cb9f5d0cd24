// parley-cli against the real server: what is said about a message in a thread of its own.
#include <csignal>

#include "served_cli.hpp"

namespace parley::served {
namespace {

class CliThreads : public ServedCli {};

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
    bo->say(R"({"do":"thread","room":"general","n":7,"text":"about nothing","op":"21"})");
    EXPECT_TRUE(bo->next_with({R"("refused")", R"("op":"21")", R"("no_such_message")"})) << "its message is not sent";
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
