// parley-cli against the real server: what is done to messages that are there, seen by who did it, by who was there,
// and by who comes later.
#include <csignal>

#include "served_cli.hpp"

namespace parley::served {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class CliMessages : public ServedCli {
  protected:
    static void have(CliProcess& cli, const std::string& line, const std::string& op) {
        ServedCli::have(cli, line.substr(0, line.size() - 1) + R"(,"room":"general"})", op);
    }
    static std::string history(CliProcess& cli) {
        cli.say(R"({"do":"history","room":"general"})");
        return cli.next_with({R"("event":"history")"}).value_or("");
    }
};

TEST_F(CliMessages, UnreadFromAMessageOnAndMentionsAreTheSameOnEveryDevice) {
    auto ana = client("ana");
    auto again = client("ana", false);
    auto bo = client("bo");
    have(*bo, R"({"do":"post","text":"one"})", "1");
    have(*bo, R"({"do":"post","text":"two, <!all>"})", "2");
    have(*bo, R"({"do":"post","text":"three"})", "3");
    for (auto* device : {ana.get(), again.get()}) EXPECT_TRUE(device->next_with({"three"}));
    const auto stands = [](CliProcess& cli, const std::string& words) {
        for (int tries = 0; tries < 1'000; ++tries) {
            cli.say(R"({"do":"rooms"})");
            if (cli.next_with({R"("event":"rooms")"}).value_or("").find(words) != std::string::npos) return true;
        }
        return false;
    };
    ana->say(R"({"do":"read","room":"general","n":3})");
    EXPECT_TRUE(stands(*again, R"("unread":0)"));
    again->say(R"({"do":"unread","room":"general","n":2})");
    for (auto* device : {ana.get(), again.get()}) {
        EXPECT_TRUE(stands(*device, R"("unread":2)"));
        EXPECT_TRUE(stands(*device, R"("mentions":1)"));
    }
    again->say(R"({"do":"unread","room":"general","n":9,"op":"x"})");
    EXPECT_TRUE(again->next_with({R"("refused")", "no_such_message"}));
    ana->say(R"({"do":"history","room":"general","date":"2020-01-01","limit":1})");
    EXPECT_THAT(ana->next_with({R"("event":"history")"}).value_or(""), AllOf(HasSubstr("one"), Not(HasSubstr("two"))));
}

TEST_F(CliMessages, HowFarSheHasReadIsSentOfEveryRoomBeforeTheProgramEnds) {
    auto bo = client("bo");
    ServedCli::have(*bo, R"({"do":"create","room":"plans"})", "1");
    auto first = client("ana");
    ServedCli::have(*first, R"({"do":"join","room":"plans"})", "1");
    const auto rooms = [](CliProcess& cli) {
        cli.say(R"({"do":"rooms"})");
        return cli.next_with({R"("event":"rooms")"}).value_or("");
    };
    for (const std::string last : {R"({"do":"quit"})", R"({"do":"typing"})"}) {  // or the input ends
        for (const std::string room : {"general", "plans"})
            ServedCli::have(*bo, R"({"do":"post","text":"news","room":")" + room + "\"}", "2");
        auto ana = client("ana", false);
        EXPECT_THAT(rooms(*ana), HasSubstr(R"("unread":1)"));
        ana->say(R"({"do":"read","room":"general","n":9})"
                 "\n"
                 R"({"do":"read","room":"plans","n":9})"
                 "\n" +
                 last);
        EXPECT_EQ(ana->end(0), 0);
        auto later = client("ana", false);
        auto stands = rooms(*later);
        for (int tries = 0; tries < 50 && stands.contains(R"("unread":1)"); ++tries) stands = rooms(*later);
        EXPECT_THAT(stands, Not(HasSubstr(R"("unread":1)")));
    }
}

