// F15: the clock jumps.
#include <algorithm>
#include <fstream>

#include "faults/fault_test.hpp"
#include "faults/raw_talker.hpp"

namespace parley::faults {
namespace {

class F15 : public FaultTest {
  protected:
    // libfaketime reads the offset from a file, again at each call.
    void set_clock(const std::string& offset) {
        const auto fresh = directory.path() / "clock.new";
        std::ofstream(fresh) << offset << '\n';
        std::filesystem::rename(fresh, directory.path() / "clock");
    }
    void serve_with_its_own_clock() {
        set_clock("+0");
        environment = {std::string("LD_PRELOAD=") + PARLEY_FAKETIME, "FAKETIME_NO_CACHE=1",
                       "FAKETIME_DONT_FAKE_MONOTONIC=1",
                       "FAKETIME_TIMESTAMP_FILE=" + (directory.path() / "clock").string()};
        serve();
    }
    // By the time of a message; of a newcomer, since one who answers no ping does not stay.
    [[nodiscard]] std::int64_t clock_of_server() {
        RawTalker talker(port, "newcomer-" + std::to_string(++newcomers));
        const auto op = talker.next_op();
        talker.say(PostText{op, talker.general(), *MessageText::from("what time is it?")});
        std::int64_t time = 0;
        (void)talker.hear<RoomEvents>([&](const RoomEvents& events) {
            for (const auto& event : events.events) {
                const auto* posted = std::get_if<MessagePosted>(&event.body);
                if (posted != nullptr && posted->op == op) time = posted->time.milliseconds;
            }
            return time != 0;
        });
        talkers->log().sent(0, talker.general(), op);
        return time;
    }
    [[nodiscard]] std::string loss() const {
        for (const auto& person : talkers->people())
            if (person->connections_lost != 0) return person->name() + ": " + person->last_loss;
        return "nobody lost a connection";
    }
    int newcomers = 0;
};

TEST_F(F15, AClockThatJumpsChangesNoOrderAndCutsNobody) {
    serve_with_its_own_clock();
    auto& all = gather();
    RawTalker gone(port, "gone");
    const auto her_token = gone.token();
    gone.say(LogOut{5});
    (void)gone.hear<LoggedOut>();
    const auto start_ms = clock_of_server();
    constexpr std::int64_t kHour = 3'600'000;
    struct Jump {
        const char* offset;
        std::int64_t by_ms;
        bool comes_back;  // sessions are still good
    };
    for (const auto& jump :
         {Jump{"+3600", kHour, true}, Jump{"-3600", -kHour, true}, Jump{"+315360000", 87'600 * kHour, false}}) {
        SCOPED_TRACE(jump.offset);
        set_clock(jump.offset);
        all.talk(true);
        ASSERT_TRUE(all.until_acknowledged(500));
        EXPECT_NEAR(static_cast<double>(clock_of_server() - start_ms), static_cast<double>(jump.by_ms), 600'000)
            << "the server did not see the jump";
        ASSERT_TRUE(all.settle()) << loss();
        // Several turns of every timer of seconds.
        all.run(in_form(std::chrono::milliseconds(1'500), std::chrono::milliseconds(60s)));
        all.talk(true);
        ASSERT_TRUE(all.until_acknowledged(500));
        ASSERT_TRUE(all.settle()) << loss();
        judge(jump.offset);
        EXPECT_EQ(all.connections_lost(), 0u) << "cut by a jump of the clock: " << loss();
        if (!jump.comes_back) continue;
        RawTalker back(port, "back" + std::to_string(jump.by_ms > 0));
        const auto token = back.token();
        EXPECT_TRUE(RawTalker::may_resume(port, token)) << "a session ended by a jump of the clock";
        EXPECT_FALSE(RawTalker::may_resume(port, her_token)) << "a session that was ended is good again";
    }
    at_most("F15", "clients cut by clock jumps of +1 h, -1 h, +10 years", static_cast<double>(all.connections_lost()),
            0, "clients");
    all.leave();
}

}  // namespace
}  // namespace parley::faults
