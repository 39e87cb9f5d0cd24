// What somebody saw last is drawn before the connection stands, and put right by it.
#include "kept_records.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;
using testing::ElementsAre;
using testing::IsEmpty;

SavedSession session_of(const std::string& account) {
    return SavedSession{Server::token(), account};
}

std::vector<std::string> shown(const Server& server) {
    std::vector<std::string> all;
    for (const auto& message : server.general().timeline.messages()) all.push_back(message.text.str());
    return all;
}

Message message(std::uint64_t place, const std::string& text) {
    return {Ordinal(place), Sequence(place), Sequence(place), Server::kBo, Timestamp{5}, MessageText::cut(text)};
}

// What a client of ana's saved that had seen `count` messages in #general, "1" to "count".
SavedView seen_by_ana(std::uint64_t count, Settings settings = keeping()) {
    Server server(std::move(settings));
    Profiles people;
    people.profiles.push_back(Profile{Server::kBo, AccountName::cut("bo"), Nick::cut("Bo"), ProfileRevision(8)});
    server.client.log_in("ana", "password");
    server.start();
    server.open();
    server.greet();
    server.say(people);
    auto welcome = Server::welcome({Server::summary(Server::kGeneral, count, count)});
    welcome.token = Server::token();
    server.say(welcome);
    server.say(Server::subscribed(count, count));
    const auto request = server.client.load_latest(Server::kGeneral);
    History history;
    history.request = request;
    history.room = Server::kGeneral;
    history.head = Sequence(count);
    history.last_ordinal = Ordinal(count);
    const auto first = count > limits::kHistoryPage ? count - limits::kHistoryPage + 1 : 1;
    for (auto place = first; place <= count; ++place) history.messages.push_back(message(place, std::to_string(place)));
    server.say(history);
    const auto view = server.client.view_to_save();
    EXPECT_TRUE(view.has_value());
    return view.value_or(SavedView{});
}

class ASavedView : public testing::Test {
  protected:
    // A later run, up to the moment at which it has asked to resume.
    void begin_with(const SavedView& view) {
        server_.client.resume(session_of("ana"));
        ASSERT_TRUE(server_.client.restore(saved_view_from(bytes_of(view)).value_or(SavedView{})));
        server_.start();
    }
    void connect(std::uint64_t head) {
        server_.open();
        server_.greet();
        server_.collect();
        server_.say(Server::welcome({Server::summary(Server::kGeneral, head, head)}));
        server_.say(Server::subscribed(head, head));
    }
    Server server_{keeping(), 3};
};

TEST_F(ASavedView, IsThereBeforeTheConnection) {
    begin_with(seen_by_ana(3));
    const auto& state = server_.client.state();
    EXPECT_EQ(state.self, Server::kAna);
    EXPECT_EQ(state.room_named("general")->id, Server::kGeneral);
    EXPECT_EQ(state.person(Server::kBo)->nick.str(), "Bo");
    EXPECT_THAT(shown(server_), ElementsAre("1", "2", "3"));
    EXPECT_TRUE(server_.general().timeline.reaches_first());
    EXPECT_EQ(state.connection, ConnectionState::connecting);
}

TEST_F(ASavedView, GoesOnFromItsPlaceInTheLog) {
    begin_with(seen_by_ana(3));
    server_.open();
    server_.greet();
    const auto resume = server_.take_one<Resume>();
    ASSERT_EQ(resume.positions.size(), 1u);
    EXPECT_EQ(resume.positions[0].applied, Sequence(3));
    EXPECT_EQ(resume.profiles, ProfileRevision(9));
    server_.say(Server::welcome({Server::summary(Server::kGeneral, 5, 5)}));
    server_.say(Server::subscribed(5, 5));
    EXPECT_THAT(server_.take_sent<SyncRoom>(), IsEmpty());  // the server sends what is missing
    server_.say(
        Server::events({Server::posted(4, 4, Server::kBo, {}, "4"), Server::posted(5, 5, Server::kBo, {}, "5")}));
    EXPECT_EQ(server_.general().applied, Sequence(5));
    const auto texts = shown(server_);
    EXPECT_THAT(std::vector<std::string>(texts.begin(), texts.begin() + 4), ElementsAre("1", "2", "3", "4"));
}

