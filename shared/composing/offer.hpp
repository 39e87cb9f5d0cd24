// What is offered for the word before the cursor of a field, and which of it is marked: told of every change of the
// field, it opens with a word that is typed, follows it, and closes with it. One per field; pure. Places are bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "composing/completion.hpp"
#include "composing/formatting.hpp"

namespace parley::composing {

class Offer {
  public:
    // The field holds this text now, with nothing selected and the cursor there. Only what is typed opens; a cursor
    // that moves does not. True if what is offered has changed. REQUIRES: cursor <= text.size().
    bool follow(const client::ChatState& chat, RoomId room, std::string_view text, std::size_t cursor, bool typed);
    // Closes; true if it was open. What is dismissed stays closed as long as the cursor is in this word.
    bool close();
    bool dismiss();

    [[nodiscard]] bool is_open() const { return !candidates_.empty(); }
    [[nodiscard]] char sign() const { return sign_; }
    [[nodiscard]] std::span<const Candidate> candidates() const { return candidates_; }
    [[nodiscard]] std::size_t marked() const { return marked_; }

    // Up and down, round at the ends.
    void step(int by);
    // The word is one of the candidates already, and nobody has chosen another: Enter need not take it.
    [[nodiscard]] bool is_complete() const { return complete_ && !chosen_; }
    // This one in the place of the word, a blank behind it; closes. `text` is what the field holds.
    // REQUIRES: candidate < candidates().size().
    [[nodiscard]] Replacement take(std::size_t candidate, std::string_view text);

  private:
    void forget();

    std::vector<Candidate> candidates_;
    char sign_ = '@';
    std::size_t begin_ = 0;  // of the sign
    std::size_t end_ = 0;    // of the word: where the cursor was
    std::size_t marked_ = 0;
    bool chosen_ = false;
    bool complete_ = false;
    std::optional<std::pair<char, std::size_t>> dismissed_;  // a sign and where it stands
};

}  // namespace parley::composing
