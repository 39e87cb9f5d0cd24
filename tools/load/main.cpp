// parley-load: how much a server carries, how late, and whether anything is lost.
#include "load/run.hpp"

using namespace parley;

int main(int argc, char** argv) {
    const auto parsed = load::parse_options(argc, argv);
    if (const auto* exit_code = std::get_if<int>(&parsed)) return *exit_code;
    asio::io_context io(1);
    load::Run run(io, std::get<load::Options>(parsed));
    run.start();
    io.run();
    return run.finish();
}