TEST_F(ASavedView, IsDroppedWhereTheServerSaysItIsTooOld) {
    begin_with(seen_by_ana(3));
    connect(50'000);
    server_.say(RoomReset{Server::kGeneral, Sequence(50'000), Ordinal(50'000), {}});
    EXPECT_FALSE(server_.general().timeline.loaded());
    EXPECT_THAT(shown(server_), IsEmpty());
    EXPECT_NE(server_.client.load_latest(Server::kGeneral), 0u);
}

TEST_F(ASavedView, IsDroppedWhereTheLogWentBack) {
    begin_with(seen_by_ana(3));
    connect(2);
    EXPECT_FALSE(server_.general().timeline.loaded());
    EXPECT_EQ(server_.general().applied, Sequence(2));
}

TEST_F(ASavedView, LosesARoomThatSheIsNotInAnyMore) {
    begin_with(seen_by_ana(3));
    server_.open();
    server_.greet();
    server_.say(Server::welcome({}));
    EXPECT_EQ(server_.client.state().room(Server::kGeneral), nullptr);
}

TEST_F(ASavedView, HoldsTheNewestOfALongRoomAndSaysThatThereIsMore) {
    const auto view = seen_by_ana(1'000);
    ASSERT_EQ(view.rooms.size(), 1u);
    EXPECT_EQ(view.rooms[0].messages.size(), limits::kSavedMessages);
    EXPECT_EQ(view.rooms[0].messages.back().ordinal, Ordinal(1'000));
    EXPECT_FALSE(view.rooms[0].from_first);
    begin_with(view);
    EXPECT_FALSE(server_.general().timeline.reaches_first());
}

TEST_F(ASavedView, OfARoomWhoseEndIsNotLoadedHoldsNoMessage) {
    Settings few = keeping();
    few.timeline_messages = 0;
    const auto view = seen_by_ana(3, few);
    ASSERT_EQ(view.rooms.size(), 1u);
    EXPECT_FALSE(view.rooms[0].loaded);
    EXPECT_EQ(view.rooms[0].summary.head, Sequence(3));
}

// Found by the simulation: an empty room in which others had written meanwhile was saved as known to its end.
TEST_F(ASavedView, OfARoomThatIsBeingCaughtUpHoldsNoMessage) {
    begin_with(seen_by_ana(0));
    EXPECT_TRUE(server_.client.view_to_save()->rooms.items().front().loaded);
    connect(2);  // the two events are still to come
    const auto saved = server_.client.view_to_save()->rooms.items().front();
    EXPECT_EQ(saved.summary.head, Sequence(0));
    EXPECT_FALSE(saved.loaded);
}

// The next run took the message for seen, and was told of it once more when its event came.
TEST_F(ASavedView, OfARoomWhosePageIsAheadOfItsEventsHoldsNoMessage) {
    begin_with(seen_by_ana(0));
    connect(1);
    const auto request = server_.client.load_latest(Server::kGeneral);
    server_.say(History{request, Server::kGeneral, Sequence(1), Ordinal(1), {message(1, "1")}});
    EXPECT_THAT(shown(server_), ElementsAre("1"));
    const auto saved = server_.client.view_to_save()->rooms.items().front();
    EXPECT_EQ(saved.summary.head, Sequence(0));
    EXPECT_FALSE(saved.loaded);
    server_.say(Server::events({Server::posted(1, 1, Server::kBo, {}, "1")}));
    EXPECT_TRUE(server_.client.view_to_save()->rooms.items().front().loaded);
    EXPECT_THAT(shown(server_), ElementsAre("1"));
}

TEST_F(ASavedView, WithAHoleInItShowsNoMessage) {
    auto view = seen_by_ana(3);
    auto room = view.rooms.front();
    room.messages = {message(1, "1"), message(3, "3")};
    view.rooms = {room};
    begin_with(view);
    EXPECT_FALSE(server_.general().timeline.loaded());
    EXPECT_THAT(shown(server_), IsEmpty());
}

TEST_F(ASavedView, OfSomebodyElseIsNotShown) {
    server_.client.resume(session_of("bo"));
    EXPECT_FALSE(server_.client.restore(seen_by_ana(3)));
    EXPECT_FALSE(server_.client.state().logged_in());
    EXPECT_TRUE(server_.client.state().rooms.empty());
}

TEST_F(ASavedView, IsNotShownWithoutASession) {
    EXPECT_FALSE(server_.client.restore(seen_by_ana(3)));
    EXPECT_FALSE(server_.client.state().logged_in());
}

TEST_F(ASavedView, IsGoneWhenTheSessionTurnsOutToBeOver) {
    begin_with(seen_by_ana(3));
    server_.open();
    server_.greet();
    const auto resume = server_.take_one<Resume>();
    Refused refused;
    refused.request = resume.request;
    refused.reason = Refusal::token_not_valid;
    server_.say(refused);
    EXPECT_FALSE(server_.client.state().logged_in());
    EXPECT_TRUE(server_.client.state().rooms.empty());
    EXPECT_EQ(server_.views_forgotten, 1);
    EXPECT_EQ(server_.client.view_to_save(), std::nullopt);
}

TEST_F(ASavedView, ThereIsNoneAfterSigningOut) {
    begin_with(seen_by_ana(3));
    connect(3);
    server_.client.log_out();
    EXPECT_EQ(server_.client.view_to_save(), std::nullopt);
}

TEST_F(ASavedView, PostsMadeOnItWaitForTheConnectionAndAreHers) {
    KeptRecords records;
    begin_with(seen_by_ana(3));
    ASSERT_TRUE(server_.client.post(Server::kGeneral, "early"));
    records.serve(server_);
    EXPECT_THAT(pending_texts(server_), ElementsAre("early"));
    connect(3);
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("early"));
    EXPECT_THAT(server_.others_forgotten_for, IsEmpty());  // nobody else came
}

// A page that was closed between hearing its message and the end of that message's record.
TEST_F(ASavedView, HoldsHerMessageOnceThoughItsRecordIsStillKept) {
    KeptRecords records;
    begin_with(seen_by_ana(3));
    const auto op = server_.client.post(Server::kGeneral, "4");
    ASSERT_TRUE(op);
    records.serve(server_);
    connect(3);
    server_.say(Server::events({Server::posted(4, 4, Server::kAna, *op, "4")}));
    const auto view = server_.client.view_to_save();
    ASSERT_TRUE(view);
    ASSERT_TRUE(records.holds(*op));  // the end of it was asked for, and did not come to pass

    server_ = Server(keeping(), 4);
    begin_with(*view);
    ASSERT_EQ(server_.client.adopt(records.orphans().at(0)), Adoption::taken);
    EXPECT_THAT(shown(server_), ElementsAre("1", "2", "3", "4"));
    EXPECT_THAT(pending_texts(server_), IsEmpty());
    records.serve(server_);
    EXPECT_EQ(records.size(), 0u);
    EXPECT_THAT(server_.released, ElementsAre(op->outbox));
    connect(4);
    EXPECT_THAT(server_.take_sent<PostText>(), IsEmpty());
}

TEST_F(ASavedView, AsksForEverybodyWhereNotAllPeopleWereSaved) {
    auto view = seen_by_ana(3);
    view.profiles = ProfileRevision();
    begin_with(view);
    server_.open();
    server_.greet();
    EXPECT_EQ(server_.take_one<Resume>().profiles, ProfileRevision());
}

TEST(TimelineBeginning, AnEmptyRoomThatIsLoadedReachesItsFirstMessage) {
    Server server;
    server.log_in({Server::summary()});
    EXPECT_FALSE(server.general().timeline.reaches_first());
    History history;
    history.request = server.client.load_latest(Server::kGeneral);
    history.room = Server::kGeneral;
    server.say(history);
    EXPECT_TRUE(server.general().timeline.reaches_first());
}

}  // namespace
}  // namespace parley::client
