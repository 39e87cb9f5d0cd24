#include "audit/report.hpp"

#include <cstdio>
#include <nlohmann/json.hpp>

namespace parley::audit {

namespace {

using Json = nlohmann::ordered_json;

std::string row(std::string_view name, std::uint64_t number) {
    char text[64];
    std::snprintf(text, sizeof text, "%-20.*s %llu\n", static_cast<int>(name.size()), name.data(),
                  static_cast<unsigned long long>(number));
    return text;
}

}  // namespace

std::string as_text(const Audit& audit) {
    const auto& evidence = audit.evidence;
    std::string text = row("logs", evidence.logs) + row("  never whole", evidence.logs_never_whole) +
                       row("clients", evidence.clients) + row("stored", evidence.stored) + row("sent", evidence.sent) +
                       row("acknowledged", evidence.acknowledged) + row("refused", evidence.refused) +
                       row("seen", evidence.seen) + row("  by catching up", evidence.caught_up) +
                       row("resets", evidence.resets) + "\n";
    for (std::size_t i = 0; i < kFaults; ++i) {
        const auto fault = static_cast<Fault>(i);
        text += row(name_of(fault), audit.verdict.count(fault));
        for (const auto& one : audit.verdict.cases(fault)) text += "    " + one + "\n";
    }
    return text + (audit.verdict.is_clean() ? "clean\n" : "NOT CLEAN\n");
}

std::string as_json(const Audit& audit) {
    const auto& evidence = audit.evidence;
    Json counts = Json::object();
    Json cases = Json::object();
    for (std::size_t i = 0; i < kFaults; ++i) {
        const auto fault = static_cast<Fault>(i);
        counts[std::string(name_of(fault))] = audit.verdict.count(fault);
        cases[std::string(name_of(fault))] = audit.verdict.cases(fault);
    }
    const Json all{{"clean", audit.verdict.is_clean()},
                   {"counts", counts},
                   {"cases", cases},
                   {"evidence",
                    {{"logs", evidence.logs},
                     {"logs_never_whole", evidence.logs_never_whole},
                     {"clients", evidence.clients},
                     {"stored", evidence.stored},
                     {"sent", evidence.sent},
                     {"acknowledged", evidence.acknowledged},
                     {"refused", evidence.refused},
                     {"seen", evidence.seen},
                     {"caught_up", evidence.caught_up},
                     {"resets", evidence.resets}}}};
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace parley::audit
