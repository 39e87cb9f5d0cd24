// One audit from files to verdict; what parley-audit does, and what tests call.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "audit/judge.hpp"

namespace parley::audit {

struct Audit {
    Verdict verdict;
    Evidence evidence;
};

// The error is a sentence: a log or the database cannot be read.
[[nodiscard]] std::expected<Audit, std::string> audit(const std::vector<std::filesystem::path>& logs,
                                                      const std::filesystem::path& data,
                                                      std::size_t cases_of_each = 10);

}  // namespace parley::audit
