#include "handlers/handlers.hpp"
#include "handlers/signed_in.hpp"

namespace parley::handlers {

// Whoever is invisible is not seen typing.
void handle(Context here, const ReportTyping& report) {
    if (!here.session.may_notify(RateKind::notice)) return;
    auto* device = here.services.people.devices(here.here()).find(here.device().connection);
    if (!device || static_cast<SignedIn*>(device)->is_invisible()) return;
    here.services.rooms.on_room(report.room,
                                [user = here.session.user()](std::expected<rooms::RoomContext, Refusal> found) {
                                    if (found && !found->room().why_not_post(user)) found->note_typing(user);
                                });
}

}  // namespace parley::handlers
