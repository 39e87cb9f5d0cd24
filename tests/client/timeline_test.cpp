#include "scripted_server.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;

Message message(std::uint64_t ordinal, std::uint64_t sequence) {
    return Message{Ordinal(ordinal),
                   Sequence(sequence),
                   Sequence(sequence),
                   Server::kBo,
                   {},
                   MessageText::cut(std::to_string(ordinal))};
}

// A room whose log is posts alone: Ordinal n was posted with Sequence n.
History answer(const LoadHistory& asked, std::uint64_t head) {
    History history;
    history.request = asked.request;
    history.room = asked.room;
    history.head = Sequence(head);
    history.last_ordinal = Ordinal(head);
    const std::uint64_t at = asked.at.value();
    std::uint64_t first = 1;
    std::uint64_t last = head;
    const std::uint64_t page = std::min<std::uint64_t>(asked.limit, limits::kHistoryPage);
    if (asked.direction == HistoryDirection::before) {
        if (at != 0) last = std::min(head, at - 1);
        first = last >= page ? last - page + 1 : 1;
    } else if (asked.direction == HistoryDirection::after) {
        first = at + 1;
        last = std::min(head, at + page);
    } else {
        first = at > page / 2 ? at - page / 2 : 1;
        last = std::min(head, first + page - 1);
    }
    for (auto n = first; n <= last; ++n) (void)history.messages.push_back(message(n, n));
    return history;
}

void expect_dense(const Timeline& timeline, std::uint64_t head_at_most) {
    const auto& messages = timeline.messages();
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (i != 0) {
            ASSERT_EQ(messages[i].ordinal, messages[i - 1].ordinal.next());
        }
        ASSERT_EQ(messages[i].text.str(), std::to_string(messages[i].ordinal.value()));
        ASSERT_EQ(timeline.find(messages[i].ordinal), &messages[i]);
    }
    if (!messages.empty()) {
        ASSERT_LE(messages.back().ordinal.value(), head_at_most);
    }
}

class TimelineOfARoom : public testing::Test {
  protected:
    TimelineOfARoom() { server_.log_in({Server::summary(Server::kGeneral, 500, 500)}); }
    void answer_all(std::uint64_t head) {
        for (const auto& asked : server_.take_sent<LoadHistory>()) server_.say(answer(asked, head));
    }
    const Timeline& timeline() { return server_.general().timeline; }
    Server server_;
};

TEST_F(TimelineOfARoom, IsNotKeptBeforeItIsLoaded) {
    server_.say(Server::events({Server::posted(501, 501)}));
    EXPECT_FALSE(timeline().loaded());
    EXPECT_TRUE(timeline().empty());
}

TEST_F(TimelineOfARoom, LoadsTheLatestAndGrowsAtBothEnds) {
    EXPECT_NE(server_.client.load_latest(Server::kGeneral), 0u);
    EXPECT_EQ(server_.client.load_latest(Server::kGeneral), 0u);  // under way
    answer_all(500);
    ASSERT_EQ(timeline().messages().size(), 100u);
    EXPECT_TRUE(timeline().reaches_head());
    server_.say(Server::events({Server::posted(501, 501, Server::kBo, {}, "501")}));
    EXPECT_EQ(timeline().messages().back().ordinal, Ordinal(501));
    while (!timeline().reaches_first()) {
        ASSERT_NE(server_.client.load_older(Server::kGeneral), 0u);
        EXPECT_TRUE(timeline().loading_older());
        answer_all(501);
    }
    EXPECT_EQ(timeline().messages().size(), 501u);
    EXPECT_EQ(server_.client.load_older(Server::kGeneral), 0u);
    expect_dense(timeline(), 501);
}

TEST_F(TimelineOfARoom, LiveMessagesThatTheAnswerLacksAreNotLost) {
    (void)server_.client.load_latest(Server::kGeneral);
    const auto asked = server_.take_one<LoadHistory>();
    server_.say(Server::events({Server::posted(501, 501, Server::kBo, {}, "501")}));
    server_.say(Server::events({Server::posted(502, 502, Server::kBo, {}, "502")}));
    server_.say(answer(asked, 501));  // read before 502
    EXPECT_EQ(timeline().messages().back().ordinal, Ordinal(502));
    EXPECT_TRUE(timeline().reaches_head());
    expect_dense(timeline(), 502);
}

