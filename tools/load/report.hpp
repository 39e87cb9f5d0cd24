// The result of a run, as a table for people or JSON for scripts.
#pragma once

#include <optional>
#include <string>

#include "load/options.hpp"
#include "load/process_use.hpp"
#include "load/tally.hpp"

namespace parley::load {

struct Result {
    double connect_seconds = 0;
    double run_seconds = 0;
    double own_cpu_seconds = 0;
    std::uint64_t reconnects = 0;
    std::uint64_t failed_posts = 0;
    std::string first_failure;
    // Of the server: before anybody came, when all were in and quiet, after the run. Nothing without --server-pid.
    std::optional<ProcessUse> empty;
    std::optional<ProcessUse> idle;
    std::optional<ProcessUse> done;
};

[[nodiscard]] std::string as_table(const Options& options, const Tally& tally, const Result& result);
[[nodiscard]] std::string as_json(const Options& options, const Tally& tally, const Result& result);
// Nothing lost, doubled, reordered or strayed, and one order for all.
[[nodiscard]] bool is_clean(const Tally& tally, const Result& result);

}  // namespace parley::load
