#include "support/samples.hpp"

namespace parley::support {

struct Poke {
    static constexpr std::uint8_t kTag = 99;
};

inline void a_new_message() {
    (void)sample<Hello>();
#ifdef BROKEN
    (void)sample<Poke>();
#endif
}

}  // namespace parley::support
