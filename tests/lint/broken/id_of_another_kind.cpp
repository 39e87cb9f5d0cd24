#include "protocol/client_messages.hpp"

namespace parley {

inline void open(UserId person, [[maybe_unused]] RoomId room) {
#ifdef BROKEN
    (void)OpenDirectChat{{}, room};
#endif
    (void)OpenDirectChat{{}, person};
}

}  // namespace parley
