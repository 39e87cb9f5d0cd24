// parley-load: how much a server carries, how late, and whether anything is lost.
#include "load/run.hpp"
#include "load/storm.hpp"

using namespace parley;

int main(int argc, char** argv) {
    const auto parsed = load::parse_options(argc, argv);
    if (const auto* exit_code = std::get_if<int>(&parsed)) return *exit_code;
    const auto& options = std::get<load::Options>(parsed);
    asio::io_context io(1);
    const auto measure = [&io](auto measurement) {
        measurement.start();
        io.run();
        return measurement.finish();
    };
    return options.storm != 0 ? measure(load::Storm(io, options)) : measure(load::Run(io, options));
}
