#include "client/apply.hpp"

namespace parley::client {

struct Poke {
    static constexpr std::uint8_t kTag = 99;
};

inline void a_new_message(Core& core) {
    apply(core, Beat{});
#ifdef BROKEN
    apply(core, Poke{});
#endif
}

}  // namespace parley::client
