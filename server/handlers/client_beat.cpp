#include "handlers/handlers.hpp"

namespace parley::handlers {

void handle(Context here, const ClientBeat& beat) {
    here.session.connection().send(net::make_frame(Beat{beat.number}));
}

}  // namespace parley::handlers
