#include "handlers/handlers.hpp"

namespace parley::handlers {

struct Poke {
    static constexpr std::uint8_t kTag = 99;
};

inline void a_new_message(Context here) {
    handle(here, Hello{});
#ifdef BROKEN
    handle(here, Poke{});
#endif
}

}  // namespace parley::handlers
