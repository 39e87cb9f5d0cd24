// What is done to messages that are there: edit, delete, react, pin, reply; and reading them by name.
#include "server_fixture.hpp"

namespace parley::support {
namespace {

class MessageChangesTest : public ServerFixture {
  protected:
    void SetUp() override {
        ServerFixture::SetUp();
        ana = &account("ana");
        token_of_bo = server->make_account("bo");
        bo = &server->sign_in(token_of_bo);
        room = room_of(*ana);
        post(*ana, room, "first words");
        idle();
    }
    template <class Message>
    void say(MemoryConnection& who, const Message& message) {
        server->say(who, message);
        idle();
    }
    void edit(MemoryConnection& who, std::string_view text, Ordinal ordinal = Ordinal(1)) {
        say(who, EditText{next_op(), room, ordinal, *MessageText::from(text)});
    }
    void react(MemoryConnection& who, std::string_view emoji, bool on = true) {
        say(who, SetReaction{next_op(), room, Ordinal(1), *Emoji::from(emoji), on});
    }
    void pin(MemoryConnection& who, bool on = true) { say(who, SetPin{next_op(), room, Ordinal(1), on}); }
    void remove(MemoryConnection& who) { say(who, DeleteMessage{next_op(), room, Ordinal(1)}); }
    Message first() {
        say(*ana, LoadHistory{7, room, HistoryDirection::after, Ordinal(0), 1});
        return ana->last<History>()->messages[0];
    }
    Refusal refused(const MemoryConnection& who) { return who.last<Refused>().value_or(Refused{}).reason; }
    template <class Event>
    std::vector<Event> heard_of(const MemoryConnection& who) {
        std::vector<Event> found;
        for (const auto& event : heard(who, room))
            if (const auto* wanted = std::get_if<Event>(&event.body)) found.push_back(*wanted);
        return found;
    }
    std::size_t events() { return heard(*bo, room).size(); }

