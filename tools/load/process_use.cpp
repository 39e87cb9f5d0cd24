#include "load/process_use.hpp"

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace parley::load {

// proc(5): fields 14 and 15 are utime and stime, 24 is rss in pages. The name (field 2) may hold anything but ends at
// the last ')'.
std::optional<ProcessUse> use_of_process(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    if (!std::getline(file, line)) return std::nullopt;
    const auto name_end = line.rfind(')');
    if (name_end == std::string::npos) return std::nullopt;
    std::istringstream fields(line.substr(name_end + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    std::uint64_t user = 0;
    std::uint64_t system = 0;
    fields >> user >> system;
    for (int field = 16; field < 24; ++field) fields >> skipped;
    std::uint64_t pages = 0;
    if (!(fields >> pages)) return std::nullopt;
    ProcessUse use;
    use.cpu_seconds = static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
    use.rss_bytes = pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return use;
}

}  // namespace parley::load
