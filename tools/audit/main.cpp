// parley-audit: was anything lost, doubled or reordered?
#include <cstdio>

#include "audit/options.hpp"
#include "audit/report.hpp"

using namespace parley;

int main(int argc, char** argv) {
    const auto parsed = audit::parse_options(argc, argv);
    if (const auto* exit_code = std::get_if<int>(&parsed)) return *exit_code;
    const auto& options = std::get<audit::Options>(parsed);
    const auto result = audit::audit(options.logs, options.data, options.cases);
    if (!result) {
        std::fprintf(stderr, "parley-audit: %s\n", result.error().c_str());
        return 2;
    }
    const auto text = options.json ? audit::as_json(*result) : audit::as_text(*result);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return result->verdict.is_clean() ? 0 : 1;
}
