// All emoji to choose from: for the composer's text, or to react to a message with. A dialog (ui/dialogs.hpp); what it
// keeps between two openings is here.
#pragma once

#include <optional>

#include "composing/emoji_habits.hpp"
#include "protocol/ids.hpp"

namespace parley::ui {

struct EmojiPicking {
    composing::EmojiHabits habits;    // of this device
    std::optional<Ordinal> reacting;  // to this message of the dialog's room; else it is for the composer
    std::string chosen;               // and not in the composer yet: its field is hidden while a dialog is open
};

}  // namespace parley::ui
