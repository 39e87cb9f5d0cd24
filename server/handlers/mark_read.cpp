#include "handlers/handlers.hpp"
#include "handlers/signed_in.hpp"

namespace parley::handlers {

void handle(Context here, const MarkRead& mark) {
    auto* device = here.services.people.devices(here.here()).find(here.device().connection);
    if (device) static_cast<SignedIn*>(device)->mark_read(mark.room, mark.read);
}

}  // namespace parley::handlers
