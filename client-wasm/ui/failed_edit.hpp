// The words of an edit that was refused for good: shown like a message that was not sent.
#pragma once

#include <optional>

#include "client/chat_state.hpp"

namespace parley::ui {

// Nothing where it is no edit, or has not failed.
[[nodiscard]] std::optional<client::PendingMessage> failed_edit(const client::PendingChange& change);

}  // namespace parley::ui
