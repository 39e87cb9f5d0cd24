#include "handlers/handlers.hpp"

namespace parley::handlers {

void handle(Context here, const ReportPresence& report) {
    if (!here.session.take_notice_token()) return;
    here.services.people.report_presence(here.session.user(), here.device(), report.presence);
}

}  // namespace parley::handlers
