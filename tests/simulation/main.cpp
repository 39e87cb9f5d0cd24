// parley_simulation: runs of the whole server and its clients under chance.
//   --seed S [--trace]                          one run; --trace tells its story
//   --seeds N [--from S] [--jobs J] [--json]    many, and what they covered; the first violations of each failed one
//   --all                                       with --seeds: also fail if a kind was not reached that can be
//   --twice                                     each seed twice; tells where the two part
// Exit code 1: a violation, or something missing. The same seed and options give the same run.
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "simulation/report.hpp"
#include "simulation/world.hpp"

namespace parley::simulation {
namespace {

struct Wish {
    std::uint64_t seed = 0;
    std::uint64_t from = 1;
    std::uint64_t seeds = 0;
    unsigned jobs = 1;
    bool trace = false;
    bool json = false;
    bool all = false;
    bool twice = false;
    std::uint64_t until_failed = 0;
    Options options;
};

// What one process found.
struct Found {
    Counts counts;
    std::uint64_t failed = 0;
    std::uint64_t first_failed = 0;
};
static_assert(std::is_trivially_copyable_v<Found>, "goes through a pipe as it is");

std::string replay_of(std::uint64_t seed, const Options& options) {
    auto command = "build/release/tests/parley_simulation --seed " + std::to_string(seed);
    if (options.wishes) command += " --wishes " + std::to_string(*options.wishes);
    if (options.faults) command += " --faults " + std::to_string(*options.faults);
    if (options.people) command += " --people " + std::to_string(*options.people);
    if (options.devices) command += " --devices " + std::to_string(*options.devices);
    if (options.sqlite) command += *options.sqlite ? " --sqlite true" : " --sqlite false";
    if (options.by_bytes) command += *options.by_bytes ? " --bytes true" : " --bytes false";
    return command + " --trace";
}

Verdict run(std::uint64_t seed, const Wish& wish, Counts& counts, std::vector<std::string>* story) {
    Chronicle::Listener listener;
    if (story) listener = [story](const std::string& line) { story->push_back(line); };
    if (wish.trace) listener = [](const std::string& line) { std::puts(line.c_str()); };
    Chronicle chronicle(listener);
    auto verdict = World(seed, wish.options, chronicle).run();
    counts.add(chronicle.counts);
    return verdict;
}

// Where the stories of two runs part, for `--twice`.
std::string parting_of(const std::vector<std::string>& first, const std::vector<std::string>& second) {
    const auto [one, other] = std::mismatch(first.begin(), first.end(), second.begin(), second.end());
    const auto told = [](auto line, const auto& story) { return line == story.end() ? "nothing" : *line; };
    return "a second run of the seed went another way: '" + told(one, first) + "' and '" + told(other, second) + "'";
}

void run_and_tell(std::uint64_t seed, const Wish& wish, Found& found) {
    std::vector<std::string> story;
    auto verdict = run(seed, wish, found.counts, wish.twice ? &story : nullptr);
    if (wish.twice) {
        Counts counts;
        std::vector<std::string> again;
        if (run(seed, wish, counts, &again).digest != verdict.digest)
            verdict.violations.push_back({"replay", parting_of(story, again)});
    }
    if (verdict.violations.empty()) return;
    ++found.failed;
    if (found.first_failed == 0) found.first_failed = seed;
    std::size_t told = 0;
    for (const auto& violation : verdict.violations) {
        if (++told > 5) break;
        std::printf("seed %llu: %s: %s\n", static_cast<unsigned long long>(seed), violation.check.c_str(),
                    violation.what.c_str());
    }
    std::printf("  replay: %s\n", replay_of(seed, wish.options).c_str());
    std::fflush(stdout);
}

// Every jobs-th seed, beginning with the job-th.
Found run_share(const Wish& wish, unsigned job) {
    Found found;
    for (auto seed = wish.from + job; seed < wish.from + wish.seeds; seed += wish.jobs) {
        run_and_tell(seed, wish, found);
        if (wish.until_failed != 0 && found.failed >= wish.until_failed) break;
    }
    return found;
}

// Processes, not threads: a run that crashes takes its share alone with it, and is missed.
bool run_shares(const Wish& wish, Found& sum) {
    std::vector<int> pipes;
    bool whole = true;
    for (unsigned job = 0; job < wish.jobs; ++job) {
        int ends[2];
        if (pipe(ends) != 0) return false;
        if (fork() == 0) {
            const auto found = run_share(wish, job);
            std::exit(write(ends[1], &found, sizeof found) == static_cast<ssize_t>(sizeof found) ? 0 : 1);
        }
        close(ends[1]);
        pipes.push_back(ends[0]);
    }
    for (const int end : pipes) {
        Found found;
        auto* at = reinterpret_cast<char*>(&found);
        std::size_t size = 0;
        for (ssize_t got = 0; size < sizeof found && (got = read(end, at + size, sizeof found - size)) > 0;)
            size += static_cast<std::size_t>(got);
        close(end);
        if (size < sizeof found) {
            std::puts("a process ended before its share was done");
            whole = false;
            continue;
        }
        sum.counts.add(found.counts);
        sum.failed += found.failed;
        if (found.first_failed != 0 && (sum.first_failed == 0 || found.first_failed < sum.first_failed))
            sum.first_failed = found.first_failed;
    }
    while (wait(nullptr) > 0) {
    }
    return whole;
}

int run_many(const Wish& wish) {
    Found sum;
    const bool whole = run_shares(wish, sum);
    std::puts(wish.json ? json_of(sum.counts).c_str() : table_of(sum.counts).c_str());
    bool complete = true;
    if (wish.all) {
        for (const auto& missing : missing_from(sum.counts)) {
            std::printf("missing: %s\n", missing.c_str());
            complete = false;
        }
    }
    std::printf("%llu runs, %llu failed", static_cast<unsigned long long>(sum.counts.runs),
                static_cast<unsigned long long>(sum.failed));
    if (sum.failed != 0) std::printf(", the first with seed %llu", static_cast<unsigned long long>(sum.first_failed));
    std::puts("");
    return whole && complete && sum.failed == 0 ? 0 : 1;
}

int run_one(const Wish& wish) {
    Found found;
    run_and_tell(wish.seed, wish, found);
    std::printf("%s\n", found.failed == 0 ? "no violation" : "violated");
    return found.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace parley::simulation

int main(int argc, char** argv) {
    parley::simulation::Wish wish;
    CLI::App app("Runs of the whole server and its clients under chance");
    app.add_option("--seed", wish.seed, "one run");
    app.add_option("--seeds", wish.seeds, "so many runs");
    app.add_option("--from", wish.from, "the first seed");
    app.add_option("--jobs", wish.jobs, "processes")->check(CLI::Range(1, 64));
    app.add_flag("--trace", wish.trace, "tell the story");
    app.add_flag("--json", wish.json, "what was covered, as JSON");
    app.add_flag("--all", wish.all, "fail if a kind that can be reached was not");
    app.add_flag("--twice", wish.twice, "run each seed twice and compare");
    app.add_option("--until-failed", wish.until_failed, "stop after so many failed runs of a process");
    app.add_option("--wishes", wish.options.wishes, "so many wishes");
    app.add_option("--faults", wish.options.faults, "so many faults");
    app.add_option("--people", wish.options.people, "so many people")->check(CLI::Range(1, 4));
    app.add_option("--devices", wish.options.devices, "so many clients of each of them")->check(CLI::Range(1, 4));
    app.add_option("--sqlite", wish.options.sqlite, "on SQLite, or not");
    app.add_option("--bytes", wish.options.by_bytes, "with real WebSocket endpoints, or not");
    CLI11_PARSE(app, argc, argv);
    return wish.seeds != 0 ? parley::simulation::run_many(wish) : parley::simulation::run_one(wish);
}
