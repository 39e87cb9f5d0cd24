#include "audit/audit.hpp"

namespace parley::audit {

std::expected<Audit, std::string> audit(const std::vector<std::filesystem::path>& logs,
                                        const std::filesystem::path& data, std::size_t cases_of_each) {
    Verdict verdict(cases_of_each);
    const auto stored = StoredHistory::read(data, verdict);
    if (!stored) return std::unexpected(stored.error());
    Judge judge(*stored, verdict);
    for (const auto& file : logs) {
        auto log = event_log::LogReader::open(file);
        if (!log) return std::unexpected(log.error());
        const auto taken = judge.take(*log, file.filename().string());
        if (!taken) return std::unexpected(taken.error());
    }
    judge.conclude();
    return Audit{std::move(verdict), judge.evidence()};
}

}  // namespace parley::audit
