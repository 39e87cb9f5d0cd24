// Whom messages mention: kept beside them, told with what is unread, gone with their words.
#include "open_store.hpp"
#include "store/mentioned.hpp"

namespace parley::sqlite {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Mentions : public testing::Test, public OpenStore {
  protected:
    void SetUp() override {
        ana = register_person("ana");
        bo = register_person("bo");
        room = create_room(ana, "garden");
        join(bo, room);
    }
    Ordinal say(UserId author, const std::string& words) {
        const auto text = MessageText::cut(words);
        return apply(store::AppendMessage{operation(author), room, text, kNow, {}, store::mentioned_in(text.view())})
            .result.ordinal;
    }
    void edit(Ordinal message, const std::string& words) {
        const auto text = MessageText::cut(words);
        EXPECT_TRUE(
            apply(store::EditText{operation(ana), room, message, text, kNow, store::mentioned_in(text.view())}).done());
    }
    std::vector<Ordinal> mentioning(UserId user) { return summary(user, room).mentions.items(); }
    static std::string mark(UserId user) { return "<@" + std::to_string(user.value()) + ">"; }

    UserId ana, bo;
    RoomId room;
};

TEST(MentionedIn, FollowsFromTheWordsAlone) {
    EXPECT_EQ(store::mentioned_in("nobody <b>"), store::Mentioned{});
    EXPECT_EQ(store::mentioned_in("<@9> <@7> <@9>"), (store::Mentioned{{UserId(7), UserId(9)}, false}));
    EXPECT_TRUE(store::mentioned_in("<!all>").everybody);
    EXPECT_TRUE(store::mentioned_in("<!here>").everybody) << "who is here is seen otherwise by each device";
    EXPECT_EQ(store::mentioned_in("`<@7>`"), store::Mentioned{});
    std::string many;
    for (std::size_t i = 1; i <= limits::kMentionsPerMessage + 5; ++i) many += "<@" + std::to_string(i) + ">";
    EXPECT_EQ(store::mentioned_in(many).people.size(), limits::kMentionsPerMessage);
}

TEST_F(Mentions, AreListedForWhomTheyMeanAndNotForTheirAuthor) {
    say(ana, "hello " + mark(bo) + " " + mark(ana));
    say(ana, "nobody");
    say(bo, "everybody <!all>");
    say(ana, "all <!all> and " + mark(bo));
    EXPECT_THAT(mentioning(bo), ElementsAre(Ordinal(1), Ordinal(4)));
    EXPECT_THAT(mentioning(ana), ElementsAre(Ordinal(3)));
}

TEST_F(Mentions, FollowEditsAndGoWithTheWords) {
    const auto first = say(ana, mark(bo));
    const auto second = say(ana, "nobody");
    edit(first, "never mind");
    edit(second, "but you, " + mark(bo));
    EXPECT_THAT(mentioning(bo), ElementsAre(second));
    EXPECT_TRUE(apply(store::DeleteMessage{operation(ana), room, second, kNow}).done());
    EXPECT_THAT(mentioning(bo), IsEmpty());
}

TEST_F(Mentions, AreToldWithAReadPositionThatMoved) {
    for (int i = 0; i < 3; ++i) say(ana, mark(bo));
    const auto turn = summary(bo, room).read.turn;
    apply(store::MoveRead{bo, room, {turn, Ordinal(3)}});
    EXPECT_THAT(mentioning(bo), IsEmpty());
    apply(store::MoveRead{bo, room, {turn.next(), Ordinal(1)}});
    const auto moved = std::get<ReadMoved>(effects.account_events.at(0).event.body);
    EXPECT_THAT(moved.mentions.items(), ElementsAre(Ordinal(2), Ordinal(3)));
    EXPECT_EQ(moved.unread, 2u);
}

TEST_F(Mentions, OfManyTheNewestAreListed) {
    for (std::size_t i = 0; i < limits::kMentionsListed + 3; ++i) say(ana, i % 2 == 0 ? mark(bo) : "<!all>");
    const auto listed = mentioning(bo);
    ASSERT_EQ(listed.size(), limits::kMentionsListed);
    EXPECT_EQ(listed.front(), Ordinal(4));
}

}  // namespace
}  // namespace parley::sqlite
