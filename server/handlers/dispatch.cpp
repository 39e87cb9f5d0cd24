#include "handlers/handlers.hpp"

namespace parley::handlers {

void dispatch(Context here, const ClientMessage& message) {
    std::visit([&](const auto& body) { handle(here, body); }, message);
}

}  // namespace parley::handlers
