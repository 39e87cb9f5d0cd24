#include "faults/figures.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace parley::faults {

namespace {

void figure(const std::string& id, const std::string& what, double measured, const char* relation, double bound,
            const std::string& unit, bool holds) {
    char numbers[120];
    std::snprintf(numbers, sizeof numbers, ": %.6g %s (%s %.6g)%s", measured, unit.c_str(), relation, bound,
                  holds ? "" : "  NOT HELD");
    const auto line = id + " " + what + numbers;
    std::printf("%s\n", line.c_str());
    if (const char* table = std::getenv("PARLEY_FAULTS_TABLE")) std::ofstream(table, std::ios::app) << line << '\n';
    if (!holds && full_form()) ADD_FAILURE() << line;
}

}  // namespace

bool full_form() {
    const char* form = std::getenv("PARLEY_FAULTS");
    return form != nullptr && std::string(form) == "full";
}

void at_most(const std::string& id, const std::string& what, double measured, double bound, const std::string& unit) {
    figure(id, what, measured, "at most", bound, unit, measured <= bound);
}

void at_least(const std::string& id, const std::string& what, double measured, double bound, const std::string& unit) {
    figure(id, what, measured, "at least", bound, unit, measured >= bound);
}

}  // namespace parley::faults
