// What stands unfinished in a room's composer, as it is kept on this device from one visit to the next: the words, and
// what they are for. One string, of the plain words alone where there is nothing else to tell.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/ids.hpp"

namespace parley::ui {

struct Unfinished {
    std::string text;
    std::optional<Ordinal> answering;
    std::optional<Ordinal> editing;
    std::string put_aside;  // the draft, while a message is edited

    [[nodiscard]] std::string to_string() const;
    [[nodiscard]] static Unfinished from(std::string_view kept);
    bool operator==(const Unfinished&) const = default;
};

}  // namespace parley::ui
