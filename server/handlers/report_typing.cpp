#include "handlers/handlers.hpp"

namespace parley::handlers {

void handle(Context here, const ReportTyping& report) {
    if (!here.session.may_notify(RateKind::notice)) return;
    here.services.rooms.on_room(report.room,
                                [report, user = here.session.user()](std::expected<rooms::RoomContext, Refusal> found) {
                                    if (!found || found->room().why_not_post(user)) return;
                                    found->tell(net::make_frame(Typing{report.room, user}));
                                });
}

}  // namespace parley::handlers
