// The page around the program: clocks, randomness, visibility, address and title, what is kept between visits. Main
// thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "protocol/people.hpp"

namespace parley::platform {

// --- clocks and chance
[[nodiscard]] std::int64_t monotonic_ms();  // since the page was opened; never goes back
[[nodiscard]] double precise_ms();          // the same, with its fraction
[[nodiscard]] Timestamp wall_time();
[[nodiscard]] std::uint64_t random_seed();    // from the browser's cryptographic source
[[nodiscard]] std::int64_t ms_to_midnight();  // local

// --- local time in words, as this browser writes it
[[nodiscard]] std::string time_words(Timestamp time);
[[nodiscard]] std::int64_t local_day(Timestamp time);
[[nodiscard]] Timestamp beginning_of_day(std::int64_t local_day);
[[nodiscard]] std::string day_words(Timestamp time);

// --- what the person's device and system say
[[nodiscard]] bool is_touched();  // by fingers, mainly
[[nodiscard]] bool is_calm();     // little motion is wanted

// Into the clipboard; soon after a click or a key only.
void copy_text(const std::string& text);

// --- visibility
[[nodiscard]] bool is_visible();
[[nodiscard]] bool has_focus();
// `changed` is called when the page is hidden or shown, gets or loses the focus, or the network comes back.
struct PageChanges {
    std::function<void(bool visible)> visibility;
    std::function<void()> focus;
    std::function<void()> online;
};
void watch_page(PageChanges* changes);  // kept by the caller, for ever

// --- address and title
[[nodiscard]] std::string socket_url();
[[nodiscard]] std::string current_path();                                              // decoded
[[nodiscard]] std::uint64_t current_message();                                         // 123 of "#m123", or 0
[[nodiscard]] std::string address_of(const std::string& path, std::uint64_t message);  // whole, to be given away
void push_path(const std::string& path);  // does nothing where one is there already
void replace_path(const std::string& path);
// What covers the page, as a dialog, is left by Back: an entry of its own in the history, under the same address. A
// path that is pushed meanwhile takes its place. Uncovered by other ways: the entry is gone, and nobody is told of
// that. So is one that a page left, which was loaded again while it was covered, as soon as it is watched (watch_page).
void cover_path(bool covered);
void watch_path(std::function<void()>* went);  // Back and Forward; kept by the caller, for ever
void set_title(const std::string& title);
void mark_icon(bool unread);  // the tab's

// --- kept between visits (localStorage): the session, so that a reload needs no password
struct KeptSession {
    Token token{};
    std::string account;
};
[[nodiscard]] std::optional<KeptSession> load_session();
void save_session(const std::optional<KeptSession>& session);

}  // namespace parley::platform
