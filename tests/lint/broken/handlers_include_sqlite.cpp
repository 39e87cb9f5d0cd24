// Handlers know the store, not which database is behind it.
#include "handlers/handlers.hpp"
#include "store/store.hpp"
#ifdef BROKEN
#include "sqlite/sqlite_backend.hpp"
#endif