    MemoryConnection* ana = nullptr;
    MemoryConnection* bo = nullptr;
    Token token_of_bo{};
    RoomId room;
};

TEST_F(MessageChangesTest, AnEditIsHeardOnceByAllAndAnsweredAfterIt) {
    edit(*ana, "better words");
    ASSERT_EQ(heard_of<MessageEdited>(*bo).size(), 1u);
    const auto event = heard_of<MessageEdited>(*bo).front();
    EXPECT_EQ(event.ordinal, Ordinal(1));
    EXPECT_EQ(event.user, user_of(*ana));
    EXPECT_EQ(event.text.view(), "better words");
    EXPECT_EQ(event.op, ana->last<Done>()->op);
    EXPECT_EQ(ana->last<Done>()->sequence, heard(*ana, room).back().sequence);
    EXPECT_EQ(ana->last<Done>()->ordinal, Ordinal()) << "it is no new message";
    EXPECT_TRUE(std::holds_alternative<Done>(ana->received.back()));
    EXPECT_EQ(first().text.view(), "better words");
    EXPECT_EQ(first().edited, event.time);
    EXPECT_EQ(first().revision, heard(*bo, room).back().sequence);
}

TEST_F(MessageChangesTest, OnlyItsAuthorChangesTheWordsOfAMessage) {
    const auto before = events();
    edit(*bo, "not mine");
    EXPECT_EQ(refused(*bo), Refusal::not_your_message);
    remove(*bo);
    EXPECT_EQ(refused(*bo), Refusal::not_your_message);
    EXPECT_EQ(events(), before);
    EXPECT_EQ(first().text.view(), "first words");
}

TEST_F(MessageChangesTest, AnEditHasTheRulesOfAPost) {
    edit(*ana, " \n");
    EXPECT_EQ(refused(*ana), Refusal::text_empty);
    edit(*ana, "bell \x07");
    EXPECT_EQ(refused(*ana), Refusal::text_not_allowed);
    edit(*ana, "hello", Ordinal(2));
    EXPECT_EQ(refused(*ana), Refusal::no_such_message);
    edit(*ana, "hello", Ordinal(0));
    EXPECT_EQ(refused(*ana), Refusal::no_such_message);
    EXPECT_EQ(first().text.view(), "first words");
}

TEST_F(MessageChangesTest, ADeletedMessageKeepsItsPlaceAndNothingElse) {
    react(*bo, "\U0001F389");
    pin(*bo);
    edit(*ana, "second words");
    remove(*ana);
    const auto left = first();
    EXPECT_TRUE(left.deleted);
    EXPECT_TRUE(left.text.empty());
    EXPECT_FALSE(left.edited);
    EXPECT_FALSE(left.pinned);
    EXPECT_TRUE(left.reactions.empty());
    EXPECT_EQ(left.author, user_of(*ana));
    edit(*ana, "back again");
    EXPECT_EQ(refused(*ana), Refusal::message_deleted);
    react(*bo, "\U0001F389");
    EXPECT_EQ(refused(*bo), Refusal::message_deleted);
    pin(*bo);
    EXPECT_EQ(refused(*bo), Refusal::message_deleted);
    const auto before = events();
    remove(*ana);  // from her other device, which had not heard of it
    EXPECT_TRUE(std::holds_alternative<Done>(ana->received.back()));
    react(*bo, "\U0001F389", false);
    EXPECT_TRUE(std::holds_alternative<Done>(bo->received.back()));
    EXPECT_EQ(events(), before);
}

// Whoever catches up, from the room's memory or from the store, never sees the words again.
TEST_F(MessageChangesTest, WordsThatWereDeletedAreInNoLaterAnswer) {
    const auto before = heard(*bo, room).front().sequence.previous();
    edit(*ana, "second words");
    remove(*ana);
    const auto words_heard_by = [&](MemoryConnection& who) {
        who.received.clear();
        say(who, SyncRoom{3, room, before});
        std::string all;
        for (const auto& event : heard(who, room)) {
            if (const auto* posted = std::get_if<MessagePosted>(&event.body)) all += posted->text.str();
            if (const auto* edited = std::get_if<MessageEdited>(&event.body)) all += edited->text.str();
        }
        EXPECT_EQ(heard_of<MessageEdited>(who).size(), 1u);
        EXPECT_EQ(heard_of<MessageDeleted>(who).size(), 1u);
        return all;
    };
    EXPECT_EQ(words_heard_by(*bo), "");
    restart(2);
    EXPECT_EQ(words_heard_by(server->sign_in(token_of_bo)), "");
}

TEST_F(MessageChangesTest, AnEventThatComesAgainHasTheWordsOfNow) {
    const auto before = heard(*bo, room).front().sequence.previous();
    edit(*ana, "second words");
    bo->received.clear();
    say(*bo, SyncRoom{3, room, before});
    EXPECT_EQ(texts(heard(*bo, room)), std::vector<std::string>{"second words"});
    EXPECT_EQ(heard_of<MessageEdited>(*bo).front().text.view(), "second words");
}

TEST_F(MessageChangesTest, ReactionsAreASetAndAnybodysInTheRoom) {
    react(*bo, "\U0001F389");
    react(*ana, "\U0001F389");
    react(*bo, "\U0001F44D");
    ASSERT_EQ(first().reactions.size(), 2u);
    EXPECT_EQ(first().reactions[0].emoji.view(), "\U0001F389");
    EXPECT_EQ(first().reactions[0].users.size(), 2u);
    const auto before = events();
    react(*bo, "\U0001F389");
    EXPECT_TRUE(std::holds_alternative<Done>(bo->received.back()));
    EXPECT_EQ(events(), before) << "it was so already";
    react(*bo, "\U0001F44D", false);
    EXPECT_EQ(first().reactions.size(), 1u);
    EXPECT_EQ(heard_of<ReactionChanged>(*ana).size(), 4u);
    EXPECT_FALSE(heard_of<ReactionChanged>(*ana).back().on);
}

TEST_F(MessageChangesTest, WhatIsNoEmojiInShapeIsRefused) {
    for (const auto* bad : {"", " ", "\u200D", "\U0001F44D\n", "a", "<b>", "Visit:evil.example", "\u0301",
                            "\U0001F44D\U0001F44D\U0001F44D"}) {
        react(*bo, bad);
        EXPECT_EQ(refused(*bo), Refusal::emoji_not_allowed) << '"' << bad << '"';
    }
}

TEST_F(MessageChangesTest, DifferentEmojiOfAMessageAreBounded) {
    server->say(*bo, ConfirmResults{OutboxId(77), last_op});
    const auto face = [](std::size_t i) { return "\xF0\x9F\x98" + std::string(1, static_cast<char>(0x80 + i)); };
    for (std::size_t i = 0; i < limits::kEmojiPerMessage; ++i) react(*bo, face(i));
    EXPECT_EQ(first().reactions.size(), limits::kEmojiPerMessage);
    react(*bo, "\U0001F389");
    EXPECT_EQ(refused(*bo), Refusal::too_many_reactions);
    react(*ana, face(0));
    EXPECT_TRUE(std::holds_alternative<Done>(ana->received.back())) << "one that is there";
    react(*bo, face(0), false);
    react(*ana, face(0), false);
    react(*bo, "\U0001F389");
    EXPECT_EQ(first().reactions.size(), limits::kEmojiPerMessage);
}

TEST_F(MessageChangesTest, AnyMemberPinsAndTheListSaysWhich) {
    post(*ana, room, "second");
    idle();
    pin(*bo);
    EXPECT_TRUE(first().pinned);
    say(*ana, ListPins{9, room});
    ASSERT_TRUE(ana->last<Pins>());
    EXPECT_EQ(ana->last<Pins>()->request, 9u);
    EXPECT_EQ(ana->last<Pins>()->ordinals, (List<Ordinal, limits::kPinsPerRoom>{Ordinal(1)}));
    EXPECT_EQ(ana->last<Pins>()->head, heard(*ana, room).back().sequence);
    pin(*ana, false);
    say(*ana, ListPins{10, room});
    EXPECT_TRUE(ana->last<Pins>()->ordinals.empty());
    EXPECT_EQ(heard_of<PinChanged>(*bo).size(), 2u);
}

TEST_F(MessageChangesTest, AReplyNamesAnEarlierMessageOfItsRoom) {
    say(*bo, PostText{next_op(), room, *MessageText::from("an answer"), Ordinal(1)});
    EXPECT_EQ(heard_of<MessagePosted>(*ana).back().reply_to, Ordinal(1));
    say(*ana, LoadHistory{7, room, HistoryDirection::before, Ordinal(0), 1});
    EXPECT_EQ(ana->last<History>()->messages[0].reply_to, Ordinal(1));
    say(*bo, PostText{next_op(), room, *MessageText::from("to nothing"), Ordinal(3)});
    EXPECT_EQ(refused(*bo), Refusal::no_such_message);
    remove(*ana);
    say(*bo, PostText{next_op(), room, *MessageText::from("to what was there"), Ordinal(1)});
    EXPECT_TRUE(std::holds_alternative<Done>(bo->received.back()));
}

TEST_F(MessageChangesTest, MessagesAreLoadedByName) {
    for (int i = 2; i <= 5; ++i) post(*ana, room, "message " + std::to_string(i));
    idle();
    say(*bo, LoadMessages{8, room, {Ordinal(4), Ordinal(2), Ordinal(4), Ordinal(0), Ordinal(99)}});
    const auto answer = bo->last<Messages>().value();
    EXPECT_EQ(answer.request, 8u);
    EXPECT_EQ(answer.last_ordinal, Ordinal(5));
    ASSERT_EQ(answer.messages.size(), 2u);
    EXPECT_EQ(answer.messages[0].text.view(), "message 2");
    EXPECT_EQ(answer.messages[1].text.view(), "message 4");
}

TEST_F(MessageChangesTest, OutsidersChangeAndReadNothing) {
    auto& eve = account("eve");
    say(eve, LeaveRoom{next_op(), room});
    eve.received.clear();
    const auto before = events();
    edit(eve, "hello");
    remove(eve);
    react(eve, "\U0001F389");
    pin(eve);
    say(eve, ListPins{4, room});
    say(eve, LoadMessages{5, room, {Ordinal(1)}});
    ASSERT_EQ(eve.all<Refused>().size(), 6u);
    for (const auto& refusal : eve.all<Refused>()) EXPECT_EQ(refusal.reason, Refusal::not_a_member);
    EXPECT_EQ(events(), before);
    say(eve, ListPins{6, RoomId(4711)});
    EXPECT_EQ(refused(eve), Refusal::no_such_room);
}

TEST_F(MessageChangesTest, AResendGetsTheFirstResultAlsoAfterTheMessageIsGone) {
    const EditText change{next_op(), room, Ordinal(1), *MessageText::from("second words")};
    say(*ana, change);
    const auto answer = *ana->last<Done>();
    remove(*ana);
    const auto before = events();
    say(*ana, change);
    EXPECT_EQ(*ana->last<Done>(), answer);
    EXPECT_EQ(events(), before);
    EXPECT_TRUE(first().text.empty());
    auto other = change;
    other.text = *MessageText::from("third words");
    say(*ana, other);
    EXPECT_EQ(refused(*ana), Refusal::op_conflict);
}

}  // namespace
}  // namespace parley::support
