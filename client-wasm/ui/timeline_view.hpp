// The conversation. It scrolls by an anchor, the first message in view and how far it is pushed, so that nothing that
// arrives above or below moves what is read; or it is pinned to the newest. Only what is in view is laid out, drawn and
// declared. Keeps no message; frame thread only.
#pragma once

#include <optional>

#include "ui/found_text.hpp"
#include "ui/timeline_rows.hpp"

namespace parley::ui {

class TimelineView {
  public:
    // Another room: at its newest message, with the "New" line where reading stopped.
    void show(const client::Room* room);
    [[nodiscard]] RoomId shown() const { return shown_; }
    // It is not drawn in this frame: nothing of it can be found, and nothing moves it.
    void hide(Semantics& semantics) { found_.forget(semantics), stop_gliding(); }
    void draw(const Scene& scene, const Rect& area);
    void scroll_by(float pixels, bool at_once) { scroll_.push(pixels, at_once); }  // downwards
    void fling(float speed) { scroll_.fling(speed); }
    void scroll_pages(float pages) { pages_ += pages; }
    void jump_to_latest();
    // Shows this message, and gives it the focus; it is fetched where it is not loaded.
    void seek(Ordinal message) { sought_ = message; }
    // Shows the first message from this moment on, likewise.
    void seek(Timestamp time) { sought_time_ = time, time_asked_ = false; }
    void stop_seeking() { sought_time_.reset(); }
    [[nodiscard]] bool moving() const { return scroll_.moving() || found_.moving(); }
    [[nodiscard]] bool pinned() const { return pinned_; }
    // It stands at the newest of what is loaded, or has it in view.
    [[nodiscard]] bool shows_latest() const { return pinned_ || has_latest_in_view_; }
    [[nodiscard]] bool drew_message() const { return drew_message_; }
    // Texts that were broken into lines in the last frame.
    [[nodiscard]] std::size_t laid_out() const { return rows_.laid_out(); }

    static constexpr float kIntro = 168;       // above the first message: where the room begins
    static constexpr float kThreadIntro = 16;  // there, of a thread

  private:
    static constexpr float kLoading = 56;  // above the oldest loaded one
    struct RowParts {                      // where its pieces were drawn
        Rect row;
        Rect body;
        Rect avatar;  // empty: it has no header
        Rect author;
        Rect time;
        std::string when;
    };
    struct Placed {
        std::size_t index;
        float y;
        Row row;          // of this frame: it points into the room
        Ordinal ordinal;  // 0: one's own that waits to be sent
    };
    void keep_found(const Scene& scene, const client::Room& room);
    void stop_gliding() { scroll_.stop(), pages_ = 0; }  // else frames would be drawn for ever
    // --- where the rows stand
    void place(const Scene& scene, const client::Room& room, const Rect& area);
    [[nodiscard]] static Placed placed_at(std::size_t index, float y, const Row& row);
    void place_from_bottom(const Rect& area, float bottom);
    void place_from_anchor(const client::Room& room, const Rect& area, float moved);
    void grow_upwards(const Rect& area);
    void grow_downwards(const Rect& area);
    void shift(float by);
    void choose_anchor(const Rect& area);
    [[nodiscard]] float head_height(const client::Room& room) const;
    [[nodiscard]] float top_of_content(const client::Room& room) const;
    // --- what a reader does in it (timeline_reading.cpp)
    void obey_reader(const Scene& scene, const client::Room& room, const Rect& area);
    void want(const Scene& scene, const client::Room& room, Ordinal message);
    void fetch_wanted(const Scene& scene, const client::Room& room);
    void follow_time(const Scene& scene, const client::Room& room);
    void reveal(Ordinal ordinal, float offset);
    void step_focus(const Scene& scene, const client::Room& room, const Rect& area,
                    std::span<const std::string_view> keys);
    void focus_message(const Scene& scene, const client::Room& room, const Rect& area, Ordinal ordinal);
    [[nodiscard]] std::uint64_t last_in_view(const Rect& area) const;
    // --- what is asked for
    void notice_turn(const Scene& scene, const client::Room& room);
    void ask_for_more(const Scene& scene, const client::Room& room, const Rect& area) const;
    void mark_read(const Scene& scene, const client::Room& room, const Rect& area);
    // --- what is drawn
    void draw_rows(const Scene& scene, const client::Room& room, const Rect& area);
    void draw_head(const Scene& scene, const client::Room& room, const Rect& area) const;
    void draw_row(const Scene& scene, const Placed& placed, const Rect& area);
    [[nodiscard]] static NodeId node_of(const Scene& scene, const Placed& placed);
    void place_day(const Scene& scene, const Rect& area);
    void place_separator(const Scene& scene, const Row& row, const Rect& strip, const Rect& area);
    void draw_days(const Scene& scene, const Rect& area);
    void notice_what_leads(const Scene& scene);
    void draw_tools(const Scene& scene);
    void declare_row(const Scene& scene, const Placed& placed, const RowParts& parts);
    void draw_row_header(const Scene& scene, const Row& row, float y, const Rect& area, RowParts& parts) const;
    void draw_failed(const Scene& scene, const Row& row, float y, const Rect& area) const;
    static void draw_folded(const Scene& scene, const Row& row, ImVec2 at);
    static void draw_author(const Scene& scene, const Row& row, const RowParts& parts);
    [[nodiscard]] Rect above_jump(const Scene& scene, Rect area) const;
    void draw_jump(const Scene& scene, const client::Room& room, const Rect& area);
    void draw_scrollbar(const Scene& scene, const client::Room& room, const Rect& area);
    void drag_to(const Scene& scene, const client::Room& room, float part);

    // The bar of one message, as of the last frame and, while rows are drawn, of this one. (The row is of this frame
    // only.)
    struct Tools {
        NodeId article = 0;
        Rect rect;
        Row row;
    };

    TimelineRows rows_;
    FoundText found_;
    Tools tools_;
    Tools next_tools_;
    NodeId led_by_ = 0;  // the node that had the focus in the last frame
    bool focus_leads_ = false;
    std::vector<Placed> placed_;
    struct Day {
        Rect pill;
        Timestamp time;
        bool floats = false;  // above what is in view of it
    };
    std::vector<Day> days_;  // of this frame
    RoomId shown_;
    bool is_thread_ = false;  // of this frame
    Scroll scroll_;
    float pages_ = 0;
    bool pinned_ = true;
    bool has_latest_in_view_ = false;  // as of the last frame
    Ordinal anchor_;                   // while not pinned
    float anchor_offset_ = 0;
    float top_ = 0;  // of the area, in the last frame
    ReadTurn turn_;  // of reading the room, as far as it was noticed
    std::optional<Ordinal> new_after_;
    std::optional<Ordinal> sought_;
    std::optional<Timestamp> sought_time_;
    bool time_asked_ = false;
    std::optional<Ordinal> wanted_;   // shown as soon as it is loaded
    std::optional<Ordinal> fetched_;  // of that: asked for
    bool drew_message_ = false;
};

}  // namespace parley::ui
