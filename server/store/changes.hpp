// What the queue needs to know of a change: whose operation it is, and how much room it takes.
#pragma once

#include <optional>

#include "store/records.hpp"

namespace parley::store {

// The operation behind a change, or nothing: for a change that is idempotent by itself, and for a registration, which
// is nobody's yet and so has nothing before it to wait for.
[[nodiscard]] std::optional<Operation> operation_of(const Change& change);

[[nodiscard]] std::size_t bytes_of(const Change& change);

}  // namespace parley::store
