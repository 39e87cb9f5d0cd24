// The file itself: what is written is read again, what is cut is judged as far as it goes, what is not a log is
// refused.
#include <gmock/gmock.h>

#include <fstream>

#include "event_log/log_reader.hpp"
#include "event_log/recorder.hpp"
#include "support/temporary_directory.hpp"

namespace parley::event_log {
namespace {

using testing::HasSubstr;

constexpr RoomId kRoom(0xABCDEF0123456789ull);
constexpr OpId kOp{OutboxId(0xFEDCBA9876543210ull), 7};

class EventLogTest : public testing::Test {
  protected:
    std::filesystem::path file() const { return directory.path() / "events"; }
    void write(const std::string& text) { std::ofstream(file(), std::ios::binary) << text; }
    std::string text() const {
        std::ifstream stream(file(), std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    // The kinds of all events, or the error.
    std::string kinds() {
        auto log = LogReader::open(file());
        if (!log) return log.error();
        std::string all;
        for (;;) {
            const auto event = log->next();
            if (!event) return event.error();
            if (!*event) return all + (log->whole_ns() ? "e" : "");
            all += static_cast<char>((*event)->kind);
            last = **event;
        }
    }
    support::TemporaryDirectory directory;
    Event last;
};

// What was sent after "whole" in the same moment was judged as if it had been sent before.
TEST_F(EventLogTest, TheTimesOfALogRiseWithEveryLine) {
    auto log = EventLog::create(file());
    ASSERT_TRUE(log);
    const auto ana = log->add_client("ana");
    for (int i = 0; i < 1000; ++i) log->refused(ana, kOp, Refusal::text_empty);
    log->whole();
    log->sent(ana, kRoom, kOp);
    log->flush();
    auto read = LogReader::open(file());
    ASSERT_TRUE(read);
    std::int64_t before = 0;
    std::optional<std::int64_t> whole;
    for (auto event = read->next().value(); event; event = read->next().value()) {
        EXPECT_GT(event->at_ns, before);
        before = event->at_ns;
        whole = read->whole_ns();
    }
    ASSERT_TRUE(whole);
    EXPECT_LT(*whole, before);
}

TEST_F(EventLogTest, WhatIsWrittenIsReadAgain) {
    auto log = EventLog::create(file());
    ASSERT_TRUE(log);
    const auto ana = log->add_client("ana");
    log->base(kRoom, Sequence(3));
    log->entered(ana, kRoom, Sequence(3));
    log->sent(ana, kRoom, kOp);
    log->refused(ana, OpId{OutboxId(1), 1}, Refusal::text_empty);
    log->seen(ana, kRoom, kOp, Sequence(4), true);
    log->acknowledged(ana, kRoom, kOp, Sequence(4));
    log->reset(ana, kRoom, Sequence(9));
    log->seen(ana, kRoom, kOp, Sequence(10), false);
    ASSERT_TRUE(log->finish());
    EXPECT_EQ(kinds(), "bjsrvaxwe");
    EXPECT_EQ(last.room, kRoom);
    EXPECT_EQ(last.op, kOp);
    EXPECT_EQ(last.sequence, Sequence(10));
    EXPECT_GT(last.at_ns, 0);
}

TEST_F(EventLogTest, WhatIsSentIsInTheFileAtOnce) {
    auto log = EventLog::create(file());
    ASSERT_TRUE(log);
    const auto ana = log->add_client("ana");
    log->entered(ana, kRoom, Sequence());
    EXPECT_EQ(kinds(), "");
    log->sent(ana, kRoom, kOp);
    EXPECT_EQ(kinds(), "js");
    log->acknowledged(ana, kRoom, kOp, Sequence(1));
    EXPECT_EQ(kinds(), "js");
    log->flush();
    EXPECT_EQ(kinds(), "jsa");
}

TEST_F(EventLogTest, ALogIsNeverOverwritten) {
    write("evidence");
    const auto log = EventLog::create(file());
    ASSERT_FALSE(log);
    EXPECT_THAT(log.error(), HasSubstr("events"));
    EXPECT_EQ(text(), "evidence");
}

TEST_F(EventLogTest, ALogThatIsCutAnywhereIsReadUpToItsLastWholeLine) {
    {
        auto log = EventLog::create(file());
        const auto ana = log->add_client("ana");
        for (std::uint64_t i = 1; i <= 5; ++i) log->seen(ana, kRoom, {OutboxId(5), i}, Sequence(i), true);
        ASSERT_TRUE(log->finish());
    }
    const auto whole = text();
    const auto head = whole.find('\n') + 1;
    for (auto size = head; size < whole.size(); ++size) {
        write(whole.substr(0, size));
        const auto found = kinds();
        EXPECT_EQ(found, std::string("vvvvv").substr(0, found.size())) << size;
    }
    write(whole.substr(0, head - 1));
    EXPECT_THAT(kinds(), HasSubstr("is not an event log"));
}

TEST_F(EventLogTest, WhatIsNotAnEventIsNamedByItsLine) {
    const std::string start = "parley-events 1\nc 0 ana\ng 0 ab\no 0 cd\n";
    for (const char* line : {"nonsense", "q 1 0 0", "s 1 0 0 0", "s 1 0 0 0 1 2", "s 1 1 0 0 1", "s 1 0 1 0 1",
                             "s 1 0 0 1 1", "v 1 0 0 0 1", "v x 0 0 0 1 1", "r 1 0 0 1 200", "c 2 bo", "g 0 1", "e",
                             "v  1 0 0 0 1 1", "v 1 0 0 0 99999999999999999999 1"}) {
        write(start + line + "\n");
        EXPECT_THAT(kinds(), HasSubstr("events:5: ")) << line;
    }
    write("something else\n");
    EXPECT_THAT(kinds(), HasSubstr("is not an event log"));
    write(start + std::string(5000, 'v') + "\n");
    EXPECT_THAT(kinds(), HasSubstr("events:5: "));
}

TEST_F(EventLogTest, ARecorderWritesWhatItsClientIsTold) {
    auto log = EventLog::create(file());
    ASSERT_TRUE(log);
    Recorder recorder(*log, "ana");
    client::ChatState state;
    state.rooms[kRoom].id = kRoom;
    const OpId leave{OutboxId(5), 2};
    recorder.happened(client::RoomSubscribed{kRoom, Sequence(3)}, state);
    recorder.posted(kOp, kRoom);
    client::MessageArrived arrived{kRoom, {}, kOp, true};
    arrived.message.sequence = Sequence(4);
    recorder.happened(arrived, state);
    recorder.happened(client::OperationDone{kOp, kRoom, Sequence(4), Ordinal(1)}, state);
    recorder.happened(client::OperationDone{{OutboxId(5), 1}, kRoom, Sequence(4), Ordinal()}, state);  // a join
    recorder.happened(client::RoomSubscribed{kRoom, Sequence(4)}, state);                              // a reconnect
    recorder.happened(client::RoomWasReset{kRoom, Sequence(8)}, state);
    recorder.happened(client::OperationRefused{{OutboxId(5), 9}, Refusal::text_empty, ""}, state);
    recorder.leaves(leave, kRoom);
    state.rooms.clear();
    recorder.happened(client::RoomsChanged{}, state);
    recorder.happened(client::OperationDone{leave, kRoom, Sequence(11), Ordinal()}, state);
    ASSERT_TRUE(log->finish());
    EXPECT_EQ(kinds(), "jsvaxrle");
    EXPECT_EQ(last.sequence, Sequence(11));
}

TEST_F(EventLogTest, ARoomThatIsTakenAwayIsLeftWithoutAPlace) {
    auto log = EventLog::create(file());
    ASSERT_TRUE(log);
    Recorder recorder(*log, "ana");
    client::ChatState state;
    state.rooms[kRoom].id = kRoom;
    recorder.happened(client::RoomSubscribed{kRoom, Sequence(3)}, state);
    state.rooms.clear();
    recorder.happened(client::RoomsChanged{}, state);
    recorder.happened(client::RoomsChanged{}, state);
    ASSERT_TRUE(log->finish());
    EXPECT_EQ(kinds(), "jle");
    EXPECT_EQ(last.sequence, Sequence());
}

}  // namespace
}  // namespace parley::event_log
