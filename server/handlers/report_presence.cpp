#include "handlers/handlers.hpp"

namespace parley::handlers {

void handle(Context here, const ReportPresence& report) {
    if (!here.session.may_notify(RateKind::notice)) return;
    here.services.people.report_presence(here.session.user(), here.device(), report.presence);
}

}  // namespace parley::handlers
