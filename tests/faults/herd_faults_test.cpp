// F14: everybody comes back at once.
#include <sys/resource.h>
#include <csignal>

#include <algorithm>

#include "faults/fault_test.hpp"
#include "faults/proc.hpp"

namespace parley::faults {
namespace {

class F14 : public FaultTest {
  protected:
    void SetUp() override {
        rlimit files{};
        ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &files), 0);
        files.rlim_cur = files.rlim_max;
        ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &files), 0);
        ASSERT_GE(files.rlim_max, clients + 200) << "ulimit -Hn is too low for this test";
    }
    const std::size_t clients = in_form<std::size_t>(500, 10'000);
};

TEST_F(F14, AHerdComesBackAfterARestart) {
    const auto sessions = fill_rooms(clients, in_form<std::size_t>(10, 100));
    serve();
    auto& all = gather({.writers = 100, .readers = clients - 100, .rooms = 0, .under_way = 1, .sessions = sessions});
    EXPECT_EQ(server->end(SIGTERM), 0);
    ASSERT_TRUE(all.until([&] { return all.none_connected(); }));
    serve();
    const Stopwatch returning;
    const bool back = all.until([&] { return all.all_connected(); });
    at_most("F14", std::to_string(clients) + " clients back after", returning.milliseconds(), 10'000, "ms");
    ASSERT_TRUE(back);
    at_most("F14", "memory of the server at most", Process(server->pid()).most_resident_mib(), 1'024, "MiB");
    all.run(in_form(std::chrono::milliseconds(500ms), std::chrono::milliseconds(5s)));
    // The first message of each writer, and how long until it was answered.
    const Stopwatch first;
    std::vector<double> answered_ms(100, 0);
    const auto before = all.acknowledged();
    for (std::size_t i = 0; i < answered_ms.size(); ++i) all.people()[i]->post_once();
    const bool answered = all.until([&] {
        for (std::size_t i = 0; i < answered_ms.size(); ++i)
            if (answered_ms[i] == 0 && all.people()[i]->chat().unsettled_operations() == 0)
                answered_ms[i] = first.milliseconds();
        return all.acknowledged() >= before + answered_ms.size();
    });
    ASSERT_TRUE(answered);
    at_most("F14", "first messages answered, slowest of 100", *std::max_element(answered_ms.begin(), answered_ms.end()),
            1'000, "ms");
    ASSERT_TRUE(all.settle());
    judge("after the herd");
    all.leave();
}

}  // namespace
}  // namespace parley::faults
