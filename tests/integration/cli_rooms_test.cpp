// parley-cli against the real server: rooms that are named, described and closed, and who is brought into one.
#include "served_cli.hpp"

namespace parley::served {
namespace {

class CliRooms : public ServedCli {
  protected:
    static void have_refused(CliProcess& cli, const std::string& line, const std::string& reason) {
        cli.say(line);
        EXPECT_TRUE(cli.next_with({R"("refused")", R"("reason":")" + reason + "\""})) << line;
    }
    // What the event says where it is.
    static std::string room_in(const std::string& event) {
        static constexpr std::string_view kBefore = R"("room":")";
        const auto start = event.find(kBefore) + kBefore.size();
        return event.substr(start, event.find('"', start) - start);
    }
    // A line for this room.
    static std::string in(const std::string& room, const std::string& line) {
        return R"({"room":")" + room + "\"," + line.substr(1);
    }
};

TEST_F(CliRooms, ATopicAndANewNameAreHeardAndStay) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*ana, R"({"do":"create","room":"plans"})", "1");
    have(*bo, R"({"do":"join","room":"plans"})", "1");
    have(*ana, R"({"do":"topic","room":"plans","topic":"This week"})", "2");
    EXPECT_TRUE(bo->next_with({R"("event":"topic")", R"("author":"ana")", R"("topic":"This week")"}));
    have_refused(*bo, R"({"do":"topic","room":"plans","topic":"Mine"})", "not_your_room");
    have(*ana, R"({"do":"rename","room":"plans","name":"ideas"})", "3");
    EXPECT_TRUE(bo->next_with({R"("event":"renamed")", R"("name":"ideas")"}));
    have(*bo, R"({"do":"post","room":"ideas","text":"the same room"})", "2");
    EXPECT_TRUE(ana->next_with({R"("event":"message")", R"("room":"ideas")", "the same room"}));
    ana.reset();
    bo.reset();
    server_.reset();
    start_server();
    auto again = client("bo", false);
    again->say(R"({"do":"rooms"})");
    EXPECT_TRUE(again->next_with({R"("event":"rooms")", R"("name":"ideas")", R"("topic":"This week")"}));
}

TEST_F(CliRooms, APrivateRoomIsFoundByInvitationAlone) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*ana, R"({"do":"create","room":"den","private":true})", "1");
    have(*ana, R"({"do":"post","room":"den","text":"among us"})", "2");
    have_refused(*bo, R"({"do":"join","room":"den"})", "no_such_room");
    have(*ana, R"({"do":"invite","room":"den","to":"bo"})", "3");
    EXPECT_TRUE(bo->next_with({R"("event":"invited")", R"("room":"den")", R"("name":"bo")", R"("by":"ana")"}));
    have_refused(*ana, R"({"do":"invite","room":"den","to":"bo"})", "already_a_member");
    have(*bo, R"({"do":"post","room":"den","text":"thank you"})", "1");
    EXPECT_TRUE(ana->next_with({R"("event":"message")", R"("room":"den")", "thank you"}));
    auto bo_too = client("bo", false);
    bo_too->say(R"({"do":"rooms"})");
    EXPECT_TRUE(bo_too->next_with({R"("event":"rooms")", R"("name":"den")", R"("private":true)"}));
    have(*bo, R"({"do":"leave","room":"den"})", "2");
    have_refused(*bo, R"({"do":"join","room":"den"})", "no_such_room");
}

