// What was found wrong: a count for each fault, and the first cases of each with enough to look them up.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parley::audit {

enum class Fault : std::uint8_t {
    lost,                // acknowledged, or settled without an answer, and not stored
    unseen,              // stored or acknowledged while a reader was in the room, and never seen by it
    dup_stored,          // one operation stored twice
    dup_seen,            // one reader saw a place or an operation twice
    reordered,           // a reader saw the sequence going down, or a room holds one outbox's numbers going down
    holes,               // places of a room that the store does not hold
    phantom,             // stored or seen, never sent
    disagree,            // one place with two operations, between readers, answers and the store
    refused_yet_stored,  // a warning: refused for good, and there
};
inline constexpr std::size_t kFaults = 9;
[[nodiscard]] std::string_view name_of(Fault fault);

class Verdict {
  public:
    explicit Verdict(std::size_t cases_of_each = 10) : most_cases_(cases_of_each) {}

    // `describe` gives the case as a string; asked only while there is room for it.
    template <class Describe>
    void add(Fault fault, Describe describe, std::uint64_t times = 1) {
        auto& found = found_[static_cast<std::size_t>(fault)];
        found.count += times;
        if (found.cases.size() < most_cases_) found.cases.push_back(describe());
    }
    [[nodiscard]] std::uint64_t count(Fault fault) const { return at(fault).count; }
    [[nodiscard]] const std::vector<std::string>& cases(Fault fault) const { return at(fault).cases; }
    [[nodiscard]] bool is_clean() const;  // all but the warning are 0

  private:
    struct Found {
        std::uint64_t count = 0;
        std::vector<std::string> cases;
    };
    [[nodiscard]] const Found& at(Fault fault) const { return found_[static_cast<std::size_t>(fault)]; }

    std::size_t most_cases_;
    std::array<Found, kFaults> found_;
};

}  // namespace parley::audit
