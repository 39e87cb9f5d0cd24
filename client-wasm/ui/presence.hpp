// How it is said that somebody is here, or when she was.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

[[nodiscard]] std::string_view word_of(Presence presence);          // "Do not disturb"
[[nodiscard]] std::string_view word_of(Availability availability);  // "Invisible"
[[nodiscard]] Presence shown_as(const client::ChatState& chat);     // she herself, to herself

// "Online", "Last seen 5 minutes ago"; what is not known is asked for. Says when it will be another label.
[[nodiscard]] std::string presence_words(const Scene& scene, UserId person);
// "5 minutes ago", "Yesterday, 14:05"
[[nodiscard]] std::string last_seen_words(const Scene& scene, Timestamp last_seen);
// What she says of herself; empty: nothing.
[[nodiscard]] std::string_view status_of(const Scene& scene, UserId person);

}  // namespace parley::ui