TEST_F(CliRooms, RoomsOfOneNameAreToldApartByTheirNumbers) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*ana, R"({"do":"create","room":"den","private":true})", "1");
    have(*bo, R"({"do":"create","room":"den","private":true})", "1");
    have(*ana, R"({"do":"post","room":"den","text":"at home"})", "2");
    have(*bo, R"({"do":"invite","room":"den","to":"ana"})", "2");
    const auto invited = ana->next_with({R"("event":"invited")"}).value_or("");
    const auto his = room_in(invited);
    ASSERT_TRUE(his.starts_with("den~")) << invited;
    have_refused(*ana, R"({"do":"post","room":"den","text":"to whom?"})", "several_rooms");
    have_refused(*ana, R"({"do":"history","room":"#den"})", "several_rooms");
    have(*ana, in(his, R"({"do":"post","text":"to bo"})"), "3");
    EXPECT_TRUE(bo->next_with({R"("event":"message")", R"("room":"den",)", "to bo"})) << "he has one of the name";
    have(*bo, R"({"do":"thread","room":"den","n":1,"text":"in a thread"})", "3");
    EXPECT_TRUE(ana->next_with({R"("event":"message")", "\"room\":\"" + his + "/1\"", "in a thread"}));
    have(*ana, in("#" + his + "/1", R"({"do":"post","text":"an answer"})"), "4");
    EXPECT_TRUE(bo->next_with({R"("event":"message")", R"("room":"den/1")", "an answer"}));
    ana->say(R"({"do":"rooms"})");
    EXPECT_TRUE(ana->next_with({R"("event":"rooms")", "\"name\":\"" + his + "\""}));
    have(*ana, in(his, R"({"do":"leave"})"), "5");
    have(*ana, R"({"do":"post","room":"den","text":"at home again"})", "6");
    ana->say(R"({"do":"history","room":"den"})");
    EXPECT_TRUE(ana->next_with({R"("event":"history")", R"("room":"den")", "at home", "at home again"}));
}

TEST_F(CliRooms, ASecondRoomOfANameIsMadeUnderItsNumber) {
    auto ana = client("ana");
    have(*ana, R"({"do":"create","room":"den","private":true})", "1");
    ana->say(R"({"do":"create","room":"#den","private":true,"op":"2"})");
    const auto second = room_in(ana->next_with({R"("done")", R"("op":"2")"}).value_or(""));
    ASSERT_TRUE(second.starts_with("den~")) << second;
    have(*ana, in(second, R"({"do":"rename","name":"cave"})"), "3");
    have(*ana, R"({"do":"post","room":"den","text":"the first one"})", "4");
    have(*ana, R"({"do":"post","room":"cave","text":"the second one"})", "5");
    have_refused(*ana, in(second, R"({"do":"post","text":"nobody is called so now"})"), "not_a_member");
}

TEST_F(CliRooms, APrivateRoomDoesNotHideAnOpenOneFromWhoJoinsIt) {
    auto ana = client("ana");
    auto bo = client("bo");
    auto cy = client("cy");
    have(*cy, R"({"do":"create","room":"plans"})", "1");
    have(*bo, R"({"do":"create","room":"plans","private":true})", "1");
    have(*bo, R"({"do":"invite","room":"plans","to":"ana"})", "2");
    ASSERT_TRUE(ana->next_with({R"("event":"invited")", R"("room":"plans")"}));
    ana->say(R"({"do":"join","room":"plans","op":"1"})");
    const auto open = room_in(ana->next_with({R"("done")", R"("op":"1")"}).value_or(""));
    ASSERT_TRUE(open.starts_with("plans~")) << open;
    have(*ana, R"({"do":"post","text":"to cy"})", "2");
    EXPECT_TRUE(cy->next_with({R"("event":"message")", "to cy"}));
    have(*ana, in(open, R"({"do":"join"})"), "3");
    have_refused(*ana, R"({"do":"join","room":"plans"})", "several_rooms");
}

TEST_F(CliRooms, NewcomersReadWhatIsSaidSinceTheyCame) {
    auto ana = client("ana");
    have(*ana, R"({"do":"create","room":"plans"})", "1");
    have(*ana, R"({"do":"post","room":"plans","text":"before"})", "2");
    have(*ana, R"({"do":"newcomers","room":"plans","read":"new"})", "3");
    auto bo = client("bo");
    have(*bo, R"({"do":"join","room":"plans"})", "1");
    have(*ana, R"({"do":"post","room":"plans","text":"after"})", "4");
    EXPECT_TRUE(bo->next_with({R"("event":"message")", "after"}));
    bo->say(R"({"do":"history","room":"plans"})");
    const auto history = bo->next_with({R"("event":"history")"}).value_or("");
    EXPECT_NE(history.find("after"), std::string::npos);
    EXPECT_EQ(history.find("before"), std::string::npos);
}

TEST_F(CliRooms, AnArchivedRoomIsReadAndNothingElse) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*ana, R"({"do":"create","room":"plans"})", "1");
    have(*bo, R"({"do":"join","room":"plans"})", "1");
    have(*ana, R"({"do":"post","room":"plans","text":"it is done"})", "2");
    have_refused(*bo, R"({"do":"archive","room":"plans"})", "not_your_room");
    have_refused(*ana, R"({"do":"archive","room":"general"})", "access_stays");
    have(*ana, R"({"do":"archive","room":"plans"})", "3");
    EXPECT_TRUE(bo->next_with({R"("event":"settings")", R"("archived":true)"}));
    have_refused(*bo, R"({"do":"post","room":"plans","text":"one more thing"})", "room_archived");
    have_refused(*ana, R"({"do":"topic","room":"plans","topic":"Over"})", "room_archived");
    bo->say(R"({"do":"history","room":"plans"})");
    EXPECT_TRUE(bo->next_with({R"("event":"history")", "it is done"}));
    auto cy = client("cy");
    have_refused(*cy, R"({"do":"join","room":"plans"})", "no_such_room");
    have(*ana, R"({"do":"unarchive","room":"plans"})", "4");
    have(*cy, R"({"do":"join","room":"plans"})", "1");
    have(*bo, R"({"do":"post","room":"plans","text":"one more thing"})", "2");
}

