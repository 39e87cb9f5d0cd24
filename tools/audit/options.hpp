// The command line of parley-audit.
#pragma once

#include <filesystem>
#include <variant>
#include <vector>

namespace parley::audit {

struct Options {
    std::vector<std::filesystem::path> logs;
    std::filesystem::path data;
    std::size_t cases = 10;  // listed of each fault
    bool json = false;
};

// Or the exit code, after the reason (or the help) was printed: 0 for --help, 2 for a line that makes no sense.
[[nodiscard]] std::variant<Options, int> parse_options(int argc, const char* const* argv);

}  // namespace parley::audit
