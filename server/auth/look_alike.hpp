// How a name looks: two names with one skeleton cannot both exist (after UTS 39; NFKC case folding and a table of the
// common confusables, whose limits are in look_alike.cpp). Any thread.
#pragma once

#include <string>
#include <string_view>

namespace parley::auth {

[[nodiscard]] std::string skeleton_of(std::string_view name);

}  // namespace parley::auth