TEST_F(TimelineOfARoom, AMessageKnownFromHistoryIsNotDoubledByItsEvent) {
    (void)server_.client.load_latest(Server::kGeneral);
    answer_all(502);  // two events are still on the way
    EXPECT_EQ(timeline().messages().back().ordinal, Ordinal(502));
    server_.say(Server::events(
        {Server::posted(501, 501, Server::kBo, {}, "501"), Server::posted(502, 502, Server::kBo, {}, "502")}));
    expect_dense(timeline(), 502);
    EXPECT_EQ(timeline().messages().size(), 100u);
    EXPECT_EQ(server_.general().unread, 2u);
}

TEST_F(TimelineOfARoom, TheHigherRevisionWins) {
    (void)server_.client.load_latest(Server::kGeneral);
    auto history = answer(server_.take_one<LoadHistory>(), 500);
    History edited = history;
    edited.messages = {};
    for (auto one : history.messages) {
        if (one.ordinal == Ordinal(450)) {
            one.revision = Sequence(499);
            one.text = MessageText::cut("edited");
        }
        (void)edited.messages.push_back(one);
    }
    server_.say(edited);
    (void)server_.client.load_around(Server::kGeneral, Ordinal(450));
    answer_all(500);  // an older reading of it
    EXPECT_EQ(timeline().find(Ordinal(450))->text.str(), "edited");
}

TEST_F(TimelineOfARoom, AJumpReplacesItAndTheHeadIsFoundAgain) {
    (void)server_.client.load_latest(Server::kGeneral);
    answer_all(500);
    (void)server_.client.load_around(Server::kGeneral, Ordinal(100));
    answer_all(500);
    EXPECT_FALSE(timeline().reaches_head());
    ASSERT_NE(timeline().find(Ordinal(100)), nullptr);
    const auto size = timeline().messages().size();
    server_.say(Server::events({Server::posted(501, 501)}));
    EXPECT_EQ(timeline().messages().size(), size);  // not its next
    for (int i = 0; i < 10 && !timeline().reaches_head(); ++i) {
        ASSERT_NE(server_.client.load_newer(Server::kGeneral), 0u);
        answer_all(501);
    }
    EXPECT_EQ(timeline().messages().back().ordinal, Ordinal(501));
    expect_dense(timeline(), 501);
}

TEST_F(TimelineOfARoom, AnEmptyRoomIsKnownToBeEmpty) {
    Server server;
    server.log_in({Server::summary()});
    (void)server.client.load_latest(Server::kGeneral);
    server.say(answer(server.take_one<LoadHistory>(), 0));
    EXPECT_TRUE(server.general().timeline.loaded());
    EXPECT_TRUE(server.general().timeline.reaches_head());
    server.say(Server::events({Server::posted(1, 1)}));
    EXPECT_EQ(server.general().timeline.messages().size(), 1u);
    EXPECT_TRUE(server.general().timeline.reaches_first());
}

