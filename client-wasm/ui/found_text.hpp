// The messages of the open room that are loaded and not in view: the browser's own find reaches them, since the mirror
// keeps them as articles that show themselves when something in them is found (`hidden=until-found`). Keeps a window of
// messages around what is in view; says nothing where nothing changed. One per timeline view; frame thread only.
#pragma once

#include <unordered_map>

#include "ui/scene.hpp"

namespace parley::ui {

// In the log of a room.
[[nodiscard]] NodeId log_node(RoomId room);
[[nodiscard]] NodeId article_node(NodeId log, Ordinal ordinal);

class FoundText {
  public:
    // What is in view stands between these two (inclusive).
    void keep_around(const Scene& scene, const client::Room& room, Ordinal first, Ordinal last);
    // Another room, or none.
    void forget(Semantics& semantics);
    // There is more to keep than the last frame did.
    [[nodiscard]] bool moving() const { return moving_; }

  private:
    static constexpr std::uint64_t kWindow = Semantics::kMostFound;
    static constexpr std::uint64_t kSlack = 150;  // it moves when what is in view comes this near to its end
    static constexpr std::uint64_t kStep = 40;    // kept in one frame at either end; twice as many are dropped
    struct Range {
        std::uint64_t first = 1;  // Ordinals
        std::uint64_t end = 1;
        [[nodiscard]] bool holds(std::uint64_t ordinal) const { return ordinal >= first && ordinal < end; }
    };
    [[nodiscard]] bool is_enough(const Range& loaded, std::uint64_t first, std::uint64_t last) const;
    [[nodiscard]] static Range wanted_around(const Range& loaded, std::uint64_t first, std::uint64_t last);
    [[nodiscard]] Range step_to(const Range& wanted, std::uint64_t in_view) const;
    void keep(const Scene& scene, const client::Room& room, const Message& message);
    void drop(Semantics& semantics, std::uint64_t ordinal);
    // What was edited or deleted is found as it is now.
    void follow_changes(const Scene& scene, const client::Room& room, const Range& loaded);

    RoomId room_;
    Range kept_;
    std::unordered_map<std::uint64_t, Sequence> revisions_;  // of those that are kept, by Ordinal
    bool moving_ = false;
    std::uint32_t edition_ = 0;  // of the semantics'
};

}  // namespace parley::ui
