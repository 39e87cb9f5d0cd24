#include "audit/options.hpp"

#include <CLI/CLI.hpp>

namespace parley::audit {

std::variant<Options, int> parse_options(int argc, const char* const* argv) {
    Options options;
    CLI::App app(
        "Judges what clients logged (--event-log of parley-load and parley-cli) against what the server stored: lost, "
        "unseen, doubled, reordered, holes, phantoms, disagreement. Exit code 0: all are 0; 1: one is not; 2: it could "
        "not be judged.",
        "parley-audit");
    app.add_option("LOG", options.logs, "event logs, all that were written of these rooms")->required();
    app.add_option("--data", options.data, "the server's data directory; the server may run")->required();
    app.add_option("--cases", options.cases, "how many cases of each fault are listed [10]");
    app.add_flag("--json", options.json, "the result as JSON");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return options;
}

}  // namespace parley::audit
