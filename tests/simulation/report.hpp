// What many runs covered, as a table and as JSON, and what none of them reached though it can be reached.
#pragma once

#include <string>
#include <vector>

#include "simulation/chronicle.hpp"

namespace parley::simulation {

[[nodiscard]] std::string table_of(const Counts& counts);
[[nodiscard]] std::string json_of(const Counts& counts);
// The kinds of fault, message, event and refusal that stayed at 0. Every one can be reached.
[[nodiscard]] std::vector<std::string> missing_from(const Counts& counts);

}  // namespace parley::simulation
