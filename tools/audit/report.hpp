// An audit for people and for programs.
#pragma once

#include <string>

#include "audit/audit.hpp"

namespace parley::audit {

[[nodiscard]] std::string as_text(const Audit& audit);
[[nodiscard]] std::string as_json(const Audit& audit);

}  // namespace parley::audit
