// Which names may be shown: beyond their shape (text/names), what needs Unicode's tables (THREATS T29). That no two are
// alike is for the store, by auth/look_alike. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "protocol/people.hpp"

namespace parley::auth {

// A nick of the right shape that is not reserved, begins with no mark, and in no word of which letters of two scripts
// stand that have look-alikes among each other: Latin with Greek or Cyrillic is a trick, in one word, and no name.
[[nodiscard]] bool may_be_nick(std::string_view nick);

// The name as it is stored, in NFC; nothing for one that may not be. It begins with no mark, has no letter of another
// style (fullwidth, mathematical) and no letters of two such scripts, in different words neither: the look of rooms'
// names is not compared.
[[nodiscard]] std::optional<RoomName> room_name_of(std::string_view asked);

}  // namespace parley::auth
