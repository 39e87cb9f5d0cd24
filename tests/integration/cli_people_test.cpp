// parley-cli against the real server: what people choose for themselves, seen by others, by their other devices, and by
// who comes after a restart; and what a person types and reads at a terminal.
#include <csignal>

#include "served_cli.hpp"

namespace parley::served {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class CliPeople : public ServedCli {
  protected:
    // What was chosen is seen by others, and on other devices, after its `done`: asked for until it is.
    static void expect_person(CliProcess& cli, const std::string& name,
                              const testing::Matcher<const std::string&>& looks) {
        std::string shown;
        for (int tries = 0; tries < 1'000 && !testing::Matches(looks)(shown); ++tries) {
            cli.say(R"({"do":"person","to":")" + name + "\"}");
            shown = cli.next_with({R"("event":"person")"}).value_or("");
            if (shown.empty()) break;
        }
        EXPECT_THAT(shown, looks);
    }
};

TEST_F(CliPeople, AStatusAndAChoiceAreSeenByOthersAndOnTheOtherDevice) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*ana, R"({"do":"status","text":"at lunch 🍜","minutes":30})", "1");
    have(*ana, R"({"do":"dnd"})", "2");
    expect_person(*bo, "ana",
                  AllOf(HasSubstr("at lunch 🍜"), HasSubstr("status_until"), HasSubstr(R"("dnd")"),
                        Not(HasSubstr("availability")), Not(HasSubstr("last_seen"))));
    auto two = client("ana", false);
    expect_person(*two, "ana", HasSubstr(R"("availability":"dnd")"));
    have(*two, R"({"do":"invisible"})", "3");
    have(*two, R"({"do":"status"})", "4");
    expect_person(*bo, "ana", AllOf(HasSubstr(R"("offline")"), HasSubstr("last_seen"), Not(HasSubstr("lunch"))));
    expect_person(*ana, "ana", HasSubstr(R"("availability":"invisible")"));
    EXPECT_EQ(server_->end(SIGTERM), 0);
    start_server();
    auto cy = client("cy");
    expect_person(*cy, "ana", AllOf(HasSubstr(R"("offline")"), HasSubstr("last_seen")));
}

TEST_F(CliPeople, AStatusThatEndsLaterKeepsNobodyFromQuitting) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*ana, R"({"do":"status","text":"at lunch","minutes":30})", "1");
    expect_person(*bo, "ana", HasSubstr("status_until"));
    bo->say(R"({"do":"quit"})");
    while (bo->next_with({})) {
    }
    EXPECT_EQ(bo->end(SIGKILL), 0) << "it has gone by itself before";
}

TEST_F(CliPeople, WhoeverIsIgnoredIsRefusedInDirectMessagesAlone) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*bo, R"({"do":"dm","to":"ana","text":"hello"})", "1");
    have(*ana, R"({"do":"ignore","to":"bo"})", "2");
    expect_person(*ana, "bo", HasSubstr(R"("blocked":true)"));
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

// A plain chat, as it is where both of its ends are a terminal: `script` is one. It echoes nothing, so that what is
// typed is not among what is heard.
class CliTerminal : public ServedCli {
  protected:
    [[nodiscard]] std::unique_ptr<CliProcess> at_terminal(const std::string& name) const {
        std::string command = "stty raw -echo; exec";
        for (const auto& word : words(name, true))
            if (word != "--json") command += " '" + word + "'";
        auto cli =
            std::make_unique<CliProcess>(std::vector<std::string>{"/usr/bin/script", "-qfec", command, "/dev/null"});
        EXPECT_TRUE(cli->next_with({"You are " + name, "/help"}));
        return cli;
    }
    // What is typed is answered by a line that holds this.
    static void expect_answer(CliProcess& cli, const std::string& typed, const std::string& answer) {
        cli.say(typed);
        EXPECT_TRUE(cli.next_with({answer})) << typed;
    }
};

TEST_F(CliTerminal, ANameAndAStatusAreToldWhenTheyAreDone) {
    auto ana = at_terminal("ana");
    auto bo = client("bo");
    have(*bo, R"({"do":"nick","nick":"Robert"})", "1");
    expect_answer(*ana, "/nick Ana A", "You are now called Ana A.");
    expect_answer(*ana, "/nick Robert", "! ");
    expect_answer(*ana, "/status at lunch", "Your status is now: at lunch");
    expect_answer(*ana, "/status", "Your status is cleared.");
    EXPECT_THAT(ana->heard(), testing::Not(testing::Contains(HasSubstr("called Robert")))) << "it was refused";
}

TEST_F(CliTerminal, WhatCanBeTypedIsListedWithTheWordsOfTheWebClient) {
    auto ana = at_terminal("ana");
    expect_answer(*ana, "/help", "What can be done by typing");
    EXPECT_TRUE(ana->next_with({"/me what you do", "Say what you do, in italics"}));
    EXPECT_TRUE(ana->next_with({"/nick name", "Change the name that is shown of you"}));
    EXPECT_TRUE(ana->next_with({"/topic text", "\"\" takes it away"}));
    expect_answer(*ana, "/list", "general (joined");
    expect_answer(*ana, "/block bo", "! ");
    expect_answer(*ana, "/dance", "there is no command /dance. /help lists those there are");
}

TEST_F(CliTerminal, WhatSheDoesIsSaidInItalics) {
    auto ana = at_terminal("ana");
    auto bo = client("bo");
    expect_answer(*ana, "/me", "needs text");
    ana->say("/me waves ");
    EXPECT_TRUE(bo->next_with({R"("event":"message")", R"("author":"ana")", R"("text":"_waves_")"}));
}

TEST_F(CliTerminal, ATopicIsShownAndTakenAwayOnlyByWhoSaysSo) {
    auto ana = at_terminal("ana");
    ana->say("/create plans");
    expect_answer(*ana, "/topic", "plans has no topic.");
    expect_answer(*ana, "/topic This week", "set the topic: This week");
    expect_answer(*ana, "/topic", "plans: This week");
    expect_answer(*ana, "/topic", "plans: This week");
    expect_answer(*ana, "/topic \"\"", "took the topic away");
    expect_answer(*ana, "/topic", "plans has no topic.");
}

}  // namespace
}  // namespace parley::served
