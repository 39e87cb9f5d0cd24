#include "protocol/variant_list.hpp"

namespace parley {

struct Poke {
#ifdef BROKEN
    static constexpr std::uint8_t kTag = Hello::kTag;
#else
    static constexpr std::uint8_t kTag = 99;
#endif
};
static_assert(numbers_are_unique(std::type_identity<std::variant<Hello, Poke>>{}), "two messages have one tag");

}  // namespace parley