TEST_F(CliRooms, WhereOnlySomePostTheOwnerSaysWho) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*ana, R"({"do":"create","room":"news"})", "1");
    have(*bo, R"({"do":"join","room":"news"})", "1");
    have_refused(*ana, R"({"do":"let_post","room":"news","to":"bo"})", "everybody_posts");
    have(*ana, R"({"do":"posting","room":"news","who":"some"})", "2");
    EXPECT_TRUE(bo->next_with({R"("event":"settings")", R"("posting":"some")"}));
    have_refused(*bo, R"({"do":"post","room":"news","text":"me too"})", "may_not_post");
    have_refused(*bo, R"({"do":"let_post","room":"news","to":"bo"})", "not_your_room");
    have(*ana, R"({"do":"let_post","room":"news","to":"bo"})", "3");
    EXPECT_TRUE(bo->next_with({R"("event":"poster")", R"("name":"bo")", R"("on":true)"}));
    have(*bo, R"({"do":"post","room":"news","text":"me too"})", "2");
    have(*ana, R"({"do":"stop_posting","room":"news","to":"bo"})", "4");
    EXPECT_TRUE(bo->next_with({R"("event":"poster")", R"("on":false)"}));
    have_refused(*bo, R"({"do":"post","room":"news","text":"and again"})", "may_not_post");
}

TEST_F(CliRooms, AGroupChatIsOneForTheSamePeople) {
    auto ana = client("ana");
    auto bo = client("bo");
    auto cy = client("cy");
    have_refused(*ana, R"({"do":"dm","to":"bo,bo"})", "group_size");
    have_refused(*ana, R"({"do":"dm","to":"bo,nobody"})", "no_such_person");
    have(*ana, R"({"do":"dm","to":"bo,cy","text":"the three of us"})", "1");
    EXPECT_TRUE(bo->next_with({R"("event":"message")", R"("room":"@ana, cy")", "the three of us"}));
    have(*bo, R"({"do":"dm","to":"cy, ana","text":"the same chat"})", "1");
    EXPECT_TRUE(cy->next_with({R"("event":"message")", R"("room":"@ana, bo")", "the three of us"}));
    EXPECT_TRUE(cy->next_with({R"("event":"message")", R"("room":"@ana, bo")", "the same chat"}));
    have_refused(*cy, R"({"do":"leave","room":"@ana,bo"})", "cannot_leave");
    have(*cy, R"({"do":"favourite","room":"@ana,bo"})", "1");
    auto cy_too = client("cy", false);
    cy_too->say(R"({"do":"rooms"})");
    EXPECT_TRUE(cy_too->next_with({R"("event":"rooms")", R"("favourite":true)"}));
}

}  // namespace
}  // namespace parley::served
