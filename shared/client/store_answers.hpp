// What the host was asked to keep or to forget and has not answered. A host that lets limits::kStoreAnswer pass without
// any answer is taken for one that cannot. Pure; owned by Core.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "protocol/ids.hpp"

namespace parley::client {

class StoreAnswers {
  public:
    struct Kept {
        std::optional<OpId> instead_of;  // whose record went with it
    };
    void asked_to_keep(OpId op, std::optional<OpId> instead_of) { keeps_[op] = instead_of; }
    void asked_to_forget(OpId op) { forgets_.insert(op); }
    // Nothing, false: nobody asked, or it was given up.
    [[nodiscard]] std::optional<Kept> take_kept(OpId op);
    [[nodiscard]] bool take_forgotten(OpId op);
    void clear();
    [[nodiscard]] bool are_awaited() const { return !keeps_.empty() || !forgets_.empty(); }

    // 0: at once, so that the time of asking is learned.
    [[nodiscard]] std::optional<std::int64_t> deadline() const;
    // Those whose answer is not waited for any longer. They stay here until taken.
    [[nodiscard]] std::vector<OpId> overdue(std::int64_t now_ms);

  private:
    void heard() { answer_by_.reset(); }

    std::map<OpId, std::optional<OpId>> keeps_;
    std::set<OpId> forgets_;
    std::optional<std::int64_t> answer_by_;
};

}  // namespace parley::client
