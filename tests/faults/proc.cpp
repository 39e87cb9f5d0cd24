#include "faults/proc.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace parley::faults {

std::size_t Process::descriptors() const {
    const std::filesystem::directory_iterator all("/proc/" + std::to_string(pid_) + "/fd");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

double Process::status_mib(const char* field) const {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    for (std::string word; status >> word;) {
        double kibibytes = 0;
        if (word == field && status >> kibibytes) return kibibytes / 1'024;
    }
    return 0;
}

double Process::cpu_ms() const {
    std::ifstream stat("/proc/" + std::to_string(pid_) + "/stat");
    std::string text{std::istreambuf_iterator<char>(stat), {}};
    std::istringstream rest(text.substr(text.rfind(')') + 1));
    std::string word;
    for (int i = 0; i < 11; ++i) rest >> word;  // up to utime
    double user = 0;
    double system = 0;
    rest >> user >> system;
    return (user + system) * 1'000 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace parley::faults
