#include "handlers/handlers.hpp"

namespace parley::handlers {

void handle(Context here, const MarkRead& mark) {
    here.services.people.mark_read(here.session.user(), mark.room, mark.read);
}

}  // namespace parley::handlers
