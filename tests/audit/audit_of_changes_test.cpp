// What the store says of a message, beside what has happened to it.
#include "audited_run.hpp"

namespace parley::audit {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class AuditOfChanges : public AuditedRun {
  protected:
    // The second message is edited, reacted to and pinned, the third deleted.
    void SetUp() override {
        AuditedRun::SetUp();
        clean_posts(1, kPosts);
        apply(store::EditText{operation(), room, Ordinal(2), MessageText::cut("better said"), {}});
        apply(store::SetReaction{operation(), room, Ordinal(2), Emoji::cut("x"), true});
        apply(store::SetPin{operation(), room, Ordinal(2), true, {}});
        apply(store::SetReaction{operation(), room, Ordinal(3), Emoji::cut("x"), true});
        apply(store::DeleteMessage{operation(), room, Ordinal(3), {}});
    }
    store::Operation operation() { return {user, {OutboxId(78), ++last_number}, last_number}; }
    // Twice; the second reply is deleted again.
    void reply_to_the_second() {
        const RoomId thread(4'711);
        EXPECT_TRUE(apply(store::OpenThread{operation(), {room, Ordinal(2)}, thread, {}}).done());
        for (const auto* words : {"about it", "never mind"})
            EXPECT_TRUE(apply(store::AppendMessage{operation(), thread, MessageText::cut(words), {}}).done());
        EXPECT_TRUE(apply(store::DeleteMessage{operation(), thread, Ordinal(2), {}}).done());
    }
    std::uint64_t last_number = 0;
};

TEST_F(AuditOfChanges, FindsNothingWhereAllIsWell) {
    EXPECT_EQ(judge(), none());
}

TEST_F(AuditOfChanges, KnowsThatWhatIsSaidInAThreadChangesItsMessage) {
    reply_to_the_second();
    EXPECT_EQ(judge()[static_cast<std::size_t>(Fault::disagree)], 0u);
}

TEST_F(AuditOfChanges, FindsAMessageThatCountsOtherRepliesThanItsThreadHas) {
    reply_to_the_second();
    sql("UPDATE messages SET replies = 3 WHERE replies = 1");
    EXPECT_EQ(judge()[static_cast<std::size_t>(Fault::disagree)], 1u);
    EXPECT_THAT(last.verdict.cases(Fault::disagree),
                ElementsAre(HasSubstr("message 2 counts 3 replies, and its thread has 1")));
}

TEST_F(AuditOfChanges, FindsAChangeThatItsMessageDoesNotKnowOf) {
    sql("UPDATE messages SET revision = sequence WHERE ordinal = 2");
    EXPECT_EQ(judge(), only(Fault::disagree));
    EXPECT_THAT(last.verdict.cases(Fault::disagree), ElementsAre(HasSubstr("message 2 was changed last at")));
}

TEST_F(AuditOfChanges, FindsWordsThatAreLeftOfADeletedMessage) {
    sql("UPDATE messages SET text = 'left behind' WHERE deleted = 1");
    EXPECT_EQ(judge(), only(Fault::disagree));
    EXPECT_THAT(last.verdict.cases(Fault::disagree), ElementsAre(HasSubstr("was deleted, and not all of it is gone")));
}

TEST_F(AuditOfChanges, FindsReactionsThatAreLeftOfADeletedMessage) {
    sql("INSERT INTO reactions SELECT room, ordinal, 'x', author FROM messages WHERE deleted = 1");
    EXPECT_EQ(judge(), only(Fault::disagree));
}

TEST_F(AuditOfChanges, FindsAChangeOfNothing) {
    sql("UPDATE events SET ordinal = 99 WHERE kind = 5");
    EXPECT_EQ(judge(), only(Fault::holes));
    EXPECT_THAT(last.verdict.cases(Fault::holes), ElementsAre(HasSubstr("changes a message that was not there")));
}

}  // namespace
}  // namespace parley::audit
