// F16: there are no descriptors left.
#include <algorithm>
#include <asio/connect.hpp>
#include <asio/io_context.hpp>

#include "faults/fault_test.hpp"
#include "faults/proc.hpp"
#include "faults/raw_talker.hpp"

namespace parley::faults {
namespace {

class F16 : public FaultTest {};

TEST_F(F16, WithoutDescriptorsWhoIsInGoesOnAndWhatIsStoredIsStored) {
    auto how = start();
    how.through = {"/bin/sh", "-c", "ulimit -n 256; exec \"$0\" \"$@\""};
    serve(how);
    auto& all = gather({.writers = 20, .readers = 20, .rooms = 2, .under_way = 1});
    RawTalker ana(port, "ana");
    RawTalker bo(port, "bo");
    asio::io_context io;
    std::vector<asio::ip::tcp::socket> many;
    for (int i = 0; i < 400; ++i) {
        asio::error_code error;
        many.emplace_back(io).connect({asio::ip::make_address("127.0.0.1"), port}, error);
    }
    const auto cpu_before = Process(server->pid()).cpu_ms();
    const Stopwatch full;
    all.run(in_form(std::chrono::milliseconds(1s), std::chrono::milliseconds(4s)));
    at_most("F16", "CPU while full and quiet",
            (Process(server->pid()).cpu_ms() - cpu_before) * 100 / full.milliseconds(), 5, "% of a core");
    EXPECT_LE(Process(server->pid()).descriptors(), 256u);
    EXPECT_GE(Process(server->pid()).descriptors(), 256 - limits::kReservedDescriptors) << "it was not full";
    std::vector<double> typing_ms;
    for (int i = 0; i < 200; ++i) typing_ms.push_back(typing_time_ms(ana, bo));
    std::sort(typing_ms.begin(), typing_ms.end());
    at_most("F16", "typing of those inside p99", typing_ms[198], 50, "ms");
    all.talk(true);
    ASSERT_TRUE(all.until_acknowledged(500)) << "the store goes on";
    const Stopwatch releasing;
    many.clear();
    while (status_of("/readyz") != 200) ASSERT_LT(releasing.milliseconds(), 60'000);
    at_most("F16", "first answer to a newcomer after the release", releasing.milliseconds(), 1'000, "ms");
    ASSERT_TRUE(all.settle());
    EXPECT_EQ(all.connections_lost(), 0u);
    judge("after the descriptors were used up");
    all.leave();
}

}  // namespace
}  // namespace parley::faults
