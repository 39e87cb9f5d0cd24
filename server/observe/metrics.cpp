#include "observe/metrics.hpp"

#include <fmt/format.h>

namespace parley::observe {

void MetricsPage::add(std::string_view type, std::string_view name, std::string_view help, std::uint64_t value) {
    fmt::format_to(std::back_inserter(text_), "# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", name, help, type, value);
}

}  // namespace parley::observe
