// A room decides without I/O: the store is out of its reach.
#include "room/room.hpp"
#ifdef BROKEN
#include "store/store.hpp"
#endif