TEST_F(CliMessages, EverythingIsHeardByWhoIsThereAndReadByWhoComesLater) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*ana, R"({"do":"post","text":"a slip"})", "1");
    have(*bo, R"({"do":"reply","n":1,"text":"an answer"})", "2");
    EXPECT_TRUE(ana->next_with({R"("event":"message")", "an answer", R"("reply_to":1)"}));
    have(*ana, R"({"do":"edit","n":1,"text":"better said"})", "3");
    EXPECT_TRUE(bo->next_with({R"("event":"edited")", R"("n":1)", R"("author":"ana")", "better said"}));
    have(*bo, R"({"do":"react","n":1,"emoji":"🎉"})", "4");
    EXPECT_TRUE(ana->next_with({R"("event":"reaction")", R"("author":"bo")", "🎉", R"("on":true)"}));
    have(*bo, R"({"do":"pin","n":1})", "5");
    EXPECT_TRUE(ana->next_with({R"("event":"pin")", R"("n":1)", R"("on":true)"}));
    ana->say(R"({"do":"pins","room":"general"})");
    EXPECT_TRUE(ana->next_with({R"("event":"pins")", "better said", R"("reactions":{"🎉":["bo"]})"}));

    auto cy = client("cy");
    EXPECT_THAT(history(*cy), AllOf(HasSubstr("better said"), HasSubstr(R"("edited":)"), HasSubstr(R"("pinned":true)"),
                                    HasSubstr(R"("reply_to":1)"), Not(HasSubstr("a slip"))));
    have(*bo, R"({"do":"unreact","n":1,"emoji":"🎉"})", "6");
    EXPECT_TRUE(ana->next_with({R"("event":"reaction")", R"("on":false)"}));
    have(*bo, R"({"do":"unpin","n":1})", "7");
    have(*ana, R"({"do":"delete","n":1})", "8");
    EXPECT_TRUE(cy->next_with({R"("event":"deleted")", R"("n":1)", R"("author":"ana")"}));
    EXPECT_THAT(history(*cy),
                AllOf(HasSubstr(R"("deleted":true)"), HasSubstr("an answer"), Not(HasSubstr("better said"))));
}

TEST_F(CliMessages, RefusalsSayWhy) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*ana, R"({"do":"post","text":"hers"})", "1");
    bo->say(R"({"do":"edit","room":"general","n":1,"text":"his","op":"e"})");
    EXPECT_TRUE(bo->next_with({R"("refused")", R"("op":"e")", "not_your_message"}));
    bo->say(R"({"do":"delete","room":"general","n":1,"op":"d"})");
    EXPECT_TRUE(bo->next_with({R"("refused")", R"("op":"d")", "not_your_message"}));
    bo->say(R"({"do":"react","room":"general","n":7,"emoji":"🎉","op":"r"})");
    EXPECT_TRUE(bo->next_with({R"("refused")", R"("op":"r")", "no_such_message"}));
    bo->say(R"({"do":"react","room":"general","n":1,"emoji":"a b","op":"s"})");
    EXPECT_TRUE(bo->next_with({R"("refused")", R"("op":"s")", "emoji_not_allowed"}));
    have(*ana, R"({"do":"delete","n":1})", "2");
    ana->say(R"({"do":"edit","room":"general","n":1,"text":"back","op":"b"})");
    EXPECT_TRUE(ana->next_with({R"("refused")", R"("op":"b")", "message_deleted"}));
}

// What happened while the line was cut comes with the resume; so does what was said meanwhile, with the words it has
// now.
TEST_F(CliMessages, WhatIsWishedWithoutAServerIsDoneOnceItIsBack) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*ana, R"({"do":"post","text":"a slip"})", "1");
    ASSERT_TRUE(bo->next_with({"a slip"}));
    server_->end(SIGKILL);
    ASSERT_TRUE(ana->next_with({"\"reconnecting\""}));
    ana->say(R"({"do":"edit","room":"general","n":1,"text":"better said","op":"2"})");
    ana->say(R"({"do":"react","room":"general","n":1,"emoji":"🎉","op":"3"})");
    ana->say(R"({"do":"delete","room":"general","n":1,"op":"4"})");
    start_server();
    EXPECT_TRUE(ana->next_with({R"("done")", R"("op":"4")"}));
    EXPECT_TRUE(bo->next_with({R"("event":"edited")"}));
    EXPECT_TRUE(bo->next_with({R"("event":"reaction")"}));
    EXPECT_TRUE(bo->next_with({R"("event":"deleted")"}));
    EXPECT_THAT(history(*bo), AllOf(HasSubstr(R"("deleted":true)"), Not(HasSubstr("said"))));
}

}  // namespace
}  // namespace parley::served