TEST_F(TimelineOfARoom, StaysWithinItsSize) {
    Settings settings;
    settings.timeline_messages = 250;
    Server server(settings);
    server.log_in({Server::summary(Server::kGeneral, 500, 500)});
    (void)server.client.load_latest(Server::kGeneral);
    server.say(answer(server.take_one<LoadHistory>(), 500));
    for (std::uint64_t n = 501; n <= 1'000; ++n) {
        server.say(Server::events({Server::posted(n, n, Server::kBo, {}, std::to_string(n))}));
        ASSERT_LE(server.general().timeline.messages().size(), 250u);
    }
    EXPECT_EQ(server.general().timeline.messages().back().ordinal, Ordinal(1'000));
    for (int i = 0; i < 5; ++i) {
        (void)server.client.load_older(Server::kGeneral);
        server.say(answer(server.take_one<LoadHistory>(), 1'000));
        ASSERT_LE(server.general().timeline.messages().size(), 250u);
    }
    EXPECT_FALSE(server.general().timeline.reaches_head());  // what grew at one end was cut at the other
    expect_dense(server.general().timeline, 1'000);
}

TEST_F(TimelineOfARoom, AHistoryWithHolesIsAnError) {
    (void)server_.client.load_latest(Server::kGeneral);
    History history;
    history.request = server_.take_one<LoadHistory>().request;
    history.room = Server::kGeneral;
    (void)history.messages.push_back(message(4, 4));
    (void)history.messages.push_back(message(6, 6));
    server_.say(history);
    ASSERT_EQ(server_.closes.size(), 1u);
    EXPECT_EQ(server_.closes[0].code, CloseCode::protocol_error);
}

TEST_F(TimelineOfARoom, PlainHistoryDoesNotTouchIt) {
    EXPECT_NE(server_.client.load_history(Server::kGeneral, HistoryDirection::before, Ordinal(50), 20), 0u);
    answer_all(500);
    const auto loaded = server_.take_notices<HistoryLoaded>();
    ASSERT_EQ(loaded.size(), 1u);
    EXPECT_EQ(loaded[0].messages.size(), 20u);
    EXPECT_EQ(loaded[0].messages.back().ordinal, Ordinal(49));
    EXPECT_FALSE(timeline().loaded());
}

TEST_F(TimelineOfARoom, ARefusedLoadCanBeAskedAgain) {
    Refused refused;
    refused.request = server_.client.load_latest(Server::kGeneral);
    refused.reason = Refusal::busy;
    server_.say(refused);
    EXPECT_EQ(server_.take_notices<QueryRefused>().size(), 1u);
    EXPECT_FALSE(timeline().loading_newer());
    EXPECT_NE(server_.client.load_latest(Server::kGeneral), 0u);
}

// Posts, loads in every direction, answers late and in any order, lost connections: the timeline is always a dense
// piece of the room, and where it says that it reaches the head it does.
TEST(TimelineProperty, IsAlwaysADensePieceOfTheRoom) {
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        Settings settings;
        settings.timeline_messages = 300;
        Server server(settings, seed);
        std::uint64_t state = seed * 131;
        const auto below = [&state](std::uint64_t n) {
            return ((state = state * 6364136223846793005u + 1442695040888963407u) >> 33) % n;
        };
        std::uint64_t head = below(400);
        server.log_in({Server::summary(Server::kGeneral, head, head)});
        std::uint64_t told = head;  // events up to here were delivered
        struct Late {
            LoadHistory asked;
            std::uint64_t read_at;
        };
        std::vector<Late> answers;
        for (int step = 0; step < 300; ++step) {
            switch (below(9)) {
                case 0:
                    head += below(4);
                    break;
                case 1:
                case 2:
                    while (told < head) {
                        ++told;
                        server.say(Server::events({Server::posted(told, told, Server::kBo, {}, std::to_string(told))}));
                    }
                    break;
                case 3:
                    (void)server.client.load_latest(Server::kGeneral);
                    break;
                case 4:
                    (void)server.client.load_older(Server::kGeneral);
                    break;
                case 5:
                    (void)server.client.load_newer(Server::kGeneral);
                    break;
                case 6:
                    if (head != 0) (void)server.client.load_around(Server::kGeneral, Ordinal(1 + below(head)));
                    break;
                case 7:
                    if (!answers.empty()) {
                        const auto which = below(answers.size());
                        server.say(answer(answers[which].asked, answers[which].read_at));
                        answers.erase(answers.begin() + static_cast<std::ptrdiff_t>(which));
                    }
                    break;
                case 8:
                    if (below(20) != 0) break;
                    server.come_back();
                    server.sent.clear();
                    answers.clear();
                    server.say(Server::welcome({Server::summary(Server::kGeneral, head, head)}));
                    server.say(Server::subscribed(head, head));
                    break;
                default:
                    break;
            }
            for (const auto& asked : server.take_sent<LoadHistory>()) answers.push_back(Late{asked, head});
            const auto& timeline = server.general().timeline;
            ASSERT_TRUE(server.closes.empty());
            ASSERT_LE(timeline.messages().size(), 300u);
            expect_dense(timeline, head);
            if (timeline.loaded() && timeline.reaches_head() && !timeline.empty()) {
                ASSERT_GE(timeline.messages().back().ordinal.value(), told) << "seed " << seed << " step " << step;
            }
        }
    }
}

}  // namespace
}  // namespace parley::client
