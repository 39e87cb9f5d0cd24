// Whom a message mentions: what the store keeps beside its words.
#pragma once

#include <string_view>

#include "store/records.hpp"

namespace parley::store {

// A name counts wherever it is written: whether its person may read the room is asked when she is told what is unread.
// <!here> counts as <!all>. Who was online at a moment is seen otherwise by each of her devices and by each shard; a
// count that all of them agree on follows from the words alone.
[[nodiscard]] Mentioned mentioned_in(std::string_view words);

}  // namespace parley::store
